"""Forecasts as they would have been made on the eve of every past day, and how far off they were. Pure; arrays.

The same forecasts choose how the level is followed, and say how wide the intervals have to be: each uses only what
was known on its own eve, so that what is shown beside a forecast is what such forecasts were worth.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from console.review.forecast.calendar import Days
from console.review.forecast.profile import AHEAD, LEVELS, fit
from console.review.intervals import Floats
from console.review.reviewing.columns import Flags, Numbers

FIRST: Final = 21
"""Days that a forecast rests on, at least."""

GAUGED: Final = 7
"""Eves whose forecasts are known to have been right or wrong before intervals are gauged by them."""

MOST: Final = 26 * 7
"""Days that a forecast rests on, at most."""

_LEAST: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Rolling:
    """Forecasts of each eve, from :data:`FIRST` on up to today's; the last one's days are still to come.

    Arrays have the shape (eves, days ahead, 24), sums (eves, days ahead).
    """

    eves: Numbers
    """How many days were known on each."""
    mean: Floats
    came: Floats
    week_ago: Floats
    """What came in the same hour of the same weekday, the last time that it was known."""
    there: Floats
    """Hours of each cell that passed and are known; for the days to come, that will pass."""
    spread: Floats
    """Of hours: variance of the rate as a share squared, gauged by what was known on each eve; NaN where it was not."""
    day_spread: Floats
    week_spread: Floats

    @property
    def known(self) -> Flags:
        """Which of the cells can be compared with what came."""
        known: Flags = (self.there > 0) & np.isfinite(self.spread)[:, None, None]
        known[-1] = False
        return known


def rolled(counts: Floats, days: Days, past: int) -> Rolling:
    """Return the forecasts of all eves; ``counts`` has the past days' rows, ``days`` a week more."""
    eves = np.arange(FIRST, past + 1)
    padded = np.vstack([counts, np.zeros((AHEAD, 24))])
    rates, factors = [], []
    for eve in eves.tolist():
        known = slice(max(0, eve - MOST), eve)
        made = fit(counts[known], days.there[known], days.weekday[known])
        rates.append(made.rates)
        factors.append(made.factors)
    ahead = eves[:, None] + np.arange(AHEAD)[None, :]
    there = days.there[ahead]
    plain = np.array(rates)[np.arange(len(eves))[:, None], days.weekday[ahead]] * there
    level = _levels(plain.sum(axis=2), np.array(factors), padded[ahead].sum(axis=2), ahead, there.sum(axis=2), past)
    mean = plain * level[:, :, None]
    came = padded[ahead]
    known = (there > 0) & (ahead < past)[:, :, None]
    return Rolling(
        eves,
        mean,
        came,
        _week_ago(counts, days, eves, ahead),
        there,
        _gauged(np.where(known, mean, 0.0), np.where(known, came, 0.0), eves),
        _gauged(*_day_sums(mean, came, known), eves),
        _gauged(*_week_sums(mean, came, known, eves, past), eves),
    )


def _levels(plain: Floats, factors: Floats, came: Floats, ahead: Numbers, there: Floats, past: int) -> Floats:
    """Return each eve's factors, by the way to follow the level that had been nearest until then (Poisson deviance)."""
    means = np.maximum(plain[:, None, :] * factors, _LEAST)
    known = ((ahead < past) & (there > 0))[:, None, :]
    deviance = np.where(known, means - came[:, None, :] * np.log(means), 0.0)
    chosen = np.full(len(factors), LEVELS.index((20.0, False)))
    over = _told_by(deviance.transpose(0, 2, 1))
    for eve in range(GAUGED, len(factors)):
        chosen[eve] = int(over[eve].argmin())
    found: Floats = factors[np.arange(len(factors)), chosen]
    return found


def _told_by(values: Floats) -> Floats:
    """Return, for each eve, the sum of what earlier forecasts' days gave that had passed by then.

    ``values`` has the shape (eves, days ahead, …): the day ``h`` ahead of eve ``e`` has passed on eve ``e + h + 1``.
    """
    sums = np.zeros((len(values) + AHEAD, *values.shape[2:]))
    for ahead in range(AHEAD):
        sums[ahead + 1 : ahead + 1 + len(values)] += values[:, ahead]
    return np.asarray(np.cumsum(sums, axis=0)[: len(values)], dtype=np.float64)


def _gauged(mean: Floats, came: Floats, eves: Numbers) -> Floats:
    """Return the variance of the rate, as a share squared, on each eve: what errors vary more than Poisson's counts."""
    more = (came - mean) ** 2 - mean
    axes = tuple(range(2, mean.ndim))
    told, squares = _told_by(more.sum(axis=axes)), _told_by((mean**2).sum(axis=axes))
    spread = np.maximum(0.0, told / np.maximum(squares, _LEAST))
    spread[: min(GAUGED, len(eves))] = np.nan
    return np.asarray(spread, dtype=np.float64)


def _day_sums(mean: Floats, came: Floats, known: Flags) -> tuple[Floats, Floats]:
    return np.where(known, mean, 0.0).sum(axis=2), np.where(known, came, 0.0).sum(axis=2)


def _week_sums(mean: Floats, came: Floats, known: Flags, eves: Numbers, past: int) -> tuple[Floats, Floats]:
    """Return the sums of whole weeks, as if they were the last day's ahead: then they are known."""
    found = []
    whole = eves + AHEAD <= past
    for values in (mean, came):
        sums = np.zeros(mean.shape[:2])
        sums[:, -1] = np.where(whole, np.where(known, values, 0.0).sum(axis=(1, 2)), 0.0)
        found.append(sums)
    return found[0], found[1]


def _week_ago(counts: Floats, days: Days, eves: Numbers, ahead: Numbers) -> Floats:
    """Return what came in the same hour of the same weekday, the newest known on each eve; the mean where none is."""
    rate = counts / np.maximum(days.there[: len(counts)], 1.0)
    newest = np.where(days.there[: len(counts)] > 0, rate, np.nan)
    filled = newest.copy()
    for day in range(7, len(filled)):
        filled[day] = np.where(np.isnan(filled[day]), filled[day - 7], filled[day])
    source = filled[ahead - 7 * ((ahead - eves[:, None]) // 7 + 1)]
    usual = np.nan_to_num(np.nanmean(newest, axis=0)) if len(newest) else np.zeros(24)
    said: Floats = np.where(np.isnan(source), usual, source)
    return said
