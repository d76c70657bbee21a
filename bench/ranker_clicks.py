"""Simulated picks whose truth is known: how good each reply is, and how often each place is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from console.review.learning.table import Numbers, Table

LOOKS: Final = (1.0, 0.55, 0.3)
"""How often each place is looked at."""

WANTED: Final = (0.2, 1.2, -1.0, 0.6)
"""What makes a reply good; lists stand by the first of these, which says next to nothing."""


@dataclass(frozen=True)
class Clicks:
    """The position-based model: a reply is taken if its place is looked at and it is good; several of a turn may be."""

    table: Table
    good: Numbers
    """The chance that each reply is good, shape (turns, 3)."""

    def finds_the_best(self, weights: Numbers) -> float:
        """Return how often the truly best reply of a turn is put first."""
        scores = (self.table.features @ weights).reshape(self.good.shape)
        return float(np.mean(scores.argmax(axis=1) == self.good.argmax(axis=1)))


def clicks(seed: int, turns: int, looks: Sequence[float] = LOOKS) -> Clicks:
    """Return clicks on lists of three, strictly in the order of the first feature."""
    random = np.random.default_rng(seed)
    features = random.normal(size=(turns, 3, len(WANTED)))
    order = np.argsort(-features[:, :, 0], axis=1)
    features = np.take_along_axis(features, order[:, :, None], axis=1)
    good = 1 / (1 + np.exp(-(features @ np.array(WANTED) - 0.5)))
    clicked = (random.random((turns, 3)) < np.array(looks)) & (random.random((turns, 3)) < good)
    turn, place = np.repeat(np.arange(turns), 3), np.tile(np.arange(3), turns)
    table = Table(features.reshape(-1, len(WANTED)), turn, place, clicked.reshape(-1).astype(np.float64))
    return Clicks(table, good)
