"""The way out: every message of an agent or the bot reaches its channel, at least once, in order."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Final

import structlog

from console.conversation.events import Event, MessageAdded, MessageDelivered, NewEvent
from console.conversation.message import Author
from console.desk.channels.channel import Channel, UndeliverableError
from console.desk.duties import on_duty
from console.desk.live import LiveLog

RETRY: Final = 2.0
"""Seconds after which what could not be delivered is tried again; twice as long each time, while nothing new comes."""

RETRY_AT_MOST: Final = 60.0
"""The longest of these pauses: a customer who comes back is reached at once all the same, see :meth:`Outbox.kick`."""


def duty_of(channel: str) -> str:
    """Return the duty of reading a channel and delivering to it: one server does both."""
    return f"channel:{channel}"


_log = structlog.get_logger(__name__)


class Outbox:
    """Delivers what the log says is undelivered; a crash before the record of a delivery leads to another try."""

    def __init__(self, live: LiveLog, channels: Mapping[str, Channel], now: Callable[[], datetime]) -> None:
        self._live = live
        self._channels = channels
        self._now = now
        self._wake = {name: asyncio.Event() for name in channels}
        self._said: set[int] = set()
        """The messages, by number, of which the server's log says already that they wait: one line for all tries."""
        live.watchers.append(self._watch)

    async def run(self) -> None:
        """Deliver until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for name, channel in self._channels.items():
                work = partial(self._run_channel, name)
                tasks.create_task(work() if channel.everywhere else on_duty(self._live, duty_of(name), work))

    def kick(self, channel: str) -> None:
        """Try a channel again now: a customer has come back."""
        self._wake[channel].set()

    def _watch(self, event: Event) -> None:
        if isinstance(event.data, MessageAdded) and event.data.role in {Author.AGENT, Author.BOT}:
            row = self._live.rows.get(event.conversation)
            if row and row.channel in self._wake:
                self._wake[row.channel].set()

    async def _run_channel(self, name: str) -> None:
        wake, pause = self._wake[name], RETRY
        while True:
            try:
                left = await self._deliver_all(name)
            except Exception:  # the log cannot be written or read just now; what waits is still in it
                _log.exception("outbox", channel=name)
                left = True
            try:
                async with asyncio.timeout(pause if left else None):
                    await wake.wait()
                pause = RETRY
            except TimeoutError:
                pause = min(2 * pause, RETRY_AT_MOST)
            wake.clear()

    async def _deliver_all(self, name: str) -> bool:
        """Deliver what waits; returns whether something is left. One stuck conversation does not hold up others."""
        stuck: set[str] = set()
        for event in await self._live.call(lambda log: log.undelivered(name)):
            if event.conversation in stuck:
                continue
            state = await self._live.state(event.conversation)
            message = next((m for m in state.messages if m.seq == event.seq), None)
            if message is None:
                continue
            try:
                reference = await self._channels[name].deliver(event.conversation, message)
            except Exception as error:  # a channel's own fault must not silence the other conversations
                self._waits(name, event, message.id, error)
                stuck.add(event.conversation)
                continue
            self._said.discard(event.seq)
            delivered = MessageDelivered(message.id, reference)
            await self._live.record(
                [NewEvent(event.conversation, "desk", delivered, self._now(), name, f"delivered:{event.seq}")]
            )
        return bool(stuck)

    def _waits(self, channel: str, event: Event, message: str, error: Exception) -> None:
        """Say once that a message waits; it is tried until it is delivered."""
        if event.seq in self._said:
            return
        self._said.add(event.seq)
        log = _log.bind(channel=channel, conversation=event.conversation, message=message)
        if isinstance(error, UndeliverableError):
            log.info("undelivered", why=str(error))
        else:
            log.error("undelivered", exc_info=error)
