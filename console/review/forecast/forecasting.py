"""The forecast of the coming week from a fold of arrivals. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from console.conversation.forecasts import FEWEST_WEEKS, Course, Day, Flow, Forecast, Hour, Needed, Span, Staffing
from console.conversation.hours import Hours
from console.conversation.reviews import FEWEST
from console.review.forecast.arrivals import Arrivals
from console.review.forecast.calendar import Clock, Days, clock_of, gridded, silent, weekdays
from console.review.forecast.judging import gain, worth
from console.review.forecast.limits import SHARES, limits, naive_limits, root_errors
from console.review.forecast.profile import AHEAD
from console.review.forecast.rolling import FIRST, Rolling, rolled
from console.review.forecast.staffing import SHARE, agents
from console.review.intervals import Floats
from console.review.reviewing.columns import Flags, Numbers
from console.review.reviewing.window import beginning

PLAIN: Final = Hours(ZoneInfo("UTC"), {})
"""The time of a desk that has not said its own."""


@dataclass(frozen=True, slots=True)
class Ways:
    """What a desk has set that a forecast goes by."""

    hours: Hours | None = None
    at_once: int = 4
    """Conversations of an agent at the same time."""
    within: float = 120.0
    """Seconds in which a first answer is due."""

    @property
    def calendar(self) -> Hours:
        """The desk's own time, and its holidays."""
        return self.hours or PLAIN


@dataclass(frozen=True, slots=True)
class _Past:
    """The past of a desk in days, with the coming week's beside it."""

    clock: Clock
    days: Days
    count: int
    """Days that are over."""
    known: Flags
    """Which of the clock's hours are known."""


def forecast_of(fold: Arrivals, until: datetime, weeks: int, ways: Ways) -> Forecast:
    """Return the forecast of the seven days from today on, from what is known of the last ``weeks``."""
    zone = ways.calendar.zone
    today = until.astimezone(zone).date()
    first = _first_day(fold, until, weeks, zone)
    none = tuple(Course(flow, why=_TOO_LITTLE) for flow in Flow)
    empty = Forecast(zone.key, courses=none)
    if first is None or first >= today:
        return empty
    past = _past(fold, first, today, zone)
    seen = int((past.days.there[: past.count].sum(axis=1) > 0).sum())
    told = Forecast(
        zone.key,
        round(seen / 7, 1),
        first,
        tuple(_gaps(past)),
        _generated(fold, past.clock),
        staffing=_staffing(fold, ways),
    )
    if seen < FEWEST_WEEKS * 7 or past.count < FIRST:
        return replace(told, courses=none)
    courses = tuple(_course(fold, past, flow, ways, told.staffing) for flow in Flow)
    return replace(told, courses=courses)


_TOO_LITTLE: Final = f"Not enough data: a forecast needs {FEWEST_WEEKS} weeks of it."
_NOTHING: Final = "Nothing of this came in these weeks."


def _first_day(fold: Arrivals, until: datetime, weeks: int, zone: ZoneInfo) -> date | None:
    """Return the first whole day of which something may be known: the one after the first arrival, or of the window."""
    since, hours = beginning(until, weeks), fold.hours.of("hour")
    known = hours[(hours * 3600 >= since.timestamp()) & (hours * 3600 <= until.timestamp())]
    if not len(known):
        return None
    begins = [datetime.fromtimestamp(int(known.min()) * 3600, UTC).astimezone(zone), since.astimezone(zone)]
    opened, window = (moment.date() + timedelta(days=moment.time() > time(0)) for moment in begins)
    return window if opened - window <= timedelta(days=1) else opened


