"""How fast a site is asked."""

import time
from collections.abc import Callable


class Pace:
    """Keeps a pause between two requests, and knows when the time for all of them is over."""

    def __init__(
        self,
        pause: float,
        seconds: float,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`pause` in seconds between the beginnings of two requests, `seconds` for all."""
        self._pause = pause
        self._now = now
        self._sleep = sleep
        self._end = now() + seconds
        self._next = now()

    def slow_down(self, pause: float) -> None:
        """Make the pause at least this long."""
        self._pause = max(self._pause, pause)

    def wait(self) -> None:
        """Wait until the next request may be made."""
        if (left := self._next - self._now()) > 0:
            self._sleep(left)
        self._next = self._now() + self._pause

    def rest(self, seconds: float) -> None:
        """Wait as long as the site asks for."""
        self._sleep(seconds)
        self._next = self._now() + self._pause

    def is_over(self) -> bool:
        """Whether the time for all requests is over."""
        return self._now() >= self._end
