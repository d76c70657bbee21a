"""Who is there: agents of whom there was a sign of life lately."""

from collections.abc import Callable
from datetime import datetime


class Signs:
    """The last sign of each agent: a request of their console, which asks every 15 seconds, or anything they did.

    An open event stream is none: that of a machine that sleeps or was cut off stays open for a quarter of an hour. Who
    has given no sign since the desk began is counted from then.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._began = now()
        self._last: dict[str, datetime] = {}
        self._lately: set[str] = set()

    def seen(self, agent: str) -> None:
        """Note a sign of an agent."""
        self.heard_of(agent)
        self._lately.add(agent)

    def heard_of(self, agent: str) -> None:
        """Note that another server saw a sign of an agent just now."""
        self._last[agent] = self._now()

    def lately(self) -> tuple[str, ...]:
        """Return the agents who gave a sign here since this was last asked."""
        lately, self._lately = tuple(sorted(self._lately)), set()
        return lately

    def gone_for(self, agent: str) -> float:
        """Return for how many seconds there has been no sign of an agent."""
        return (self._now() - self._last.get(agent, self._began)).total_seconds()
