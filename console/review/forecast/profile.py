"""How busy each hour of the week is, and how busy the desk is by now: the two parts of a forecast. Pure; arrays.

The profile is hour × weekday, each cell drawn towards the product of the two as far as its counts do not bear out more
(empirical Bayes with a Gamma prior: Clayton and Kaldor 1987, Biometrics 43, 671). The level is the ratio of what came
to what the profile lets expect, older days weighing less by half every so many days (exponential smoothing of counts:
Harvey and Fernandes 1989, J. Bus. Econ. Stat. 7, 407), with or without a damped trend (Gardner and McKenzie 1985,
Management Science 31, 1237).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from console.review.intervals import Floats
from console.review.reviewing.columns import Numbers

AHEAD: Final = 7
"""Days that are forecast."""

HALF_LIVES: Final = (5.0, 10.0, 20.0, 40.0)
"""Days after which a day weighs half in the level."""

DAMPING: Final = 0.9
"""What is left of a trend from one day to the next."""

WILD: Final = 3.0
"""Standard deviations beyond which a day counts as if it lay there: holidays, and days when something broke."""

_TREND_DAYS: Final = 14
_LEAST: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Fit:
    """What is known on the eve of a day: the rates by weekday and hour, and for each level of :data:`LEVELS` the days.

    ``factors`` has a row for each way to follow the level and a column for each day ahead.
    """

    rates: Floats
    factors: Floats


LEVELS: Final = tuple((life, trend) for life in HALF_LIVES for trend in (False, True))
"""Ways to follow the level: half-life in days, with a trend or without."""


def fit(counts: Floats, there: Floats, weekday: Numbers) -> Fit:
    """Return the fit of days: ``counts`` and ``there`` have shape (days, 24). At least one hour is there."""
    sums, of = counts.sum(axis=1), there.sum(axis=1)
    usual = _usual(sums, of, weekday)
    spread = _dispersion(sums, usual)
    tame = np.minimum(1.0, (usual + WILD * np.sqrt(spread * usual)) / np.maximum(sums, _LEAST))
    wild_low = sums < usual - WILD * np.sqrt(spread * usual)
    kept = counts * tame[:, None]
    known = np.where(wild_low[:, None], 0.0, there)
    rates = _rates(np.where(known > 0, kept, 0.0), known, weekday, spread)
    expected = (rates[weekday] * there).sum(axis=1)
    return Fit(rates, _factors(sums, expected, spread))


def _usual(sums: Floats, of: Floats, weekday: Numbers) -> Floats:
    """Return what each day would have had as the median of its weekday, per hour that was there."""
    rate = sums / np.maximum(of, _LEAST)
    found = np.zeros(len(sums))
    for day in range(7):
        here = (weekday == day) & (of > 0)
        found[weekday == day] = np.median(rate[here]) if here.any() else np.median(rate[of > 0])
    return np.asarray(np.maximum(found * of, _LEAST), dtype=np.float64)


def _dispersion(sums: Floats, usual: Floats) -> float:
    """Return how many times as much as Poisson counts days vary: at least 1.

    It is taken from the median, so that few wild days do not count: that of squares of normal numbers is 0.455.
    """
    known = usual > 1.0
    if not known.any():
        return 1.0
    return max(1.0, float(np.median((sums[known] - usual[known]) ** 2 / usual[known]) / 0.455))


def _rates(counts: Floats, there: Floats, weekday: Numbers, spread: float) -> Floats:
    """Return the rate of each hour of the week, shape (7, 24)."""
    by_hour = counts.sum(axis=0) / np.maximum(there.sum(axis=0), _LEAST)
    days = np.zeros((7, len(weekday)))
    days[weekday, np.arange(len(weekday))] = 1.0
    came, hours = days @ counts, days @ there
    plain = hours * by_hour
    factor = drawn(came.sum(axis=1), plain.sum(axis=1), spread)
    product = by_hour * factor[:, None]
    ratio = drawn(came.ravel(), (hours * product).ravel(), 1.0).reshape(7, 24)
    rates: Floats = product * ratio
    return rates


def drawn(came: Floats, expected: Floats, spread: float) -> Floats:
    """Return what came over what was expected, drawn to 1 as far as the differences may be chance.

    The prior's variance is what the counts vary more than ``spread`` times Poisson's (by moments).
    """
    more = float(((came - expected) ** 2 - spread * expected).sum())
    squares = float((expected**2).sum())
    if more <= 0 or squares <= 0:
        return np.ones_like(came)
    shape = spread * squares / more
    ratio: Floats = (shape + came) / (shape + expected)
    return ratio


def _factors(sums: Floats, expected: Floats, spread: float) -> Floats:
    """Return what the rates of the coming days are multiplied with, by :data:`LEVELS` and day ahead."""
    age = np.arange(len(sums))[::-1].astype(np.float64)
    limit = WILD * np.sqrt(spread * np.maximum(expected, _LEAST))
    slope = _slope(sums, expected, age, spread)
    steps = np.cumsum(DAMPING ** np.arange(1, AHEAD + 1))
    found = []
    for life in HALF_LIVES:
        weight = 0.5 ** (age / life)
        level = _ratio(sums, expected, weight)
        near = np.clip(sums, level * expected - limit, level * expected + limit)
        level = _ratio(near, expected, weight)
        found += [np.full(AHEAD, level), level * np.exp(slope * steps)]
    return np.array(found)


def _ratio(sums: Floats, expected: Floats, weight: Floats) -> float:
    below = float((weight * expected).sum())
    return float((weight * sums).sum()) / below if below > 0 else 1.0


def _slope(sums: Floats, expected: Floats, age: Floats, spread: float) -> float:
    """Return the growth a day between the last two weeks and the two before, less by what of it may be chance."""
    late, early = age < _TREND_DAYS, (age >= _TREND_DAYS) & (age < 2 * _TREND_DAYS)
    came = np.maximum([sums[late].sum(), sums[early].sum()], 0.5)
    should = np.array([expected[late].sum(), expected[early].sum()])
    if (should <= 0).any():
        return 0.0
    growth = float(np.diff(np.log(came / should)[::-1])[0]) / _TREND_DAYS
    error = float((spread / came).sum()) / _TREND_DAYS**2
    return growth * max(0.0, 1 - error / max(growth**2, _LEAST))
