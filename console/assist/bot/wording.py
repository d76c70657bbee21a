"""What the bot says of itself and where it cannot help; what it says of a matter stands in the company's content."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from console.assist.slots import spelled_date
from console.content.behaviours import Behaviour
from console.content.macros import SLOT
from console.conversation.bot_events import Outcome
from console.conversation.message import Layer

AT_ANY_TIME: Final = "you can ask for a person at any time"

PASSED_ON: Final = "I'm passing you to a colleague who can help you with this."
"""Where a behaviour has no words of its own."""

COLLEAGUE: Final = "I'm bringing in a colleague."

OF_COURSE: Final = f"Of course. {COLLEAGUE}"

SORRY: Final = f"I'm sorry this has not gone as it should have. {COLLEAGUE}"
"""Where the customer is angry, or is about to be; more facts would make it worse."""

WELCOME: Final = "Glad I could help. Just write again if there is anything else."

GOODBYE: Final = "You're welcome. Just write again whenever you need anything."
"""The same where nothing was asked for yet, or nothing told."""

PROGRAM: Final = "You are writing to a program, not to a person."
"""The honest answer to who asks; that there are people stands in the introduction, or is said with it."""

HOW: Final = "How can I help?"

ONE_BY_ONE: Final = "One thing after the other."
"""Where a message asks for more than one thing that has to be looked up or done."""

YES_OR_NO: Final = "Is that a yes or a no?"
"""Where the answer to a question before an action was neither."""

NOT_KNOWN: Final = "Our system gave me no clear answer, so I can't say whether that is done; a person will check."

NOT_ALLOWED: Final = "I can't do that for you myself just now, and nothing was changed."
"""Where the desk or the company's system lets it do no more."""

_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")

_ON: Final = re.compile(r"^on (?=\w+day$)", re.IGNORECASE)

_TROUBLE: Final[Mapping[Outcome, str]] = {
    Outcome.LATE: "Our system is taking too long to answer, so I can't tell you that right now.",
    Outcome.DOWN: "I can't reach our system right now, so I can't tell you that.",
    Outcome.REFUSED: "Our system doesn't let me look that up.",
    Outcome.GARBLED: "Our system gave me an answer that I can't read, so I'd rather not guess.",
    Outcome.DOUBTED: "What our system tells me doesn't fit together, so I'd rather not pass it on.",
}


def introduction(company: str) -> str:
    """Return the bot's first words: what it is, and that there is a person."""
    whose = f"{company}'s" if company else "the"
    return f"I'm {whose} automated assistant, and {AT_ANY_TIME}."


def honest(introduced: bool) -> str:
    """Return the answer to whether a person writes; an introduction says already that one can be had."""
    return f"{PROGRAM} {AT_ANY_TIME[:1].upper()}{AT_ANY_TIME[1:]}." if introduced else PROGRAM


def offer(behaviours: Sequence[Behaviour]) -> str:
    """Return what the bot can do and what it cannot."""
    titles = [_small(b.title) for b in behaviours if b.layer is Layer.AUTONOMOUS]
    if not titles:
        return "For anything you need I can bring in a colleague."
    listed = titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} and {titles[-1]}"
    return f"I can help with these: {listed}. For anything else I bring in a colleague."


def lost(behaviours: Sequence[Behaviour]) -> str:
    """Return what the bot says where it does not know what is meant."""
    return f"I'm not sure I understand. Could you say it in other words? {offer(behaviours)}"


def trouble(outcome: Outcome, *, deed: bool = False) -> str:
    """Return what the customer is told where a tool gave no answer that can be used, to a look-up or to a deed."""
    if deed:
        return f"{NOT_ALLOWED if outcome is Outcome.REFUSED else NOT_KNOWN} {COLLEAGUE}"
    return f"{_TROUBLE.get(outcome, _TROUBLE[Outcome.DOWN])} {COLLEAGUE}"


def told(wordings: Sequence[str], fields: Mapping[str, str]) -> tuple[str, str]:
    """Return the first wording that the fields fill, filled, and the wording itself; empty where none can be."""
    for wording in wordings:
        if all(slot in fields for slot in SLOT.findall(wording)):
            return SLOT.sub(lambda match: shown(fields[match.group(1)]), wording), wording
    return "", ""


def shown(value: str) -> str:
    """Return a value as it is written in a sentence: an ISO day in words, a day without “on”, the rest as it is."""
    return spelled_date(value) if _ISO_DAY.fullmatch(value) else _ON.sub("", value)


def _small(title: str) -> str:
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
