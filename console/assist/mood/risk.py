"""The risk that a customer escalates: asks for a manager, threatens to leave, or ends annoyed. Pure.

A logistic curve over what customers of service dialogues showed before they became annoyed (STAR, 4,651 dialogues; the
fit and its figures: ``python -m bench.escalation``), and over what service desks know to cost patience and those
dialogues hold too little of: being sent in circles, and being left without an answer.
"""

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from math import exp
from typing import Final

from rapidfuzz import fuzz

from console.assist.courtesy import answers_courtesy
from console.assist.mood.reading import Reading
from console.assist.talk import Talk
from console.conversation.message import Author, Message

WARNS: Final = 0.66
"""Risk from which the agent is warned; what consoles call a high risk.

The curve is placed so that every second customer who is warned of was annoyed by the end of those dialogues, where
one in twenty-three is of all.
"""

ASKS_FOR_PERSON: Final = re.compile(
    r"\b(?:manager|supervisor|team lead(?:er)?|your boss|real person|a person|human|escalate|"
    r"ombudsman|lawyer|solicitor|"
    r"formal complaint|trading standards|legal action|head office|chargeback|social media|(?:the|national|local) press|"
    r"newspapers?|journalist|(?:bad|negative|terrible|honest|public|one[- ]star|1[- ]star) reviews?|"
    r"(?:leav|writ|post|giv)(?:e|ing) (?:you |them )?(?:a |an |my )?(?:\w+ )?reviews?)\b",
    re.IGNORECASE,
)
_COMMANDS: Final = re.compile(
    r"\b(?:hurry|just (?:do|book|give|tell|answer)|do it|i (?:don['’]?t|do not) care|"
    r"whatever(?! (?:they|he|she|it|happens|the|else)\b)|"
    r"why (?:do|would|are) you|stop asking|who cares|none of your|are you (?:kidding|serious|stupid|deaf|even|dumb)|"
    r"you(?:['’]re| are| r) (?:\w+ )?(?:useless|stupid|dumb|an? idiot|slow|annoying|wasting|not (?:help|listen))|"
    r"shut up|get lost|forget it|already (?:told|said|gave)|come on|seriously|useless|waste of)\b",
    re.IGNORECASE,
)
"""How people speak to whoever tries their patience."""

_REFUSED: Final = re.compile(
    r"\b(?:sorry|unfortunately|cannot|can['’]?t|unable|not able|not available|no longer|incorrect|could not|"
    r"couldn['’]?t|not possible|wrong)\b",
    re.IGNORECASE,
)
_REPEATED: Final = 80
"""Likeness of two messages (0 to 100) from which somebody repeats themselves."""

_RECENT: Final = 4
PLEASED: Final = 0.25
"""Mood above which a customer is pleased (the label of :mod:`console.assist.mood.course`)."""

RELIEF: Final = 0.25
"""What remains of the risk where the customer is pleased now. Set by hand: of what was before, only the fit knows; at
its highest it is then well below :data:`WARNS`."""

_SHORT: Final = 12
_SHOWN: Final = 3
"""Reasons that are told; more would not be read."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of a customer's patience as of their newest message."""

    mood: float
    """How far the mood is below neutral, 0 to 1."""
    lately: float
    """The sum of how bad the last four messages read, 0 to 4."""
    aimed: float
    """How much what they wrote is aimed at the service and not at their situation, summed; 0 to 1."""
    impatient: int
    """Messages in which they command, or tell somebody off; at most 4."""
    refused: int
    """Answers that say no or sorry; at most 4."""
    turn: int
    """Their messages so far; at most 12."""
    repeats: int = 0
    """How often the newest message was said before; at most 2."""
    circles: int = 0
    """How often the bot said again what it had said; at most 2."""
    unanswered: int = 0
    """Messages before the newest one that nobody has answered; at most 2."""
    asks: bool = False
    """Whether the newest message asks for a person or names who is turned to next."""
    falling: bool = False
    """Whether the mood falls."""
    pleased: bool = False
    """Whether the customer is pleased now, whatever was before."""


WEIGHTS: Final = (1.12, 1.3, 5.16, 0.55, 0.36, -0.2)
"""Of the first six signs, in their order; fitted."""

