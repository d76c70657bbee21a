"""Who is there: agents with a console that follows the desk, or who have done something a moment ago."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime


class Signs:
    """Signs of life, by agent; who has given none since the desk began is counted from then."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._began = now()
        self._streams: Counter[str] = Counter()
        self._last: dict[str, datetime] = {}

    @contextmanager
    def following(self, agent: str) -> Iterator[None]:
        """Count a console of an agent until the block ends."""
        self._streams[agent] += 1
        try:
            yield
        finally:
            self._streams[agent] -= 1
            self.seen(agent)

    def seen(self, agent: str) -> None:
        """Note that an agent has just done something."""
        self._last[agent] = self._now()

    def gone_for(self, agent: str) -> float:
        """Return for how many seconds there has been no sign of an agent; 0 while a console of theirs follows."""
        if self._streams[agent] > 0:
            return 0.0
        return (self._now() - self._last.get(agent, self._began)).total_seconds()