def _hour(day: date, zone: ZoneInfo) -> int:
    """Return the hour since 1970 in which a day begins."""
    return int(datetime.combine(day, time(), zone).timestamp() // 3600)


def _past(fold: Arrivals, first: date, today: date, zone: ZoneInfo) -> _Past:
    clock = clock_of(_hour(first, zone), _hour(today, zone), zone)
    came = _hourly(fold, "arrivals", clock)
    known = ~silent(clock, came)
    coming = clock_of(_hour(today, zone), _hour(today + timedelta(days=AHEAD), zone), zone)
    count = (today - first).days
    there = np.vstack(
        [
            _rows(gridded(clock, known.astype(np.float64)), count),
            _rows(gridded(coming, np.ones(len(coming.hours))), AHEAD),
        ]
    )
    return _Past(clock, Days(first, weekdays(first, count + AHEAD), there), count, known)


def _rows(grid: Floats, count: int) -> Floats:
    """Return a grid with exactly so many days: a zone of half hours may end one hour early or late."""
    return grid[:count] if len(grid) >= count else np.vstack([grid, np.zeros((count - len(grid), 24))])


def _hourly(fold: Arrivals, name: str, clock: Clock) -> Floats:
    """Return a count for each hour of a clock."""
    hours, counts = fold.hours.of("hour"), fold.hours.of(name)
    place = hours - int(clock.hours[0])
    inside = (place >= 0) & (place < len(clock.hours))
    found: Floats = np.bincount(place[inside], weights=counts[inside], minlength=len(clock.hours)).astype(np.float64)
    return found


def _generated(fold: Arrivals, clock: Clock) -> int:
    return int(_hourly(fold, "generated", clock).sum())


def _staffing(fold: Arrivals, ways: Ways) -> Staffing | None:
    counted = int(fold.hours.of("handled").sum())
    if counted < FEWEST:
        return None
    mean = float(fold.hours.of("handling").sum()) / 1000 / counted
    return Staffing(round(mean, 1), counted, ways.at_once, ways.within, SHARE)


def _gaps(past: _Past) -> Iterator[tuple[date, date]]:
    """Yield the first and last day of each silence."""
    days: Numbers = np.unique(past.clock.day[~past.known])
    for run in np.split(days, np.flatnonzero(np.diff(days) > 1) + 1) if len(days) else ():
        yield past.days.day(int(run[0])), past.days.day(int(run[-1]))


def _course(fold: Arrivals, past: _Past, flow: Flow, ways: Ways, staffing: Staffing | None) -> Course:
    counts = _hourly(fold, flow.value, past.clock) * past.known
    grid = _rows(gridded(past.clock, counts), past.count)
    if grid.sum() < FEWEST:
        return Course(flow, why=_NOTHING if not grid.sum() else _TOO_LITTLE)
    rolling = rolled(grid, past.days, past.count)
    judged = gain(rolling)
    naive = judged is not None and not judged.shown
    rows = _naive_rows(rolling) if naive else _rows_of(rolling)
    shown = staffing if flow is Flow.ESCALATIONS else None
    days = tuple(_days(rows, past, ways, shown))
    numbers = (round(judged.gain, 4), round(judged.low, 4), round(judged.high, 4)) if judged else (None, None, None)
    return Course(flow, days, _span(*rows.week), naive, worth(rolling), *numbers)


@dataclass(frozen=True, slots=True)
class _Limited:
    """Expected numbers with their limits, lowest first: low95, low80, high80, high95."""

    hours: tuple[Floats, Floats]
    days: tuple[Floats, Floats]
    week: tuple[Floats, Floats]


def _rows_of(rolling: Rolling) -> _Limited:
    mean = rolling.mean[-1]
    spread, day, week = (_spread(values) for values in (rolling.spread, rolling.day_spread, rolling.week_spread))
    day = max(day, spread / 24)
    week = max(week, day / AHEAD)
    total = np.array(mean.sum())
    return _Limited(
        (mean, _four(lambda share: limits(mean, spread, share))),
        (mean.sum(axis=1), _four(lambda share: limits(mean.sum(axis=1), day, share))),
        (total, _four(lambda share: limits(total, week, share))),
    )


_UNKNOWN: Final = 0.2
"""Variance of a rate as a share squared where too few eves have gauged it: that of a poor forecast."""


def _spread(values: Floats) -> float:
    newest = float(values[-1])
    return newest if np.isfinite(newest) else _UNKNOWN


def _naive_rows(rolling: Rolling) -> _Limited:
    known = rolling.known
    said = rolling.week_ago[-1] * rolling.there[-1]
    there: Flags = np.asarray(known.any(axis=2), dtype=np.bool_)
    hours = root_errors(rolling.week_ago[known], rolling.came[known])
    sums = [np.where(known, values, 0.0).sum(axis=2) for values in (rolling.week_ago, rolling.came)]
    days = root_errors(sums[0][there], sums[1][there])
    whole: Flags = np.asarray(there.all(axis=1), dtype=np.bool_)
    weeks = root_errors(sums[0][whole].sum(axis=1), sums[1][whole].sum(axis=1))
    total = np.array(said.sum())
    return _Limited(
        (said, _four(lambda share: naive_limits(said, hours, share))),
        (said.sum(axis=1), _four(lambda share: naive_limits(said.sum(axis=1), days, share))),
        (total, _four(lambda share: naive_limits(total, weeks if len(weeks) else days, share))),
    )


def _four(at: Callable[[float], tuple[Floats, Floats]]) -> Floats:
    (low80, high80), (low95, high95) = (at(share) for share in SHARES)
    return np.stack([low95, low80, high80, high95])


def _span(expected: Floats, four: Floats) -> Span:
    low95, low80, high80, high95 = (int(value) for value in four.ravel())
    return Span(round(float(expected), 2), low80, high80, low95, high95)


def _days(rows: _Limited, past: _Past, ways: Ways, staffing: Staffing | None) -> Iterator[Day]:
    zone = ways.calendar.zone
    (hours, hour_limits), (sums, sum_limits) = rows.hours, rows.days
    needed = _needed(hours, hour_limits, staffing)
    for number in range(AHEAD):
        day = past.days.day(past.count + number)
        shown = [place for place in range(24) if past.days.there[past.count + number, place] > 0]
        told = tuple(
            Hour(
                datetime.combine(day, time(place), zone),
                _span(hours[number, place], hour_limits[:, number, place]),
                needed[number][place] if needed else None,
            )
            for place in shown
        )
        span = _span(sums[number], sum_limits[:, number])
        yield Day(day, span, told, day in ways.calendar.holidays)


def _needed(hours: Floats, four: Floats, staffing: Staffing | None) -> Sequence[Sequence[Needed]] | None:
    """Return the agents for the hours' expected numbers, and for the ends of their 80 % intervals."""
    if staffing is None:
        return None
    counted = [
        agents(values.ravel(), staffing.handling, staffing.at_once, staffing.within).reshape(hours.shape)
        for values in (hours, four[1], four[2])
    ]
    counted = [counted[0], np.minimum(counted[0], counted[1]), np.maximum(counted[0], counted[2])]
    return [
        [Needed(*(int(values[day, place]) for values in counted)) for place in range(24)] for day in range(len(hours))
    ]