BASE: Final = -1.96
"""The fitted -2.96, raised by 1 so that :data:`WARNS` is where every second customer is annoyed in the end."""

KNOWN: Final = (0.5, 0.4, 0.35, 2.2)
"""Of repeats, circles, unanswered and asks: set by hand, for the dialogues of the fit have next to none of them."""


def signs_of(
    talk: Talk, said: Sequence[Message], readings: Sequence[Reading], now: float, *, falling: bool = False
) -> Signs:
    """Return the signs as of the last of ``said``, the customer's messages with their readings; ``now`` is the mood."""
    answers = [m.text for m in talk.messages if m.role in {Author.BOT, Author.AGENT}]
    return Signs(
        mood=max(0.0, -now),
        lately=sum(max(0.0, -r.score) for r in readings[-_RECENT:]),
        aimed=min(1.0, sum(r.aimed for r in readings)),
        impatient=min(4, sum(bool(_COMMANDS.search(m.text)) for m in said)),
        refused=min(4, sum(bool(_REFUSED.search(text)) for text in answers)),
        turn=min(12, len(said)),
        repeats=min(2, _repeats(said)),
        circles=min(2, _circles(talk)),
        unanswered=min(2, _unanswered(talk)),
        asks=bool(ASKS_FOR_PERSON.search(said[-1].text)),
        falling=falling,
        pleased=now > PLEASED,
    )


def fitted(signs: Signs) -> tuple[float, ...]:
    """Return the signs that have fitted weights, in their order."""
    return tuple(float(value) for value in astuple(signs)[: len(WEIGHTS)])


def risk_of(signs: Signs) -> float:
    """Return the risk of escalation, 0 to 1."""
    known = (signs.repeats, signs.circles, signs.unanswered, signs.asks)
    height = BASE + sum(w * x for w, x in zip(WEIGHTS, fitted(signs), strict=True))
    height += sum(w * x for w, x in zip(KNOWN, known, strict=True))
    return (RELIEF if signs.pleased and not signs.asks else 1.0) / (1 + exp(-height))


def reasons_of(signs: Signs) -> tuple[str, ...]:
    """Return why it may escalate, in words for the agent, what can be mended first."""
    found = (
        (signs.unanswered > 0, f"{_ORDINAL[min(2, signs.unanswered)]} message without an answer"),
        (signs.repeats > 0, "they repeat themselves"),
        (signs.circles > 0, "the bot said the same again"),
        (signs.refused > 1, f"told no or sorry {signs.refused} times"),
        (signs.impatient > 0, "impatient with us"),
        (signs.aimed > 0.05, "unhappy with the service, not only the matter"),  # noqa: PLR2004 - more than nothing
        (signs.falling, "mood falling"),
        (signs.lately > 1, "several unhappy messages"),
    )
    return tuple(words for holds, words in found if holds)[:_SHOWN]


_ORDINAL: Final = ("first", "second", "third")


def advice_of(signs: Signs) -> str:
    """Return one piece of advice: the one that mends the first of the reasons."""
    if signs.unanswered:
        return "Answer now, if only to say what you are doing and when they will hear."
    if signs.repeats or signs.circles:
        return "Say in your own words what they have told you already, and what happens next; ask nothing twice."
    if signs.refused > 1:
        return "Say what you can do, before anything else that you cannot."
    return "Name what went wrong for them, then say one concrete step and when it is done."


def _repeats(said: Sequence[Message]) -> int:
    last = said[-1].text.lower()
    return sum(len(last) > _SHORT and fuzz.ratio(last, m.text.lower()) >= _REPEATED for m in said[-6:-1])


def _circles(talk: Talk) -> int:
    said = enumerate(talk.messages)
    bot = [m.text for n, m in said if m.role is Author.BOT and not answers_courtesy(talk.messages, n)]
    return sum(any(fuzz.ratio(text, other, score_cutoff=_REPEATED) for other in bot[:n]) for n, text in enumerate(bot))


def _unanswered(talk: Talk) -> int:
    """Return how many messages the customer wrote before the newest one since anybody answered."""
    tail = 0
    for message in reversed(talk.messages):
        if message.role is Author.CUSTOMER:
            tail += 1
        elif message.role is not Author.SYSTEM:
            break
    return max(0, tail - 1)
