"""When conversations of the generated history begin: by hour and weekday, with noise, growth, and one bad day."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

SEED: Final = 1
DAYS: Final = 61
A_DAY: Final = 20.0

HOURS: Final = (0, 0, 0, 0, 0, 0, 0.2, 0.6, 2, 5, 7, 7, 8, 6, 5, 5, 6, 6, 5, 5, 4, 2, 0.6, 0.1)
"""How busy each hour of a day is: the morning's parcels, a quieter lunch, the evening after work."""

WEEKDAYS: Final = (1.25, 1.1, 1.0, 1.0, 1.05, 0.8, 0.55)
"""How busy each day of a week is, from Monday: what the weekend left comes on Monday."""

GROWTH: Final = 0.25
"""How much busier the last day is than the first."""

NOISE: Final = 0.16
"""How far days differ beyond that (standard deviation, as a share)."""

BAD_DAY: Final = 0.62
"""Where in the history the order system is down for a morning, as a share of its days."""

BAD_HOURS: Final = (9, 13)
RUSH: Final = 2.2
"""How many times as many customers come on that day."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Which history: its end, its seed, how many days it has, and how many conversations come on an average day."""

    until: datetime
    seed: int = SEED
    days: int = DAYS
    a_day: float = A_DAY
    since: datetime | None = None
    """From when on it goes on from an earlier history, as busy as that one's last day; ``None`` for the first."""

    @property
    def first(self) -> date:
        """The first day."""
        return (self.since or self.until - timedelta(days=self.days)).date()

    @property
    def name(self) -> str:
        """What tells it from the other histories of its log."""
        return "history" if self.since is None else f"history-{self.seed}"

    def customer(self, number: int) -> str:
        """Return what tells the customer of a conversation from all others."""
        return str(number) if self.since is None else f"{self.seed}-{number}"

    def rate(self, number: int) -> float:
        """Return how many times as many as usual come on a day, by its number from the first one on."""
        if self.since is not None:
            return 1 + GROWTH / 2
        return 1 - GROWTH / 2 + GROWTH * number / max(1, self.days)

    @property
    def bad_day(self) -> date:
        """The day on which the order system is down."""
        return self.first + timedelta(days=round(self.days * BAD_DAY))

    def rush(self, day: date) -> float:
        """Return how many times as many come because the systems are down."""
        return RUSH if self._is_bad(day) else 1.0

    def _is_bad(self, day: date) -> bool:
        return self.since is None and day == self.bad_day

    def down(self, at: datetime) -> bool:
        """Whether the order system is down at a moment."""
        return self._is_bad(at.date()) and BAD_HOURS[0] <= at.hour < BAD_HOURS[1]


def arrivals(shape: Shape) -> Iterator[datetime]:
    """Yield when conversations begin, in order, all between its ends."""
    for number in range(shape.days + 1):
        day = shape.first + timedelta(days=number)
        rng = random.Random(f"{shape.seed} arrivals {number}")  # noqa: S311 - no secret
        rate = shape.a_day * WEEKDAYS[day.weekday()] * shape.rate(number)
        rate *= max(0.4, rng.gauss(1, NOISE)) * shape.rush(day)
        moments = sorted(_moment(day, rng) for _ in range(max(0, round(rng.gauss(rate, rate**0.5)))))
        yield from (at for at in moments if at < shape.until and (shape.since is None or at >= shape.since))


def _moment(day: date, rng: random.Random) -> datetime:
    hour = rng.choices(range(24), HOURS)[0]
    at = time(hour, rng.randrange(60), rng.randrange(60), rng.randrange(1_000_000))
    return datetime.combine(day, at, UTC)
