"""The hours of a desk's past and coming week as days of its own time zone, with what is not known. Pure; arrays.

A day has 24 places, one for each hour that a clock shows. On the day on which the clocks go back one place holds two
hours, on the day on which they go forward one holds none: rates are per hour that passed (``there``).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from console.review.intervals import Floats
from console.review.reviewing.columns import Flags, Numbers

UNLIKELY: Final = 1e-4
"""Chance at and below which a silence is taken for a desk that was off."""

SHORTEST: Final = 3
"""Hours of silence that are looked at, at least."""

_SPREAD: Final = 0.05
"""Variance of a day's rate around its usual one, as a share squared, that silences are judged by."""


@dataclass(frozen=True, slots=True)
class Days:
    """Days of a desk: each array has a row a day and a column an hour of the clock."""

    first: date
    weekday: Numbers
    """0 for Monday, one a day."""
    there: Floats
    """Hours that passed and of which something is known: 0, 1 or 2."""

    def __len__(self) -> int:
        return len(self.weekday)

    def day(self, place: int) -> date:
        """Return the date of a row."""
        return self.first + timedelta(days=place)


@dataclass(frozen=True, slots=True)
class Clock:
    """Hours since 1970, each with its day and its place in it, in a time zone."""

    hours: Numbers
    day: Numbers
    """Days since the first hour's day."""
    place: Numbers
    first: date


def clock_of(first: int, last: int, zone: ZoneInfo) -> Clock:
    """Return the hours from ``first`` up to ``last`` (excluded)."""
    hours = np.arange(first, last, dtype=np.int64)
    moments = [datetime.fromtimestamp(hour * 3600, UTC).astimezone(zone) for hour in hours.tolist()]
    begin = moments[0].date() if moments else date(1970, 1, 1)
    days = np.array([(moment.date() - begin).days for moment in moments], dtype=np.int64)
    places = np.array([moment.hour for moment in moments], dtype=np.int64)
    return Clock(hours, days, places, begin)


def gridded(clock: Clock, values: Floats) -> Floats:
    """Return values of hours summed by day and hour of the clock, shape (days, 24)."""
    count = int(clock.day.max(initial=-1)) + 1
    cells = clock.day * 24 + clock.place
    grid: Floats = np.bincount(cells, weights=values, minlength=count * 24).astype(np.float64).reshape(count, 24)
    return grid


def weekdays(first: date, count: int) -> Numbers:
    """Return the weekdays of so many days from one on."""
    return (np.arange(count, dtype=np.int64) + first.weekday()) % 7


def silent(clock: Clock, counts: Floats) -> Flags:
    """Return the hours of silences that are too long to have come about by chance: the desk was off.

    What was to be expected in a silence is the mean of the same hours of the week. Counts vary more than Poisson's: of
    a sum with mean m whose rate has a share v of variance, nought has the chance (1 + v m)^(-1/v) (negative binomial).
    """
    week = weekdays(clock.first, int(clock.day.max(initial=-1)) + 1)[clock.day] * 24 + clock.place
    quiet = counts == 0
    of_it = np.zeros(len(counts), dtype=np.bool_)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], quiet, [False]]).astype(np.int8)))
    begins, ends = edges[::2], edges[1::2]
    for _ in range(2):  # once more without the silences found, which had lowered what was to be expected
        known = ~of_it
        hits = np.bincount(week[known], weights=counts[known], minlength=168)
        rates = hits / np.maximum(np.bincount(week[known], minlength=168), 1)
        sums = np.concatenate([[0.0], np.cumsum(rates[week])])
        expected = sums[ends] - sums[begins]
        chance = (1 + _SPREAD * expected) ** (-1 / _SPREAD)
        of_it = np.zeros(len(counts), dtype=np.bool_)
        for place in np.flatnonzero((chance <= UNLIKELY) & (ends - begins >= SHORTEST)).tolist():
            begin = int(np.searchsorted(sums, sums[begins[place]] + 1)) - 1  # nights at its ends are no part of it
            end = int(np.searchsorted(sums, sums[ends[place]] - 1)) + 1
            of_it[max(begin, begins[place]) : min(end, ends[place])] = True
    return of_it
