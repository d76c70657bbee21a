"""How a conversation was settled: what the agent offered, what the customer said to it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from console.assist.consent import AGREED, consent_to
from console.assist.sentences import texts
from console.content.behaviours import Behaviour
from console.conversation.message import Author, Message
from console.practice.acts import Act
from console.practice.making.escalation import Escalation
from console.practice.making.facts import Known
from console.text import shorten

Recognise = Callable[[str], Iterable[tuple[str, frozenset[Act]]]]
"""An agent's message to its sentences, each with what it does."""

MOST: Final = 6
"""Sentences that stand as examples of one offer."""

MOST_ACTIONS: Final = 3
"""Actions of the behaviour that stand as resolutions where nothing was offered."""

TAKES: Final = ("ok, please do that",)
"""What a customer says who took it without a word for it."""

_OFFERS: Final = frozenset({Act.OFFER, Act.PROMISE, Act.DONE})
_HOLD: Final = re.compile(
    r"\b(?:look(?:ing)? into|check(?:ing)?|one moment|a moment|bear with|have a look|read(?:ing)? through|"
    r"pull(?:ing)? up|get back to you|be right back|help you|assist you|let me see|"
    r"give me|come back (?:to you|with)|note (?:that|it|this)|write again|"
    r"anything else|feel free|let me know|further assistance|please confirm|transfer you to)\b",
    re.IGNORECASE,
)
"""What is offered only on the way to something."""

_FEWEST_WORDS: Final = 4


def resolutions(
    source: Escalation, facts: Sequence[Known], names: Sequence[str], behaviour: Behaviour | None, recognise: Recognise
) -> list[dict[str, object]]:
    """Return the resolutions of a draft; ``names`` are the ids of its ``facts``. None where nothing tells of any.

    What was offered counts where it settled the matter; else the actions that the company allows.
    """
    offers = list(_offers(source, recognise))
    allowed = behaviour.allowed_actions if behaviour else ()
    if not offers or (allowed and not source.resolved):
        doing = [action for action in allowed if " " in action] or allowed  # “acknowledge” alone settles nothing
        return [_action(action) for action in doing[:MOST_ACTIONS]]
    said = tuple(dict.fromkeys(sentence for _, sentence in offers))
    agreed = list(_agreed(source.messages, list(dict.fromkeys(place for place, _ in offers))))
    taken = agreed[-1][0] if agreed else offers[0][0]
    needs = [name for name, fact in zip(names, facts, strict=True) if not fact.first and fact.place < taken]
    found: dict[str, object] = {
        "id": "as-it-was",
        "title": shorten(source.disposition or next(text for place, text in offers if place == taken), 120),
        "trust": 0.3,
    }
    if needs:
        found["needs"] = needs
    return [
        {**found, "offered": said[-MOST:], "accepts": tuple(dict.fromkeys(text for _, text in agreed))[:MOST] or TAKES}
    ]


def _offers(source: Escalation, recognise: Recognise) -> Iterator[tuple[int, str]]:
    for place in range(source.taken_up, len(source.messages)):
        message = source.messages[place]
        if message.role is not Author.AGENT:
            continue
        for sentence, acts in recognise(message.text):
            if (
                acts & _OFFERS
                and len(sentence.split()) >= _FEWEST_WORDS
                and not sentence.startswith("- ")
                and not _HOLD.search(sentence)
            ):
                yield place, shorten(sentence.strip(), 240)


def _agreed(messages: Sequence[Message], offered: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield the customer's sentences that say yes right after something was offered, with the place of the offer."""
    for place in offered:
        after = next((m for m in messages[place + 1 :] if m.role in {Author.CUSTOMER, Author.AGENT}), None)
        if after is not None and after.role is Author.CUSTOMER:
            yield from ((place, shorten(s, 200)) for s in texts(after.text) if consent_to(s) == AGREED)


def _action(action: str) -> dict[str, object]:
    does = action[:1].lower() + action[1:]
    offered = (f"I can {does}", f"I will {does} for you now", f"Shall I {does}?")
    return {"id": _slug(action), "title": action, "trust": 0.3, "offered": offered, "accepts": TAKES}


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:40] or "so"
