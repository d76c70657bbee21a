"""Two convex fits in numpy, by Newton's method; the same numbers in give the same numbers out."""

from typing import Final

import numpy as np

from console.review.learning.table import Numbers, Table

RIDGE: Final = 1.0
"""What holds a weight near 0, of a feature as wide as its spread: as much as one turn's say."""

STEPS: Final = 50
NEAR: Final = 1e-8
FURTHEST: Final = 3.0
"""Most that a step moves a weight: where the curve is flat, Newton's would overshoot."""


def spread(features: Numbers) -> Numbers:
    """Return the standard deviation of each column; 1 for one that never changes."""
    deviation: Numbers = features.std(axis=0)
    return np.where(deviation > NEAR, deviation, 1.0)


def ranking_weights(table: Table, corrections: Numbers) -> Numbers:
    """Return the weights under which what was taken stands above what stood beside it, shape (features,).

    A conditional logit (McFadden 1974), each row's gain counted by its correction, with a ridge; turns in which nothing
    was taken say nothing. Corrected by how often places are looked at it fits what agents would have taken had they
    seen everything (Joachims et al. 2017). Corrections are scaled to a mean of 1, so that the ridge keeps its meaning.
    """
    wide = spread(table.features)
    known, starts = table.features / wide, table.starts
    wanted = table.gain * corrections
    if not wanted.any():
        return np.zeros(known.shape[1])
    wanted /= wanted.sum() / table.gain.sum()
    whole = np.add.reduceat(wanted, starts)[table.turn]
    weights: Numbers = np.zeros(known.shape[1])
    for _ in range(STEPS):
        chance = softmax(known @ weights, table)
        slope = known.T @ (wanted - whole * chance) - RIDGE * weights
        mean = np.add.reduceat((whole * chance)[:, None] * known, starts)
        share = np.add.reduceat(whole * chance, starts)
        bend: Numbers = (known * (whole * chance)[:, None]).T @ known
        bend -= mean.T @ (mean / np.maximum(share, NEAR)[:, None])
        step = _held(_solved(bend + RIDGE * np.eye(len(weights)), slope))
        weights += step
        if np.abs(step).max() < NEAR:
            break
    return weights / wide


def softmax(scores: Numbers, table: Table) -> Numbers:
    """Return the chance of each row within its turn."""
    starts = table.starts
    above = np.exp(scores - np.maximum.reduceat(scores, starts)[table.turn])
    chance: Numbers = above / np.add.reduceat(above, starts)[table.turn]
    return chance


def logistic(known: Numbers, wanted: Numbers, weights: Numbers) -> Numbers:
    """Return weights one Newton step nearer to a logistic fit of ``wanted`` (0 to 1), a column of ones unheld."""
    chance = 1 / (1 + np.exp(-known @ weights))
    held = np.where(np.ptp(known, axis=0) > 0, RIDGE, NEAR)
    slope = known.T @ (wanted - chance) - held * weights
    bend = (known * (chance * (1 - chance))[:, None]).T @ known + np.diag(held)
    return weights + _held(_solved(bend, slope))


def _solved(bend: Numbers, slope: Numbers) -> Numbers:
    return np.asarray(np.linalg.solve(bend, slope), dtype=np.float64)


def _held(step: Numbers) -> Numbers:
    """Return a step that moves no weight further than is safe."""
    return step * min(1.0, FURTHEST / max(float(np.abs(step).max()), NEAR))
