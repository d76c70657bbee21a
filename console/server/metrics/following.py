"""Counts what happens on the desk as it happens."""

from collections.abc import Callable
from datetime import datetime

from console.conversation.assist_events import LlmCalled
from console.conversation.events import ConversationClaimed, Event
from console.desk.live import LiveLog
from console.server.metrics.instruments import Instruments


class Following:
    """Follows one server's live log; ``now`` is the desk's clock."""

    def __init__(self, live: LiveLog, instruments: Instruments, now: Callable[[], datetime]) -> None:
        self._live, self._instruments, self._now = live, instruments, now
        live.written.append(self._written)
        live.watchers.append(self._published)

    def _written(self, event: Event) -> None:
        """Count an event that this server wrote; the inbox still is as it was before."""
        counted, data = self._instruments, event.data
        counted.events.labels(event.kind).inc()
        if isinstance(data, LlmCalled):
            counted.llm.labels(data.purpose, data.outcome).observe(data.ms / 1000)
            counted.tokens.labels("in").inc(data.tokens_in)
            counted.tokens.labels("out").inc(data.tokens_out)
            counted.cost.inc(data.cost)
        elif isinstance(data, ConversationClaimed):
            row = self._live.rows.get(event.conversation)
            if row is not None and row.queued_at is not None:
                counted.claimed.labels(tier_of(row.tier)).observe((event.at - row.queued_at).total_seconds())
        elif ms := getattr(data, "ms", 0.0):
            counted.assist.labels(event.kind).observe(ms / 1000)

    def _published(self, event: Event) -> None:
        self._instruments.lag.observe(max(0.0, (self._now() - event.at).total_seconds()))


def tier_of(tier: int) -> str:
    """Return a tier as a label: there are three, whatever a file may say."""
    return str(min(3, max(1, tier)))
