"""A circuit breaker: who fails again and again is left alone, then tried with one call. Pure; the clock is given."""

from collections.abc import Callable
from typing import Final

LONGEST: Final = 600.0
"""Seconds at most that a server may ask to be left alone; nobody waits for longer than that unseen."""


class Breaker:
    """Closed (calls go through) until ``failures`` in a row; open for ``rest`` seconds; then half open.

    Half open, one call goes through: it closes the breaker, or opens it again. ``clock`` gives monotonic seconds.
    """

    def __init__(self, failures: int, rest: float, clock: Callable[[], float]) -> None:
        self._most, self._rest, self._clock = failures, rest, clock
        self._failed = 0
        self._until: float | None = None
        self._trying = False

    @property
    def rests_for(self) -> float:
        """Seconds until a call may go through; 0 where one may now."""
        return max(0.0, self._until - self._clock()) if self._until is not None else 0.0

    def admits(self) -> bool:
        """Return whether a call may go through, and take it for begun: tell how it ended."""
        if self._until is None:
            return True
        if self.rests_for > 0 or self._trying:
            return False
        self._trying = True
        return True

    def succeeded(self) -> None:
        """A call came back well."""
        self._failed, self._until, self._trying = 0, None, False

    def failed(self, again_after: float = 0.0) -> None:
        """A call failed; ``again_after`` is how long the server asked to be left alone."""
        self._failed += 1
        if again_after > 0 or self._trying or self._failed >= self._most:
            self._until = self._clock() + min(LONGEST, max(again_after, self._rest if not again_after else 0.0))
        self._trying = False

    def dropped(self) -> None:
        """A call was given up by whoever asked: that says nothing of the server."""
        self._trying = False
