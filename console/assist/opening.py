"""A first sentence for whoever takes over, which proves that the customer need not repeat anything.

It is made of what stands in this very conversation, quoted, and of nothing else; each part is cited.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from console.assist.asked_for_person import asks_for_person
from console.assist.flags.abuse import insult
from console.conversation.assistance import (
    Citation,
    SourceType,
    Suggestion,
    SummaryKind,
    SummaryLine,
    Support,
    suggestion_id,
)
from console.conversation.packet import FactKind, Packet, PacketFact
from console.text import shorten

KIND: Final = "opening"
"""The kind of this suggestion."""

QUOTED: Final = 90
"""Characters that are quoted of the customer's words."""

_NAMED: Final = 2
"""Orders that are named; more would read like a form."""


_SWEARING: Final = re.compile(
    r"\b(?:crap\w*|shit\w*|bullshit|fuck\w*|f\*+\w*|bloody|arse\w*|piss\w*|damn\w*)|\*{3,}", re.I
)
"""What one does not say back to a customer, though they may well say it."""

_ANGER: Final = re.compile(
    r"\b(?:useless|ridiculous|pathetic|rubbish|a joke|disgrace\w*|disgusting|hopeless|terrible|awful|appalling|"
    r"unacceptable|a waste of|fed up|sick of)\b",
    re.I,
)
"""What they say of the service in anger; they want it mended, not quoted."""


def openings_of(packet: Packet, name: str) -> Iterator[Suggestion]:
    """Yield first sentences for a customer called ``name``, the fullest first; none where nothing can be quoted.

    Whoever calls takes the first that policy lets through. Insults, and the wish for a person, are not quoted back.
    """
    kind_words = [line for line in packet.issue if not _hurts(line.text) and not asks_for_person(line.text)]
    issue = [line for line in kind_words if line.kind is SummaryKind.ISSUE]
    orders = [fact for fact in packet.facts if fact.kind is FactKind.IDENTIFIER and fact.label.startswith("Order")][
        :_NAMED
    ]
    tries: tuple[tuple[Sequence[SummaryLine], Sequence[PacketFact]], ...] = (
        (kind_words, orders),
        (issue, orders),
        (issue, ()),
        ((), orders),
    )
    for lines, numbers in tries:
        if lines or numbers:
            yield _opening(packet.turn, name, lines, numbers)


def _hurts(text: str) -> bool:
    """Return whether to read this back would sound like mockery or start the quarrel anew."""
    return bool(insult(text) or _SWEARING.search(text) or _ANGER.search(text))


def _opening(turn: str, name: str, lines: Sequence[SummaryLine], numbers: Sequence[PacketFact]) -> Suggestion:
    quotes = [shorten(line.text, QUOTED) for line in lines]
    fresh = [fact for fact in numbers if not any(fact.value in quote for quote in quotes)]
    said = [f"you wrote {' and '.join(f'“{quote}”' for quote in quotes)}"] if quotes else []
    if fresh:
        orders = "the order is" if len(fresh) == 1 else "the orders are"
        said.append(f"{orders} {' and '.join(fact.value for fact in fresh)}")
    called = f", {name}" if name else ""
    text = f"I have all your messages in front of me{called}, so you need not repeat anything: {', and '.join(said)}."
    cited = [Citation(SourceType.MESSAGE, line.sources[0], quote) for line, quote in zip(lines, quotes, strict=True)]
    cited += [Citation(SourceType.MESSAGE, fact.sources[0], fact.value) for fact in fresh]
    return Suggestion(suggestion_id(turn, KIND, text), text, KIND, 1.0, Support.FULL, tuple(cited))
