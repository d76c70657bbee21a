"""A small trained head over many past moments: which replies follow moments like this one.

One hidden layer over the vectors of a moment's parts and over its words and course (``features.py``), trained when
conversations are imported. Where there are enough moments it ranks better than the vote of the nearest alone; below
that there is no head. It only ever ranks replies that agents gave, so it cannot make anything up.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from console.assist.ports import Vectors
from console.past.table import ABSENT, Rows

Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Head:
    """Plain arrays; ``groups`` names the reply of each column by its standing template."""

    words: Weights
    """(buckets, hidden): what each bucket of a moment's features adds to the hidden layer."""
    parts: Weights
    """(part numbers, hidden): the same for what :func:`side_by_side` returns."""
    replies: Weights
    """(hidden + 1, replies): from the hidden layer to a score of each reply; the last row is added to all."""
    groups: Rows

    def probabilities(self, query: Vectors, present: NDArray[np.bool_], buckets: Rows) -> Vectors:
        """Return the probability of each group after one moment; ``query`` has one row a part, zeros where absent."""
        dense = np.concatenate([query.ravel(), (~present).astype(np.float32), np.ones(1, dtype=np.float32)])
        hidden = np.maximum(dense @ self.parts + self.words[buckets].sum(axis=0), 0.0)
        result: Vectors = softmax((hidden @ self.replies[:-1] + self.replies[-1])[None, :])[0]
        return result


def side_by_side(moments: Rows, vectors: Vectors) -> Vectors:
    """Return the vectors of all parts side by side (zeros where absent), then which parts are absent, then ones."""
    absent = moments == ABSENT
    parts = vectors[np.where(absent, 0, moments)]
    parts[absent] = 0.0
    flat = parts.reshape(len(moments), -1)
    ones = np.ones((len(moments), 1), dtype=np.float32)
    return np.concatenate([flat, absent.astype(np.float32), ones], axis=1)


def softmax(scores: Vectors) -> Vectors:
    """Return probabilities, one row a row of ``scores``."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Vectors = shifted / shifted.sum(axis=1, keepdims=True)
    return result
