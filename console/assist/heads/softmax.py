"""Multinomial logistic regression in numpy, fitted by L-BFGS: the weights that make the seen labels likeliest."""

from collections import deque
from typing import Final

import numpy as np
from numpy.typing import NDArray

from console.assist.ports import Vectors

Labels = NDArray[np.intp]
"""The class of each row, 0 to one less than there are classes."""

_PAIRS: Final = 10
"""Steps that the estimate of the curvature remembers."""

_SUFFICIENT: Final = 1e-4
_HALVINGS: Final = 12
_FLAT: Final = 1e-4
"""Length of the gradient, as a share of the first one, from which nothing is gained by going on."""


def fit(rows: Vectors, labels: Labels, strength: float, steps: int, start: Vectors | None = None) -> Vectors:
    """Return weights of shape (numbers of a row + 1, classes); the last row of them is the bias.

    ``strength`` is how far the weights may go to meet the labels (scikit-learn's ``C``); ``steps`` bounds the work.
    ``start`` continues from weights of another fit. Deterministic.
    """
    classes = int(labels.max()) + 1
    weights = np.zeros((rows.shape[1] + 1, classes), np.float32) if start is None else start.copy()
    decay = np.float32(1.0 / (strength * len(rows)))
    value, slope = _loss(rows, labels, weights, decay)
    first = float(np.linalg.norm(slope)) or 1.0
    pairs: deque[tuple[Vectors, Vectors, float]] = deque(maxlen=_PAIRS)
    for step in range(steps):
        direction = _direction(slope, pairs)
        falls = float(np.vdot(slope, direction))
        length = 1.0 if step else 1.0 / first
        for _ in range(_HALVINGS):
            tried = weights + np.float32(length) * direction
            new_value, new_slope = _loss(rows, labels, tried, decay)
            if new_value <= value + _SUFFICIENT * length * falls:
                break
            length /= 2
        else:
            break
        moved, turned = tried - weights, new_slope - slope
        bend = float(np.vdot(moved, turned))
        if bend > 0:
            pairs.append((moved, turned, 1.0 / bend))
        weights, value, slope = tried, new_value, new_slope
        if float(np.linalg.norm(slope)) < _FLAT * first:
            break
    return weights


def scores(rows: Vectors, weights: Vectors) -> Vectors:
    """Return how much each row speaks for each class, shape (rows, classes); unbounded."""
    found: Vectors = rows @ weights[:-1] + weights[-1]
    return found


def shares(points: Vectors) -> Vectors:
    """Return scores as probabilities: each row of them adds up to one."""
    powers = np.exp(points - points.max(axis=1, keepdims=True))
    normed: Vectors = powers / powers.sum(axis=1, keepdims=True)
    return normed


def _loss(rows: Vectors, labels: Labels, weights: Vectors, decay: np.float32) -> tuple[float, Vectors]:
    """Return the mean cross-entropy with the decay of the weights (not of the bias), and its gradient."""
    likely = shares(scores(rows, weights))
    places = np.arange(len(rows))
    value = -float(np.log(likely[places, labels] + 1e-12).mean()) + 0.5 * float(decay) * float(
        np.vdot(weights[:-1], weights[:-1])
    )
    likely[places, labels] -= 1.0
    likely /= np.float32(len(rows))
    slope = np.concatenate([rows.T @ likely + decay * weights[:-1], likely.sum(axis=0, keepdims=True)])
    return value, slope


def _direction(slope: Vectors, pairs: deque[tuple[Vectors, Vectors, float]]) -> Vectors:
    """Return where to go: downhill, stretched by the curvature that the last steps have shown."""
    rest = slope.copy()
    parts: list[np.float32] = []
    for moved, turned, scale in reversed(pairs):
        part = np.float32(scale * float(np.vdot(moved, rest)))
        parts.append(part)
        rest -= part * turned
    if pairs:
        moved, turned, _ = pairs[-1]
        rest *= np.float32(float(np.vdot(moved, turned)) / float(np.vdot(turned, turned)))
    for (moved, turned, scale), part in zip(pairs, reversed(parts), strict=True):
        rest += moved * (part - np.float32(scale * float(np.vdot(turned, rest))))
    return -rest
