"""How fast one visitor may write, and how much room one address may take from the others."""

import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from console.addresses import neighbourhood

MINUTE: Final = 60.0

VISITORS_KEPT: Final = 10_000
"""Visitors remembered; the one that has been silent longest is forgotten first."""

VISITS_PER_MINUTE: Final = 600
"""New anonymous visits in a minute, of all addresses together."""

STREAMS: Final = 1_000
"""Open streams of all addresses together; the consoles of the staff come on top and always find room."""


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
        self._forget(now)
        while times and times[0] <= now - MINUTE:
            times.popleft()
        if len(times) >= self._per_minute:
            return times[0] + MINUTE - now
        times.append(now)
        return 0.0

    def _forget(self, now: float) -> None:
        """Forget who has been silent for a minute, and of too many those who have been longest; the newest stays."""
        while len(self._times) > 1:
            times = next(iter(self._times.values()))
            if len(self._times) <= VISITORS_KEPT and times and times[-1] > now - MINUTE:
                return
            self._times.popitem(last=False)


class Crowd:
    """Counts new visits and open streams by address, so that a flood of them leaves room for everybody else."""

    def __init__(
        self, visits_per_minute: int, streams_per_address: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._visits = RateLimit(visits_per_minute, clock)
        self._all_visits = RateLimit(VISITS_PER_MINUTE, clock)
        self._most = streams_per_address
        self._streams: Counter[str] = Counter()

    def arrive(self, address: str) -> float:
        """Count a new visit; returns 0, or the seconds after which there is room for it."""
        return self._visits.wait(neighbourhood(address)) or self._all_visits.wait("")

    def full(self, address: str) -> bool:
        """Return whether an address, or all together, have as many streams as they may."""
        return self._streams[neighbourhood(address)] >= self._most or self._streams.total() >= STREAMS

    @contextmanager
    def streaming(self, address: str) -> Iterator[None]:
        """Count a stream as long as the block lasts."""
        place = neighbourhood(address)
        self._streams[place] += 1
        try:
            yield
        finally:
            self._streams[place] -= 1
            if not self._streams[place]:
                del self._streams[place]
