"""Whether one ranker is better than another: how often each puts first what agents took, with an interval."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from console.review.learning.table import Numbers, Places, Table

DRAWS: Final = 2_000
"""Resamplings of the conversations."""

LIMITS: Final = (2.5, 97.5)
"""Percentiles between which the difference lies in 95 of 100 samples."""

_TIED: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Judged:
    """How often each put first what was taken, 0 to 1, and the 95 % interval of challenger less champion."""

    first: float
    champion_first: float
    low: float
    high: float


def judged(table: Table, challenger: Numbers, champion: Numbers, corrections: Numbers, conversation: Places) -> Judged:
    """Compare two rankers' scores of the same rows.

    What was taken counts by its gain and by the correction for where it stood (inverse propensity scoring, normalised
    by its own sum: Agarwal, Takatsu, Zaitsev and Joachims 2019, "A General Framework for Counterfactual
    Learning-to-Rank"), so that the order in which it was shown favours nobody. The interval is a bootstrap over
    conversations (``conversation`` has one number a row, from 0), for turns of one conversation hang together.
    """
    weight = table.gain * corrections
    size = int(conversation.max()) + 1
    whole = np.bincount(conversation, weight, size)
    new = np.bincount(conversation, weight * firsts(challenger, table), size)
    old = np.bincount(conversation, weight * firsts(champion, table), size)
    drawn = np.random.default_rng(0).multinomial(size, np.full(size, 1 / size), DRAWS)
    differences = (drawn @ (new - old)) / np.maximum(drawn @ whole, _TIED)
    low, high = np.percentile(differences, LIMITS)
    total = whole.sum()
    return Judged(float(new.sum() / total), float(old.sum() / total), float(low), float(high))


def firsts(scores: Numbers, table: Table) -> Numbers:
    """Return for each row whether it is its turn's first by these scores: a share of 1 where several are."""
    starts = table.starts
    highest = scores >= np.maximum.reduceat(scores, starts)[table.turn] - _TIED
    share: Numbers = highest / np.add.reduceat(highest, starts)[table.turn]
    return share
