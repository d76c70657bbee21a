"""Trains the head: Adam over a hidden layer, with dropout of words and of hidden numbers, in numpy alone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from console.assist.ports import Moment, Vectors
from console.past.features import BUCKETS, buckets_of
from console.past.head import Head, Weights, side_by_side, softmax
from console.past.table import PARTS, Rows, Table

FEWEST_MOMENTS: Final = 2000
FEWEST_OF_A_REPLY: Final = 8
"""Moments that a reply must have followed to be learned."""

HIDDEN: Final = 256
EPOCHS: Final = 8
BATCH: Final = 256
RATE: Final = 0.002
"""Step of Adam (Kingma and Ba 2015, with beta 0.9 and 0.999), falling to zero in a straight line."""

WORDS_LEFT_OUT: Final = 0.2
"""Share of a moment's features left out at each step, so that no single word decides …"""

HIDDEN_LEFT_OUT: Final = 0.3
"""… and of the hidden layer's numbers; both, and what stands above, from a split within four fifths of STAR."""


@dataclass(slots=True)
class _Adam:
    """Weights with the running mean and spread of their gradients; rows without a gradient stay as they are."""

    weights: Weights
    mean: Weights = field(init=False)
    spread: Weights = field(init=False)

    def __post_init__(self) -> None:
        self.mean, self.spread = np.zeros_like(self.weights), np.zeros_like(self.weights)

    def step(self, gradient: Weights, rate: float, count: int, rows: Rows | slice = slice(None)) -> None:
        """Take the step numbered ``count``, from 1."""
        mean = self.mean[rows] * np.float32(0.9) + gradient * np.float32(0.1)
        spread = self.spread[rows] * np.float32(0.999) + gradient * gradient * np.float32(0.001)
        self.mean[rows], self.spread[rows] = mean, spread
        size = np.sqrt(spread / np.float32(1.0 - 0.999**count)) + np.float32(1e-8)
        self.weights[rows] -= np.float32(rate / (1.0 - 0.9**count)) * mean / size


def train(table: Table, leader: Rows, vectors: Vectors, moments: Sequence[Moment]) -> Head | None:
    """Return a head for ``table``, always the same one; ``None`` where there is too little to learn from.

    ``moments`` are those of the table's rows.
    """
    groups = leader[table.template] if len(table.template) else np.zeros(0, dtype=np.int32)
    kinds, counts = np.unique(groups, return_counts=True)
    learned = kinds[counts >= FEWEST_OF_A_REPLY].astype(np.int32)
    usable = np.flatnonzero(np.isin(groups, learned))
    if len(usable) < FEWEST_MOMENTS or len(learned) < 2:  # noqa: PLR2004 - one reply is no choice
        return None
    labels = np.searchsorted(learned, groups[usable])
    features = [buckets_of(moments[row]) for row in usable.tolist()]
    chance = np.random.default_rng(0)
    words = _Adam(_small(chance, BUCKETS, HIDDEN, 0.05))
    parts = _Adam(_small(chance, len(PARTS) * (vectors.shape[1] + 1) + 1, HIDDEN, 0.02))
    replies = _Adam(_small(chance, HIDDEN + 1, len(learned), 0.05))
    count, steps = 0, EPOCHS * -(-len(usable) // BATCH)
    for _ in range(EPOCHS):
        shuffled = chance.permutation(len(usable))
        for start in range(0, len(usable), BATCH):
            chosen = shuffled[start : start + BATCH]
            rate = RATE * (1.0 - count / steps)
            count += 1
            columns, marks = _marked([features[place] for place in chosen], chance)
            dense = side_by_side(table.moments[usable[chosen]], vectors)
            hidden = np.maximum(marks @ words.weights[columns] + dense @ parts.weights, 0.0)
            kept = _kept(hidden.shape, chance)
            seen = np.concatenate([hidden * kept, np.ones((len(chosen), 1), dtype=np.float32)], axis=1)
            error: Weights = softmax(seen @ replies.weights)
            error[np.arange(len(chosen)), labels[chosen]] -= 1.0
            error /= np.float32(len(chosen))
            back: Weights = (error @ replies.weights[:-1].T) * np.where(hidden > 0.0, kept, np.float32(0.0))
            replies.step(seen.T @ error, rate, count)
            parts.step(dense.T @ back, rate, count)
            words.step(marks.T @ back, rate, count, columns)
    return Head(words.weights, parts.weights, replies.weights, learned)


def _marked(features: Sequence[Rows], chance: np.random.Generator) -> tuple[Rows, NDArray[np.float32]]:
    """Return the buckets that occur in a batch, and for each moment a row of ones where it has them.

    A share of them is left out by chance; what is left counts for more, so that the sum is the same on average.
    """
    rows = np.repeat(np.arange(len(features)), [len(own) for own in features])
    joined = np.concatenate(features)
    left = chance.random(len(joined), dtype=np.float32) >= WORDS_LEFT_OUT
    columns, places = np.unique(joined[left], return_inverse=True)
    marks = np.zeros((len(features), len(columns)), dtype=np.float32)
    marks[rows[left], places] = 1.0 / (1.0 - WORDS_LEFT_OUT)
    return columns, marks


def _kept(shape: tuple[int, ...], chance: np.random.Generator) -> Weights:
    """Return zeros for what is left out of the hidden layer; the rest counts for more, as in :func:`_marked`."""
    left = chance.random(shape, dtype=np.float32) >= HIDDEN_LEFT_OUT
    return np.where(left, np.float32(1.0 / (1.0 - HIDDEN_LEFT_OUT)), np.float32(0.0))


def _small(chance: np.random.Generator, rows: int, columns: int, spread: float) -> Weights:
    return chance.standard_normal((rows, columns), dtype=np.float32) * np.float32(spread)
