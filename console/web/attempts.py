"""How often one network address may try to sign in at this server."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Final

KEPT: Final = 10_000
"""Addresses remembered; the one that has been quiet longest is forgotten first."""


class Attempts:
    """At most ``most`` tries in any ``seconds``, for each address. ``clock`` never goes back."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, address: str) -> float:
        """Count a try; returns 0, or the seconds after which there may be another (and counts nothing)."""
        now = self._clock()
        times = self._times.setdefault(address, deque())
        self._times.move_to_end(address)
        while len(self._times) > KEPT:
            self._times.popitem(last=False)
        while times and times[0] <= now - self._seconds:
            times.popleft()
        if len(times) >= self._most:
            return times[0] + self._seconds - now
        times.append(now)
        return 0.0

    def forgive(self, address: str) -> None:
        """Take back the last try: it was right."""
        if times := self._times.get(address):
            times.pop()
