"""What the desk does with its queue by itself, second by second.

It wakes what was parked until now, takes back the chats of agents who have vanished, and tells waiting customers where
they stand, or that nobody works right now.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Final

import structlog

from console.conversation.events import ConversationClaimed, Event, EventData, NewEvent
from console.conversation.inbox import InboxRow
from console.conversation.message import Status
from console.conversation.place import Pace, Told, to_tell
from console.conversation.queue import in_order
from console.conversation.queue_events import (
    ConversationReturned,
    ConversationTransferred,
    ConversationWoken,
    OutOfHoursTold,
    PlaceTold,
)
from console.desk.live import LiveLog
from console.desk.log import LogErased, LogError, LogMoved
from console.desk.queue import Queue

EVERY: Final = 1.0
"""Seconds between two looks: nobody notices a second, and a look at thousands of rows takes milliseconds."""

DUTY: Final = "queue"
"""One server does it for all."""

_log = structlog.get_logger(__name__)


class QueueUpkeep:
    """Keeps a queue."""

    def __init__(self, live: LiveLog, queue: Queue, now: Callable[[], datetime]) -> None:
        self._live, self._queue, self._now = live, queue, now
        self._pace = Pace()
        self._told: dict[str, Told] = {}
        self._closed_told: dict[str, datetime] = {}
        """Customers who know that nobody works, with when it opens."""

    def start(self) -> None:
        """Follow what happens. After a restart, a customer may be told once what they know."""
        self._live.watchers.append(self._watch)

    async def run(self) -> None:
        """Look after the queue until cancelled."""
        while True:
            await asyncio.sleep(EVERY)
            try:
                if self._live.mine(DUTY):
                    await self.look()
            except LogError as error:  # a full disk passes; the queue goes on then
                _log.warning("queue not kept", why=str(error))

    async def look(self) -> None:
        """Do what is due now."""
        now, rows = self._now(), list(self._live.rows.values())
        for row in rows:
            if row.status is Status.PARKED and row.wake_at is not None and row.wake_at <= now:
                await self._unless_moved(row, ConversationWoken())
            elif row.status is Status.ACTIVE and row.agent and self._queue.gone(row.agent):
                await self._unless_moved(row, ConversationReturned(row.agent, row.agent_name))
        await self._tell(rows, now)

    async def _tell(self, rows: list[InboxRow], now: datetime) -> None:
        rules = self._queue.rules
        if not rules.told_on:
            return
        hours = rules.hours
        for place, (row, _) in enumerate(in_order(rows, now), 1):
            if row.channel not in rules.told_on or row.queued_at is None:
                continue
            if hours is not None and not hours.open_at(now):
                opens = hours.opens(now) or now
                if self._closed_told.get(row.id) != opens:
                    self._closed_told[row.id] = opens
                    await self._unless_moved(row, OutOfHoursTold(hours.told(now)))
                continue
            told = self._told.get(row.id)
            say = to_tell(place, self._pace.minutes(place, now), row.queued_at, told, now)
            if say is not None and await self._unless_moved(row, say):
                self._told[row.id] = Told(say.place, say.minutes, now)

    async def _unless_moved(self, row: InboxRow, data: EventData) -> bool:
        """Record it, unless something came in between: then the next look decides anew. Returns whether it stands."""
        async with self._live.lock(row.id):
            try:
                await self._live.record([NewEvent(row.id, "desk", data, self._now())], expect=row.seq)
            except (LogMoved, LogErased):
                return False
        return True

    def _watch(self, event: Event) -> None:
        row = self._live.rows.get(event.conversation)
        match event.data:
            case ConversationClaimed():
                self._pace = self._pace.after(event.at)
            case ConversationTransferred(agent=agent) if agent:
                self._pace = self._pace.after(event.at)
            case PlaceTold(place=place, minutes=minutes):
                self._told[event.conversation] = Told(place, minutes, event.at)
            case _:
                pass
        if row is None or row.status is not Status.WAITING:
            self._told.pop(event.conversation, None)
            self._closed_told.pop(event.conversation, None)
