"""The figures that are looked at when somebody asks: the queue, the outbox, who listens, which work is done here."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily
from prometheus_client.registry import Collector

from console import __version__
from console.conversation.message import Status
from console.desk.desk import Desk
from console.desk.log import OutboxDepth
from console.server.metrics.following import tier_of

TIERS = ("1", "2", "3")
OPEN = tuple(status for status in Status if status is not Status.CLOSED)


class Standing(Collector):
    """Looks at one desk; :attr:`outbox` and :attr:`serves` are brought up to date by whoever asks."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.outbox: Mapping[str, OutboxDepth] | None = {}
        """What waits for each channel; ``None`` where the log could not be asked."""
        self.serves = True

    def describe(self) -> Iterator[Metric]:
        """Name nothing beforehand: to describe is not to look."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """Yield the figures; call it on the event loop."""
        yield InfoMetricFamily("secondchair", "The program.", {"version": __version__})
        yield GaugeMetricFamily("secondchair_serves", "Whether requests are to be sent here.", float(self.serves))
        ready = float(self._desk.assistance.status == "ready")
        yield GaugeMetricFamily("secondchair_assist_ready", "Whether assistance is there.", ready)
        yield from self._queue()
        yield from self._outbox()
        yield from self._server()

    def _queue(self) -> Iterator[Metric]:
        now = self._desk.now()
        depth: dict[tuple[str, Status], int] = dict.fromkeys(((tier, status) for tier in TIERS for status in OPEN), 0)
        longest = dict.fromkeys(TIERS, 0.0)
        for row in self._desk.live.rows.values():
            tier = tier_of(row.tier)
            depth[tier, row.status] += 1
            if row.status is Status.WAITING and row.queued_at is not None:
                longest[tier] = max(longest[tier], _since(row.queued_at, now))
        open_now = GaugeMetricFamily("secondchair_conversations", "Open conversations.", labels=["tier", "status"])
        for (tier, status), count in depth.items():
            open_now.add_metric([tier, status.value], count)
        yield open_now
        oldest = GaugeMetricFamily("secondchair_oldest_wait_seconds", "The longest wait of now.", labels=["tier"])
        for tier, seconds in longest.items():
            oldest.add_metric([tier], seconds)
        yield oldest

    def _outbox(self) -> Iterator[Metric]:
        if self.outbox is None:
            return
        depth = GaugeMetricFamily("secondchair_outbox_messages", "Replies to be delivered.", labels=["channel"])
        lag = GaugeMetricFamily("secondchair_outbox_oldest_seconds", "Since when the oldest waits.", labels=["channel"])
        now = self._desk.now()
        for channel in self._desk.channels:
            found = self.outbox.get(channel)
            depth.add_metric([channel], found.waiting if found else 0)
            lag.add_metric([channel], _since(found.oldest, now) if found else 0)
        yield depth
        yield lag

    def _server(self) -> Iterator[Metric]:
        live = self._desk.live
        yield GaugeMetricFamily("secondchair_log_events", "Events in the log, as far as passed on here.", live.seq)
        yield GaugeMetricFamily("secondchair_listeners", "Who follows the events here.", live.hub.listening)
        yield CounterMetricFamily("secondchair_listeners_dropped", "Who fell too far behind.", live.hub.dropped)
        yield GaugeMetricFamily("secondchair_work_parts", "Parts of the work of 64 done here.", live.servers.parts())
        faults = CounterMetricFamily("secondchair_log_faults", "What the log could not do.", labels=["kind"])
        for kind, count in live.faults.items():
            faults.add_metric([kind], count)
        yield faults


def _since(moment: datetime, now: datetime) -> float:
    return max(0.0, (now - moment).total_seconds())
