"""Whether a sentence is about the customer's matter, or about anything at all: how near it comes to the scenario. Pure.

What the bot, the customer and the author of the scenario say of the matter is the measure; the cosines were set on the
scripted agents of the tests, each held against their own scenario and against the others.
"""

import re
from collections.abc import Sequence
from typing import Final

from console.assist.ports import Embed, Vectors
from console.assist.sentences import texts
from console.practice.acts import Act
from console.practice.meanings import Piece
from console.practice.scenario import Scenario

ABOUT: Final = 0.4
"""Cosine from which a sentence explains something of the matter: nine of ten explanations of good agents come so near,
and one of ten in another scenario than their own."""

STRANGE: Final = 0.26
"""Cosine below which a statement that speaks of nobody present may be about nothing."""

FEWEST: Final = 4
"""Words from which on a sentence can be told to be about nothing."""

_STATED: Final = frozenset({Act.EXPLAIN, Act.REFUSE, Act.DONE, Act.NOT_UNDERSTOOD, Act.ASK})
"""What words without sense are taken for; where they are anything else, their words have borne it out."""

_PRESENT: Final = re.compile(
    r"\b(?:i|me|my|mine|we|us|you|yours?|it|its|that['’]s|this|that|these|those|there|here|they|them|he|she|please|(?:no|any|some|every)(?:body|one)|customers?|"
    r"thanks?|sorry|yes|no|order|parcel|money|refund|price|e-?mail|delivery|account)\b",
    re.IGNORECASE,
)
"""Words with which somebody speaks of who or what is at hand."""


class Matter:
    """What a scenario is about, as vectors."""

    def __init__(self, scenario: Scenario, embed: Embed) -> None:
        self._rows = embed.encode(_said_of(scenario))

    def near(self, found: Sequence[Piece], rows: Vectors) -> dict[str, float]:
        """Return how near each sentence comes to the matter, as a whole or by the part that comes nearest."""
        near: dict[str, float] = {}
        if len(rows):
            for piece, cosine in zip(found, (rows @ self._rows.T).max(axis=1), strict=True):
                near[piece.sentence] = max(float(cosine), near.get(piece.sentence, -1.0))
        return near


def about_nothing(said: Sequence[tuple[str, frozenset[Act]]], near: dict[str, float]) -> bool:
    """Return whether a message is words without sense: no sentence is about the matter, or about anybody here."""
    return bool(said) and all(
        acts <= _STATED
        and near.get(sentence, 0.0) < STRANGE
        and len(sentence.split()) >= FEWEST
        and not sentence.rstrip().endswith("?")
        and not _PRESENT.search(sentence)
        for sentence, acts in said
    )


def to_the_point(
    said: Sequence[tuple[str, frozenset[Act]]], near: dict[str, float]
) -> list[tuple[str, frozenset[Act]]]:
    """Return what was said, where only what is about the matter explains anything."""
    return [(text, acts if near.get(text, 0.0) >= ABOUT else acts - {Act.EXPLAIN}) for text, acts in said]


def _said_of(scenario: Scenario) -> list[str]:
    found = [scenario.title, scenario.subject, *scenario.begins, *scenario.wants, *texts(scenario.notes)]
    found += [line.text for line in scenario.before]
    for fact in scenario.facts:
        found += [fact.about, *fact.says, *fact.asked]
    for resolution in scenario.resolutions:
        found += [resolution.title, *resolution.offered, *resolution.accepts]
    for duty in (*scenario.musts, *scenario.must_nots):
        found += [duty.title, *duty.said]
    return [text for text in dict.fromkeys(found) if text.strip()]
