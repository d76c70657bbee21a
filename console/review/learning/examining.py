"""How often agents look at each place of the list, estimated from what they took: a reply that nobody saw is not poor.

Regression EM (Wang, Golbandi, Bendersky, Metzler and Najork 2018, "Position Bias Estimation for Unbiased Learning to
Rank in Personal Search") on the position-based model of Joachims, Swaminathan and Schnabel 2017 ("Unbiased
Learning-to-Rank with Biased Feedback"): a reply is taken if its place is looked at and if it is good, and the two are
independent. Because the same kind of reply stands now here, now there, the one can be told from the other.
"""

from typing import Final

import numpy as np

from console.review.learning.fitting import logistic, spread
from console.review.learning.table import Numbers, Table

ROUNDS: Final = 200
NEAR: Final = 1e-4
"""Change of a round from which on the estimate counts as found."""

LEAST: Final = 0.05
"""Least chance that a place is looked at: what is looked at less says nothing."""

CLIPPED: Final = 10.0
"""Highest weight of what was taken from a place that is seldom looked at: beyond it, one click would outvote many."""


def examined(table: Table) -> Numbers:
    """Return for each place how often it is looked at beside the first, shape (places,); the first is 1."""
    places = int(table.place.max()) + 1
    looked = np.linspace(1.0, 0.5, places)
    taken = table.gain > 0
    shown = np.maximum(np.bincount(table.place, minlength=places), 1)
    known = np.column_stack([np.ones(len(table.gain)), table.features / spread(table.features)])
    weights = np.zeros(known.shape[1])
    for _ in range(ROUNDS):
        good = 1 / (1 + np.exp(-known @ weights))
        looks = looked[table.place]
        neither = 1 - looks * good
        saw = np.where(taken, 1.0, looks * (1 - good) / neither)
        fits = np.where(taken, 1.0, (1 - looks) * good / neither)
        weights = logistic(known, fits, weights)
        newer = np.bincount(table.place, saw, places) / shown
        newer = np.clip(newer / newer[0], LEAST, 1.0)
        moved = float(np.abs(newer - looked).max())
        looked = newer
        if moved < NEAR:
            break
    return looked


def corrections(table: Table, looked: Numbers) -> Numbers:
    """Return the weight of each row: how often what stood there would have been seen at the first place, clipped.

    A place that ``looked`` does not know counts as its last one.
    """
    at = np.minimum(table.place, len(looked) - 1)
    weights: Numbers = np.minimum(1 / looked[at], CLIPPED)
    return weights
