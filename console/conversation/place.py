"""What a waiting customer is told about where they stand: true, and not more often than it helps. Pure."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from console.conversation.queue_events import PlaceTold

FIRST_AFTER: Final = 20.0
"""Seconds after which somebody who waits is told for the first time; most are taken before."""

AGAIN_AFTER: Final = 120.0
"""Seconds between two times that a customer is told, however fast the queue moves."""

PACE_OVER: Final = 3600.0
"""Seconds over which the pace of the queue is measured: the desk as it is manned now."""

PACE_FROM: Final = 5
"""Conversations taken from which on a pace is one; before, no time is named."""

LONGEST_NAMED: Final = 60
"""Minutes above which no time is named: it would be a guess."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast conversations are taken from the queue."""

    taken: tuple[datetime, ...] = ()
    """When, the newest last."""

    def after(self, moment: datetime) -> "Pace":
        """Return it after one more was taken."""
        return Pace((*self._within(moment), moment))

    def minutes(self, place: int, now: datetime) -> int:
        """Return about how many minutes it takes until the one at ``place`` (from 1) is taken; 0 where none can say.

        What was measured, rounded up: to the minute below ten, to five above.
        """
        taken = self._within(now)
        if len(taken) < PACE_FROM:
            return 0
        measured = max(60.0, (now - taken[0]).total_seconds())
        minutes = -int(-place * measured / len(taken) // 60)
        rounded = minutes if minutes < 10 else -(-minutes // 5) * 5  # noqa: PLR2004 - as said above
        return rounded if rounded <= LONGEST_NAMED else 0

    def _within(self, now: datetime) -> Sequence[datetime]:
        return self.taken[bisect_right(self.taken, now - timedelta(seconds=PACE_OVER)) :]


@dataclass(frozen=True, slots=True)
class Told:
    """What a customer was told last, and when."""

    place: int
    minutes: int
    at: datetime


def to_tell(place: int, minutes: int, queued_at: datetime, told: Told | None, now: datetime) -> PlaceTold | None:
    """Return what to tell a waiting customer now; ``None`` where it is too soon or they know it already."""
    if told is None:
        waited = (now - queued_at).total_seconds()
        return PlaceTold(place, minutes) if waited >= FIRST_AFTER else None
    if (now - told.at).total_seconds() < AGAIN_AFTER or (told.place, told.minutes) == (place, minutes):
        return None
    return PlaceTold(place, minutes)


def in_words(told: PlaceTold) -> str:
    """Return it as the customer reads it."""
    place = "You are next in line." if told.place == 1 else f"You are number {told.place} in line."
    if not told.minutes:
        return place
    about = "a minute" if told.minutes == 1 else f"{told.minutes} minutes"
    return f"{place} As things go right now, it takes about {about}."
