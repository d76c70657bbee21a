"""How a conversation was settled: what the agent offered, what the customer said to it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from console.assist.consent import AGREED, consent_to
from console.assist.sentences import texts
from console.content.behaviours import Behaviour
from console.conversation.message import Author, Message
from console.practice.acts import ActSaid
from console.practice.making.escalation import Escalation
from console.practice.making.facts import Known
from console.practice.making.settling import denies, settles
from console.text import shorten

Recognise = Callable[[str], Iterable[ActSaid]]
"""An agent's message to its sentences, each with what it does."""

MOST: Final = 6
"""Sentences that stand as examples of one offer."""

MOST_ACTIONS: Final = 3
"""Actions of the behaviour that stand as resolutions where nothing was offered."""

NO: Final = "told-no"
"""The id of an outcome that is a no."""

TAKES: Final = ("ok, please do that",)
"""What a customer says who took it without a word for it."""


UNDERSTOOD: Final = ("All right. At least I know where I stand.",)
"""What a customer says who takes a no that was explained to them."""

_CLOSES: Final = re.compile(
    r"\b(?:that(?:['’]?s| is|['’]?ll be| will be)(?: \w+)? (?:all|enough|everything|clear|helpful)|"
    r"for (?:today|now))\b",
    re.IGNORECASE,
)
_THAT_IS: Final = re.compile(
    r"^that(?:['’]s| is)\b(?!.*\b(?:fine|good|great|perfect|ok(?:ay)?|works?|right|correct|fair|better)\b)",
    re.IGNORECASE,
)
"""“That's over my budget”: what is said of it is no yes."""
_TELLS: Final = re.compile(r"\bmy (?:[\w-]+ ){1,3}(?:is|are)\b|\bit(?:['’]s| is) [A-Z0-9]{4,}", re.IGNORECASE)
"""A yes that leads into an answer: “Sure, my number is …” takes no offer."""


def resolutions(
    source: Escalation, facts: Sequence[Known], names: Sequence[str], behaviour: Behaviour | None, recognise: Recognise
) -> list[dict[str, object]]:
    """Return the resolutions of a draft; ``names`` are the ids of its ``facts``. None where nothing tells of any.

    What was offered counts where it settled the matter; else the actions that the company allows. Where it ended well
    and nothing was offered, the no was right.
    """
    offers = list(_offers(source, recognise))
    allowed = behaviour.allowed_actions if behaviour else ()
    if not offers or (allowed and not source.resolved):
        doing = [action for action in allowed if " " in action] or allowed  # “acknowledge” alone settles nothing
        actions = [_action(action) for action in doing[:MOST_ACTIONS]]
        return actions or (_refusal(source, recognise) if source.resolved else [])
    said = tuple(dict.fromkeys(sentence for _, sentence in offers))
    agreed = list(_agreed(source.messages, list(dict.fromkeys(place for place, _ in offers))))
    taken = agreed[-1][0] if agreed else offers[0][0]
    needs = [name for name, fact in zip(names, facts, strict=True) if not fact.first and fact.place < taken]
    found: dict[str, object] = {
        "id": "as-it-was",
        "title": shorten(source.disposition or _title(offers, taken), 120),
        "trust": 0.3,
    }
    if needs:
        found["needs"] = needs
    return [
        {
            **found,
            "offered": said[-MOST:],
            "accepts": tuple(dict.fromkeys(text for _, text in reversed(agreed)))[:MOST] or TAKES,
        }
    ]


def says_no(found: Sequence[Mapping[str, object]]) -> bool:
    """Return whether the outcome of a draft is a no."""
    return [one["id"] for one in found] == [NO]


def _refusal(source: Escalation, recognise: Recognise) -> list[dict[str, object]]:
    said = (s.sentence.strip() for m in _agents(source) for s in recognise(m.text) if denies(s))
    told = tuple(dict.fromkeys(shorten(sentence, 240) for sentence in said))
    title = "told what cannot be, and why"
    found = {"id": NO, "title": title, "trust": 0.3, "offered": told[-MOST:], "accepts": UNDERSTOOD}
    return [found] if told else []


def _title(offers: Sequence[tuple[int, str]], taken: int) -> str:
    """Return what names the outcome best: what was reported once it was taken, else what was offered."""
    later = [text for place, text in offers if place >= taken]
    return next((text for text in reversed(later) if not text.endswith("?")), later[0])


def _agents(source: Escalation) -> Sequence[Message]:
    return [m for m in source.messages[source.taken_up :] if m.role is Author.AGENT]


def _offers(source: Escalation, recognise: Recognise) -> Iterator[tuple[int, str]]:
    for place in range(source.taken_up, len(source.messages)):
        message = source.messages[place]
        if message.role is not Author.AGENT:
            continue
        yield from ((place, shorten(s.sentence.strip(), 240)) for s in recognise(message.text) if settles(s))


def _agreed(messages: Sequence[Message], offered: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield the customer's sentences that say yes right after something was offered, with the place of the offer."""
    for place in offered:
        after = next((m for m in messages[place + 1 :] if m.role in {Author.CUSTOMER, Author.AGENT}), None)
        if after is not None and after.role is Author.CUSTOMER:
            said = (s for s in texts(after.text) if consent_to(s) == AGREED)
            yes = (s for s in said if not any(rule.search(s) for rule in (_CLOSES, _TELLS, _THAT_IS)))
            yield from ((place, shorten(s, 200)) for s in yes)


def _action(action: str) -> dict[str, object]:
    does = action[:1].lower() + action[1:]
    offered = (f"I can {does}", f"I will {does} for you now", f"Shall I {does}?")
    return {"id": _slug(action), "title": action, "trust": 0.3, "offered": offered, "accepts": TAKES}


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:40] or "so"
