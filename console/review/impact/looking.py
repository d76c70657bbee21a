"""What may be said however often somebody looks. Pure.

Who looks each day at figures that hold for one look finds, within some weeks, an effect where there is none in far more
than one case of twenty. So the desk looks once a day itself, from the first day in the log to the last, and an effect
stands where the course of all these looks has crossed a line that chance crosses in one case of twenty, however long it
goes on. Who looks how often changes nothing.

How far a course has come is told by information, one over the squared error, as a share ``t`` of what is planned (Mehta
and Tsiatis 2001, Drug Inf. J. 35, 1095). Where there is no effect, ``B(t) = score × √t`` is Brownian motion, and the
chance that its distance from nought ever passes the line ``a (1 + t/h)`` is at most ``2 exp(-2 a² / h)`` (Doob 1949,
Ann. Math. Stat. 20, 393; as a test that goes on: Robbins 1970, Ann. Math. Stat. 41, 1397). A look at ``t`` therefore
has the p-value ``2 exp(-2 score² t h / (t + h)²)``, and a course the least of its looks. Several outcomes are corrected
by :func:`console.review.intervals.holm`, which these p-values allow at every moment.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from console.review.impact.comparing import Estimates
from console.review.intervals import Floats, normal_score, upper_quantile

FALSE: Final = 0.05
"""Chance of any effect being reported where there is none, over all outcomes and looks."""

POWER: Final = 0.8
"""Chance that an effect as small as is worth knowing is found with the planned sample."""

HALF: Final = 0.5
"""The share of the planned information at which the line is lowest: large effects show early, and the smallest worth
knowing needs 2.3 times the conversations that one look at a single outcome would need."""


@dataclass(frozen=True, slots=True)
class Course:
    """How far looks have come, each array one number a course."""

    chance: Floats
    """The p-value over all looks."""
    share: Floats
    """The share of the planned information that there is, above 1 where there is more."""


def planned_error(smallest: float, outcomes: int) -> float:
    """Return the standard error at which the planned sample is complete.

    ``smallest`` is the smallest effect worth knowing, in the unit of the effect; it is then found with a chance of
    :data:`POWER`, were it the only one of so many ``outcomes``.
    """
    line = math.sqrt(math.log(2 * outcomes / FALSE) / (2 * HALF)) * (1 + HALF)
    return smallest / (line + upper_quantile(1 - POWER))


def course(looks: Estimates, planned: float) -> Course:
    """Return what the looks of the last axis say, oldest first; one of infinite error says nothing."""
    error = np.maximum(looks.error, 1e-12)
    share = (planned / error) ** 2
    score = normal_score(looks.effect / error, looks.freedom)
    chances = 2 * np.exp(-2 * score**2 * share * HALF / (share + HALF) ** 2)
    return Course(np.minimum(1.0, chances.min(axis=-1)), share[..., -1])


def still_needed(conversations: int, share: float) -> int | None:
    """Return how many conversations more make the planned sample, at this share of the information; 0 if it is whole.

    ``None`` where there is too little to tell.
    """
    return max(0, math.ceil(conversations / share - conversations)) if share > 0 else None
