"""Keeps the console and the desk together: connects, follows the live events, and comes back after every loss.

The events are resumed after the last one taken in, so none is missed and none counts twice. Whoever listens is told
each change of state, and gets a fresh start (``started``) with every connection that was made.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Final, Protocol

from console.conversation.commands import InboxPage, Me
from console.terminal.connection import Connection, Link
from console.terminal.connection_pause import pause
from console.terminal.errors import DeskError, NotAllowed
from console.terminal.port import Connect, Delivery, Desk, Heartbeat

PING_EVERY: Final = 15.0
"""Seconds between measurements of the round trip."""

OpenDesk = Callable[[str, str], Awaitable[Desk]]
"""Makes a desk from ``(base URL, token)``; a coroutine, because it imports the HTTP client first."""


class Listener(Protocol):
    """Who is told what the link does."""

    def connection_changed(self, connection: Connection) -> None:
        """The state of the link changed."""

    async def started(self, desk: Desk, me: Me, page: InboxPage) -> int:
        """A connection was made. Return the event after which to follow."""

    def delivered(self, batch: list[Delivery]) -> None:
        """Live events arrived, in order; several that came together come as one batch."""

    async def stands(self, desk: Desk) -> None:
        """The connection stands, told every :data:`PING_EVERY` seconds: time to ask for what no event tells."""


class DeskLink:
    """Runs until cancelled."""

    def __init__(self, connect: Connect, open_desk: OpenDesk, listener: Listener) -> None:
        self._connect = connect
        self._open_desk = open_desk
        self._listener = listener
        self._again = asyncio.Event()

    def try_now(self) -> None:
        """Cut the present pause short."""
        self._again.set()

    async def run(self) -> None:
        """Connect and follow, for ever."""
        failures = 0
        while True:
            detail = "The desk server closed the connection."
            try:
                async for _ in self._follow():
                    failures = 0
            except NotAllowed as error:
                await self._refused(str(error))
                continue
            except (DeskError, OSError, RuntimeError, TimeoutError) as error:
                detail = str(error) or type(error).__name__
            failures += 1
            await self._wait(pause(failures), detail)

    async def _follow(self) -> AsyncIterator[None]:
        """Make one connection and follow it to its end, yielding at each sign of life."""
        self._say(Connection(Link.CONNECTING, "connecting"))
        url, token = await self._connect(lambda words: self._say(Connection(Link.CONNECTING, words)))
        desk = await self._open_desk(url, token)
        pinging: asyncio.Task[None] | None = None
        try:
            async with asyncio.timeout(30):
                me = await desk.me()
                page = await desk.inbox()
            after = await self._listener.started(desk, me, page)
            async with desk.events(after) as stream:
                pinging = asyncio.create_task(self._ping(desk))
                async for batch in _batches(stream):
                    self._listener.delivered(batch)
                    yield
        finally:
            if pinging is not None:
                pinging.cancel()
            with contextlib.suppress(Exception):
                await desk.close()

    async def _ping(self, desk: Desk) -> None:
        """Keep the round trip measured; a failed measurement is left to the stream to notice."""
        milliseconds = 0.0
        while True:
            with contextlib.suppress(DeskError):
                milliseconds = await desk.ping()
            self._say(Connection(Link.LIVE, "", milliseconds))
            await asyncio.sleep(PING_EVERY)
            with contextlib.suppress(DeskError):
                await self._listener.stands(desk)

    async def _wait(self, seconds: float, detail: str) -> None:
        self._again.clear()
        remaining = seconds
        while remaining > 0 and not self._again.is_set():
            self._say(Connection(Link.RECONNECTING, detail, 0.0, round(remaining + 0.49)))
            step = min(1.0, remaining)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._again.wait(), step)
            remaining -= step

    async def _refused(self, detail: str) -> None:
        """A wrong token does not mend itself: wait until the agent asks for another try."""
        self._again.clear()
        self._say(Connection(Link.REFUSED, detail))
        await self._again.wait()

    def _say(self, connection: Connection) -> None:
        self._listener.connection_changed(connection)


async def _batches(stream: AsyncIterator[Delivery]) -> AsyncIterator[list[Delivery]]:
    """Yield deliveries, those that are there already together, so that a resume of thousands paints once."""
    queue: asyncio.Queue[Delivery | BaseException | None] = asyncio.Queue()

    async def pump() -> None:
        try:
            async for delivery in stream:
                queue.put_nowait(delivery)
            queue.put_nowait(None)
        except BaseException as error:  # handed over to the reader, who raises it
            queue.put_nowait(error)
            if isinstance(error, asyncio.CancelledError):
                raise

    task = asyncio.create_task(pump())
    try:
        while True:
            batch: list[Delivery] = []
            item = await queue.get()
            while True:
                if item is None or isinstance(item, BaseException):
                    if batch:
                        yield batch
                    if item is None:
                        return
                    raise item
                if not isinstance(item, Heartbeat):
                    batch.append(item)
                if queue.empty():
                    break
                item = queue.get_nowait()
            yield batch
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError, DeskError):
            await task
