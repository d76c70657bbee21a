"""The lines that a customer reads about their conversation: that people take over, who has joined, that it has ended.

They are what the web chat shows, in the same words, from the same allow-list of events. One that is older than some
minutes is left out: late, it would mislead.
"""

import asyncio
from datetime import timedelta
from typing import Final

import structlog

from console.conversation.events import Event, MessageAdded
from console.desk.channels.matrix.client import MatrixClient
from console.desk.channels.projection import Notice, Projection
from console.desk.channels.remote import RemoteFault
from console.desk.desk import Desk
from console.desk.errors import NotFound
from console.desk.log import Cursor

FRESH: Final = timedelta(minutes=5)
"""How old a notice may be."""

PAUSE: Final = 2.0
"""Seconds after which one that the homeserver did not take is tried again."""

_log = structlog.get_logger(__name__)


class RoomNotices:
    """Tells customers of the channel ``name`` such lines, each once: a room knows each by its number in the log."""

    def __init__(self, desk: Desk, client: MatrixClient, name: str) -> None:
        self._desk, self._client, self._name = desk, client, name
        self._cursor = f"{name}:notices"

    async def run(self) -> None:
        """Tell them, until the desk stops; what happened while it was off is caught up with."""
        listening = True
        while listening:
            with self._desk.live.hub.listen() as listener:
                stored = await self._desk.live.call(lambda log: log.cursor(self._cursor))
                seen = int(stored) if stored else self._desk.live.seq
                for event in await self._desk.live.history(after=seen):
                    seen = event.seq
                    await self._tell(event)
                async for thing in listener:
                    if isinstance(thing, Event) and thing.seq > seen:
                        seen = thing.seq
                        await self._tell(thing)
            listening = listener.dropped

    async def _tell(self, event: Event) -> None:
        notice = await self._notice(event)
        while notice is not None and self._desk.now() - event.at < FRESH:
            room = (await self._desk.live.state(event.conversation)).address
            content: dict[str, object] = {"msgtype": "m.notice", "body": notice.text}
            try:
                await self._client.send(room, f"sc-notice-{event.conversation}-{event.seq}", content)
            except RemoteFault as fault:
                _log.info("notice not taken", channel=self._name, why=str(fault))
                if fault.final:
                    return
                await asyncio.sleep(max(PAUSE, fault.again_after))
                continue
            await self._desk.live.record([], cursor=Cursor(self._cursor, str(event.seq)))
            return

    async def _notice(self, event: Event) -> Notice | None:
        """Return what a customer of this channel reads of an event, if anything."""
        if not event.conversation or event.actor == "assist" or isinstance(event.data, MessageAdded):
            return None
        try:
            state = await self._desk.live.state(event.conversation)
        except NotFound:
            return None  # erased meanwhile
        if state.channel != self._name:
            return None
        projection, item = Projection(event.conversation, self._name), None
        for earlier in await self._desk.live.history(event.conversation):
            if earlier.seq > event.seq:
                break
            item = projection.take(earlier)
        return item if isinstance(item, Notice) else None
