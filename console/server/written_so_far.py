"""How far a generated history is that is being written: a share of its days, and about how long the rest takes."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from console.conversation.events import NewEvent
from console.conversation.generated_events import HistoryBegun, HistoryWritten

TELLS_FROM: Final = 0.02
"""Share written from which on it is said how long the rest takes."""


class WrittenSoFar:
    """Takes in each batch that is written; ``words`` are empty while nothing is under way."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """``clock`` yields seconds that never go back."""
        self._clock, self._began = clock, 0.0
        self._ends: tuple[datetime, datetime] | None = None
        self._share = 0.0

    def take(self, batch: Sequence[NewEvent]) -> None:
        """Take in what was written."""
        first, last = batch[0].data, batch[-1]
        if isinstance(first, HistoryBegun):
            self._began, self._share = self._clock(), 0.0
            self._ends = first.since or first.until - timedelta(days=first.days), first.until
        elif isinstance(last.data, HistoryWritten):
            self._ends = None
        elif self._ends is not None:
            since, until = self._ends
            self._share = min(1.0, max(self._share, (last.at - since) / (until - since)))

    def stop(self) -> None:
        """Note that nothing more is written, whole or not."""
        self._ends = None

    @property
    def words(self) -> str:
        """What is said of it."""
        if self._ends is None:
            return ""
        left = ""
        if self._share >= TELLS_FROM:
            seconds = (self._clock() - self._began) * (1 - self._share) / self._share
            left = f", about {max(1, round(seconds))} s left"
        return f"{self._share:.0%} written{left}"
