"""A small trained head over many past moments: which replies follow moments like this one.

Softmax regression on the vectors of a moment's parts, trained when conversations are imported. Where there are enough
moments it ranks better than the vote of the nearest alone; below that there is no head. It only ever ranks replies
that agents gave, so it cannot make anything up.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from console.assist.ports import Vectors
from console.past.table import ABSENT, PARTS, Rows, Table

FEWEST_MOMENTS: Final = 2000
FEWEST_OF_A_REPLY: Final = 8
"""Moments that a reply must have followed to be learned."""

EPOCHS: Final = 12
BATCH: Final = 512
RATE: Final = 0.01
"""Step of Adam (Kingma and Ba 2015, with beta 0.9 and 0.99), falling to zero in a straight line."""

Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Head:
    """``weights`` is (features, replies); ``groups`` names the reply of each column by its standing template."""

    weights: Weights
    groups: Rows

    def probabilities(self, query: Vectors, present: NDArray[np.bool_]) -> Vectors:
        """Return the probability of each group after one moment; ``query`` has one row a part, zeros where absent."""
        features = np.concatenate([query.ravel(), (~present).astype(np.float32), np.ones(1, dtype=np.float32)])
        result: Vectors = _softmax((features @ self.weights)[None, :])[0]
        return result


def train(table: Table, leader: Rows, vectors: Vectors) -> Head | None:
    """Return a head for ``table``, always the same one; ``None`` where there is too little to learn from."""
    groups = leader[table.template] if len(table.template) else np.zeros(0, dtype=np.int32)
    kinds, counts = np.unique(groups, return_counts=True)
    learned = kinds[counts >= FEWEST_OF_A_REPLY].astype(np.int32)
    usable = np.flatnonzero(np.isin(groups, learned))
    if len(usable) < FEWEST_MOMENTS or len(learned) < 2:  # noqa: PLR2004 - one reply is no choice
        return None
    labels = np.searchsorted(learned, groups[usable])
    weights = np.zeros((len(PARTS) * (vectors.shape[1] + 1) + 1, len(learned)), dtype=np.float32)
    mean, spread = np.zeros_like(weights), np.zeros_like(weights)
    order = np.random.default_rng(0)
    step, steps = 0, EPOCHS * -(-len(usable) // BATCH)
    for _ in range(EPOCHS):
        shuffled = order.permutation(len(usable))
        for start in range(0, len(usable), BATCH):
            chosen = shuffled[start : start + BATCH]
            features = _features(table.moments[usable[chosen]], vectors)
            error = _softmax(features @ weights)
            error[np.arange(len(chosen)), labels[chosen]] -= 1.0
            gradient = features.T @ error / np.float32(len(chosen))
            mean += 0.1 * (gradient - mean)
            spread += 0.01 * (gradient * gradient - spread)
            step += 1
            rate = RATE * (1.0 - step / steps)
            corrected = np.sqrt(spread / (1.0 - 0.99**step)) + 1e-8
            weights -= (rate * (mean / (1.0 - 0.9**step)) / corrected).astype(np.float32)
    return Head(weights, learned)


def _features(moments: Rows, vectors: Vectors) -> Vectors:
    """Return the vectors of all parts side by side (zeros where absent), then which parts are absent, then ones."""
    absent = moments == ABSENT
    parts = vectors[np.where(absent, 0, moments)]
    parts[absent] = 0.0
    flat = parts.reshape(len(moments), -1)
    ones = np.ones((len(moments), 1), dtype=np.float32)
    return np.concatenate([flat, absent.astype(np.float32), ones], axis=1)


def _softmax(scores: Vectors) -> Vectors:
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Vectors = shifted / shifted.sum(axis=1, keepdims=True)
    return result
