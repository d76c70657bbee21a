"""Intervals of rates and of their differences, and several tests at once. Pure; arrays and single numbers alike.

A number of observations may be a fraction: an *effective* number, which is smaller than the counted one where
observations hang together (Kish 1965, Survey Sampling, 8.2).

SciPy is loaded by the first function that needs it: a server that has not been asked for figures starts without it.
"""

from collections.abc import Mapping
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

LEVEL: Final = 0.95
"""Share of all intervals that are to hold the truth."""

NORMAL: Final = NormalDist().inv_cdf((1 + LEVEL) / 2)
"""The normal distribution's quantile for :data:`LEVEL`, 1.96."""


def wilson(rate: ArrayLike, of: ArrayLike, critical: ArrayLike = NORMAL) -> tuple[Floats, Floats]:
    """Return the lower and upper limit of a rate (0 to 1) that was seen in ``of`` observations (more than 0).

    The score interval of Wilson (1927), J. Am. Stat. Assoc. 22, 209: it stays within 0 and 1 and holds for small
    counts and rates of nought. ``critical`` is the quantile of the level.
    """
    p, n, z = (np.asarray(value, dtype=np.float64) for value in (rate, of, critical))
    shrunk = 1 + z**2 / n
    middle = (p + z**2 / (2 * n)) / shrunk
    half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / shrunk
    return np.clip(middle - half, 0.0, 1.0), np.clip(middle + half, 0.0, 1.0)


def newcombe(
    rate: ArrayLike, of: ArrayLike, other: ArrayLike, of_other: ArrayLike, critical: ArrayLike = NORMAL
) -> tuple[Floats, Floats]:
    """Return the limits of ``rate - other``, two independent rates seen in so many observations each.

    Method 10 of Newcombe (1998), Stat. Med. 17, 873: the two score intervals, squared and added. It keeps its level
    where the usual one of Wald does not: at rates of a few in a hundred.
    """
    p, q = np.asarray(rate, dtype=np.float64), np.asarray(other, dtype=np.float64)
    low_p, high_p = wilson(p, of, critical)
    low_q, high_q = wilson(q, of_other, critical)
    low = p - q - np.sqrt((p - low_p) ** 2 + (high_q - q) ** 2)
    high = p - q + np.sqrt((high_p - p) ** 2 + (q - low_q) ** 2)
    return low, high


def times_as_often(
    after: int, weeks_after: float, before: int, weeks_before: float, critical: float = NORMAL
) -> tuple[float, float | None]:
    """Return the limits of how many times as often something happens after as before; ``None`` for no upper one.

    Of all that happened, the part that came after is binomial where each side is Poisson, given how long it was
    (Przyborowski and Wilenski 1940, Biometrika 31, 313); its score interval gives that of the ratio. ``after`` and
    ``before`` are not both nought, and neither side is empty.
    """
    low, high = (float(limit) for limit in wilson(after / (after + before), after + before, critical))
    longer = weeks_before / weeks_after
    upper = None if high >= 1 or not before else round(high / (1 - high) * longer, 4)
    return round(low / (1 - low) * longer, 4), upper


def student(level: ArrayLike, freedom: ArrayLike) -> Floats:
    """Return Student's two-sided quantile for a level (0 to 1) and degrees of freedom (more than 0; infinity too)."""
    from scipy.special import stdtrit

    df = np.minimum(np.asarray(freedom, dtype=np.float64), 1e9)  # from there on it is the normal one to ten digits
    quantile: Floats = stdtrit(df, (1 + np.asarray(level, dtype=np.float64)) / 2)
    return quantile


def normal_score(ratio: ArrayLike, freedom: ArrayLike) -> Floats:
    """Return the normal score that is as unlikely as ``ratio``, an estimate over its error with degrees of freedom."""
    from scipy.special import ndtri, stdtr

    df = np.minimum(np.asarray(freedom, dtype=np.float64), 1e9)
    tail = np.maximum(stdtr(df, -np.abs(np.asarray(ratio, dtype=np.float64))), 1e-300)
    score: Floats = -ndtri(tail) * np.sign(ratio)
    return score


def upper_quantile(chance: float) -> float:
    """Return the normal score above which another lies with this chance (0 to 1, ends excluded)."""
    from scipy.special import ndtri

    return -float(ndtri(chance))


def holm(chances: Mapping[str, float]) -> dict[str, float]:
    """Return p-values corrected for how many there are: one at or below 0.05 stands, whatever the others are.

    Holm (1979), Scand. J. Stat. 6, 65: the chance of any false one among all is kept, though they hang together.
    """
    corrected, least = {}, 0.0
    for place, name in enumerate(sorted(chances, key=lambda key: chances[key])):
        least = max(least, min(1.0, chances[name] * (len(chances) - place)))
        corrected[name] = least
    return corrected
