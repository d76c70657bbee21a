"""The desk's clock: it begins with the time of day and then runs by itself, so that it never jumps.

Waiting times and service levels are differences of its moments. A machine whose time of day is set while the desk runs
lengthens or shortens none of them; nor does one that sleeps, which counts as waiting.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

FURTHEST: Final = timedelta(days=1)
"""How far behind an earlier run the time of day may be and count as set back; further, the earlier one was wrong."""


def running() -> float:
    """Return seconds of a clock that nobody sets and that goes on while the machine sleeps."""
    for name in ("CLOCK_BOOTTIME", "CLOCK_MONOTONIC"):  # Linux, macOS; Windows has neither, and counts sleep anyway
        if hasattr(time, name):
            return time.clock_gettime(getattr(time, name))
    return time.monotonic()


def _of_day() -> datetime:
    return datetime.now(UTC)


class SteadyClock:
    """Gives moments that never go back, within a run and from one run to the next.

    ``not_before`` is the newest moment of an earlier run: where the time of day was set back since, it goes on there.
    """

    def __init__(
        self,
        not_before: datetime | None = None,
        *,
        of_day: Callable[[], datetime] = _of_day,
        seconds: Callable[[], float] = running,
        ahead: timedelta = timedelta(),
    ) -> None:
        """``ahead`` is how far it runs before the time of day: that of a demo in which weeks have passed."""
        self._of_day, self._seconds = of_day, seconds
        began = of_day() + ahead
        behind = not_before is not None and began < not_before <= began + FURTHEST
        self._began = not_before if not_before is not None and behind else began
        self._at = seconds()

    def __call__(self) -> datetime:
        """Return the moment."""
        return self._began + timedelta(seconds=self._seconds() - self._at)

    def forward(self, seconds: float) -> None:
        """Go forward by so many seconds, as if the machine had slept through them."""
        self._began += timedelta(seconds=seconds)
