"""Forecasts of arrivals: whether the intervals hold what comes, and what they gain over saying "as a week ago".

    python -m bench.forecast [WORLDS]

Worlds with a known rate are drawn: a profile of hours and weekdays, days that differ from one another, growth, a change
of level, a holiday, a desk that was off, clocks that go back. Each is forecast once from nine weeks of it, and the week
that follows is compared: the share of hours, days and weeks within the 80 and 95 % intervals, the errors over those
of the naive forecast, and how often the forecast says that it is worth having. In worlds whose weeks are all alike but
for chance, nothing can be better than their rate, whose errors stand beside ours. Then the generated history, by the
forecast's own look at its past.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from console.conversation.events import Event
from console.conversation.forecasts import Flow
from console.conversation.hours import Hours
from console.demo.history import Shape, events_of, material
from console.review.forecast.arrivals import Arrivals
from console.review.forecast.forecasting import Ways, forecast_of
from console.review.intervals import Floats

WORLDS: Final = 200
WEEKS: Final = 9
ZONE: Final = ZoneInfo("Europe/Berlin")
UNTIL: Final = datetime(2026, 11, 9, tzinfo=ZONE)
SHAPE: Final = np.array([0, 0, 0, 0, 0, 0, 0.2, 0.6, 2, 5, 7, 7, 8, 6, 5, 5, 6, 6, 5, 5, 4, 2, 0.6, 0.1])
WEEKDAYS: Final = np.array([1.25, 1.1, 1.0, 1.0, 1.05, 0.8, 0.55])


@dataclass(frozen=True, slots=True)
class World:
    """How a desk's customers come."""

    a_day: float
    shock: float = 0.15
    """Standard deviation of a day's rate, as a share."""
    growth: float = 0.0
    """Of the level, a week."""
    jump: float = 1.0
    """What the level is multiplied with from three weeks before the end on."""
    walk: float = 0.0
    """Standard deviation of the level's steps from week to week, as a share."""
    holiday: bool = False
    """Whether a day three weeks before the end has a tenth of its customers."""
    off: bool = False
    """Whether the desk was off on two days."""
    weekday_shapes: bool = False
    """Whether Mondays and weekends have hours of their own."""


WORLDS_OF: Final[dict[str, World]] = {
    "13 a day": World(13),
    "120 a day": World(120),
    "120 a day, days alike": World(120, shock=0.0),
    "1,000 a day": World(1000),
    "120 a day, growing 3 % a week": World(120, growth=0.03),
    "120 a day, a third more since three weeks": World(120, jump=1.33),
    "120 a day, the level wanders": World(120, walk=0.1),
    "120 a day, a holiday": World(120, holiday=True),
    "120 a day, off for two days": World(120, off=True),
    "120 a day, weekdays of their own": World(120, weekday_shapes=True),
    "5 a day": World(5),
}


