"""How fast one visitor may write."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Final

MINUTE: Final = 60.0

VISITORS_KEPT: Final = 10_000
"""Visitors remembered; the one that has been silent longest is forgotten first."""


class RateLimit:
    """At most ``per_minute`` requests of a visitor in any minute. ``clock`` yields seconds that never go back."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, visitor: str) -> float:
        """Count a request; returns 0, or the seconds after which the visitor may try again (and counts nothing)."""
        now = self._clock()
        times = self._times.setdefault(visitor, deque())
        self._times.move_to_end(visitor)
        while len(self._times) > VISITORS_KEPT:
            self._times.popitem(last=False)
        while times and times[0] <= now - MINUTE:
            times.popleft()
        if len(times) >= self._per_minute:
            return times[0] + MINUTE - now
        times.append(now)
        return 0.0
