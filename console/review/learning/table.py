"""Choices as numbers: a row for each reply that stood on a screen."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from console.assist.replies.ranker import features_of, source_of
from console.review.learning.choices import Choice, decided_in

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]

FEWEST: Final = 5
"""Times that a source must have been shown to be given a weight of its own."""


@dataclass(frozen=True, slots=True)
class Table:
    """What was shown and what became of it. Rows of one turn stand together, and every turn has one at least."""

    features: Numbers
    """Shape (rows, features); the place on the screen is none of them."""
    turn: Places
    """Which turn each row belongs to: 0, 0, 0, 1, 1, …"""
    place: Places
    """Where the reply stood, 0 for the first."""
    gain: Numbers
    """What it was worth to whoever chose, 0 to 1."""

    @property
    def starts(self) -> Places:
        """The first row of each turn."""
        return np.flatnonzero(np.diff(self.turn, prepend=-1))


@dataclass(frozen=True, slots=True)
class Columns:
    """Which number stands in which column of the features: names, then sources."""

    names: tuple[str, ...]
    sources: tuple[str, ...]


def columns_of(choices: Sequence[Choice]) -> Columns:
    """Return the columns for these choices: all features, and the sources that were shown often enough."""
    replies = [offer.reply for offer in decided_in(choices)]
    names = tuple(features_of(replies[0])) if replies else ()
    often = Counter(source for source in map(source_of, replies) if source)
    return Columns(names, tuple(sorted(source for source, times in often.items() if times >= FEWEST)))


def table_of(choices: Sequence[Choice], columns: Columns) -> Table:
    """Return the choices as numbers."""
    offers = decided_in(choices)
    at = {source: place for place, source in enumerate(columns.sources, len(columns.names))}
    features = np.zeros((len(offers), len(columns.names) + len(columns.sources)))
    for row, offer in enumerate(offers):
        known = features_of(offer.reply)
        features[row, : len(columns.names)] = [known[name] for name in columns.names]
        if (column := at.get(source_of(offer.reply))) is not None:
            features[row, column] = 1.0
    turns = [turn for turn, choice in enumerate(choices) for _ in choice.offers]
    return Table(
        features,
        np.array(turns, dtype=np.int64),
        np.array([offer.place for offer in offers], dtype=np.int64),
        np.array([offer.gain for offer in offers]),
    )