def drawn(world: World, rng: np.random.Generator) -> tuple[Arrivals, Floats, Floats]:
    """Return the past as a fold, and the coming week's counts and rates, shape (7, 24)."""
    fold = Arrivals(UNTIL)
    first = UNTIL - timedelta(weeks=WEEKS)
    level = np.exp(np.cumsum(rng.normal(0, world.walk, WEEKS + 2)))
    level /= level[WEEKS - 1]
    came, rates = np.zeros((7, 24)), np.zeros((7, 24))
    for number in range(WEEKS * 7 + 7):
        day = (first + timedelta(days=number)).date()
        rate = _rates(world, day, number) * level[number // 7]
        shaken = rate * rng.gamma(1 / world.shock**2, world.shock**2) if world.shock else rate
        if world.off and number in (WEEKS * 7 - 17, WEEKS * 7 - 16):
            continue
        counts = rng.poisson(shaken)
        if number >= WEEKS * 7:
            came[number - WEEKS * 7], rates[number - WEEKS * 7] = counts, rate
            continue
        for hour in range(24):
            at = datetime(day.year, day.month, day.day, hour, tzinfo=ZONE).astimezone(UTC)
            fold._add(round(at.timestamp() * 1e6), arrivals=int(counts[hour]))
    return fold, came, rates


def _rates(world: World, day: date, number: int) -> Floats:
    shape = SHAPE
    if world.weekday_shapes and day.weekday() in {0, 5, 6}:
        shape = np.roll(SHAPE, -2 if day.weekday() == 0 else 3)
    rate = world.a_day * shape / shape.sum() * WEEKDAYS[day.weekday()] * (1 + world.growth) ** (number / 7 - WEEKS)
    if number >= (WEEKS - 3) * 7:
        rate = rate * world.jump
    if world.holiday and number == (WEEKS - 3) * 7 + 2:
        rate = rate * 0.1
    return np.asarray(rate, dtype=np.float64)


def measured(name: str, world: World, runs: int) -> None:
    """Print how forecasts of such worlds fare."""
    rng = np.random.default_rng(5)
    held = {key: [] for key in ("hour", "day", "week")}
    errors, naive, best, better, gaps = 0.0, 0.0, 0.0, 0, 0
    for _ in range(runs):
        fold, came, rates = drawn(world, rng)
        forecast = forecast_of(fold, UNTIL, WEEKS + 1, Ways(Hours(ZONE, {})))
        course = forecast.of(Flow.ARRIVALS)
        better += not course.naive
        gaps += bool(forecast.gaps)
        spans = [hour.span for day in course.days for hour in day.hours]
        for key, said, truth in (
            ("hour", spans, came.ravel()),
            ("day", [day.span for day in course.days], came.sum(axis=1)),
            ("week", [course.week], [came.sum()]),
        ):
            held[key] += [
                (one.low80 <= true <= one.high80, one.low95 <= true <= one.high95)
                for one, true in zip(said, truth, strict=True)
            ]
        mean = np.array([span.expected for span in spans]).reshape(7, 24)
        errors += abs(mean - came).sum()
        best += abs(rates - came).sum()
        naive += abs(_week_ago(fold) - came).sum()
    shares = "; ".join(f"{key} {np.mean(v, axis=0)[0]:.3f}, {np.mean(v, axis=0)[1]:.3f}" for key, v in held.items())
    said = f"errors {errors / naive:.3f} of the naive ones (the rate's own {best / naive:.3f})"
    print(f"{name}: held {shares}; {said}; worth having {better / runs:.2f}; gaps {gaps / runs:.2f}", flush=True)


def _week_ago(fold: Arrivals) -> Floats:
    hours, counts = fold.hours.of("hour"), fold.hours.of("arrivals")
    known = dict(zip(hours.tolist(), counts.tolist(), strict=True))
    found = np.zeros((7, 24))
    for day in range(7):
        for hour in range(24):
            at = datetime.combine(UNTIL.date() + timedelta(days=day - 7), datetime.min.time(), ZONE)
            found[day, hour] = known.get(int(at.replace(hour=hour).timestamp() // 3600), 0)
    return found


def history() -> None:
    """Print what forecasts of the generated history were worth by their own look back."""
    until = datetime(2026, 11, 20, 9, tzinfo=UTC)
    for seed in (1, 2, 3):
        fold = Arrivals(until)
        for number, made in enumerate(events_of(Shape(until, seed), material()), 1):
            fold.take(Event(number, made.conversation, made.actor, made.data, made.at, made.channel, made.external_id))
        for course in forecast_of(fold, until, WEEKS, Ways()).courses:
            print(f"generated history {seed}, {course.flow}: {course.judged}")
            for worth in course.worth:
                print(f"  {worth}")


def _timed(make: Callable[[], object]) -> None:
    make()
    began = time.perf_counter()
    make()
    print(f"a forecast of both flows from nine weeks: {time.perf_counter() - began:.2f} s")


def main() -> None:
    """Measure."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else WORLDS
    for name, world in WORLDS_OF.items():
        measured(name, world, runs)
    history()
    fold, _, _ = drawn(World(120), np.random.default_rng(1))
    _timed(lambda: forecast_of(fold, UNTIL, WEEKS + 1, Ways()))


if __name__ == "__main__":
    main()
