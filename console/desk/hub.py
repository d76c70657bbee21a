"""Fan-out: every listener gets every event in order, and the passing signals that are not logged."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from console.conversation.events import Event

BACKLOG: Final = 2_000
"""Events a listener may lag behind before it is dropped; it comes back with the last number it saw."""


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that passes and is not logged: who types in which conversation."""

    conversation: str
    who: str
    """``customer`` or ``agent:ID``."""
    active: bool


class Listener:
    """One listener's queue."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Event | Signal | None] = asyncio.Queue()
        self.dropped = False

    def put(self, item: Event | Signal) -> None:
        """Take in an item; a listener that has fallen too far behind is dropped instead of growing."""
        if self.dropped:
            return
        if self._queue.qsize() >= BACKLOG:
            self.dropped = True
            self._queue.put_nowait(None)
            return
        self._queue.put_nowait(item)

    def end(self) -> None:
        """Let the reader come to an end."""
        self._queue.put_nowait(None)

    async def __aiter__(self) -> AsyncIterator[Event | Signal]:
        """Yield items until the listener is dropped or the hub closes."""
        while (item := await self._queue.get()) is not None:
            yield item


class Hub:
    """All listeners of a desk."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._closed = False

    @contextmanager
    def listen(self) -> Iterator[Listener]:
        """Listen from now on, until the block ends."""
        listener = Listener()
        self._listeners.add(listener)
        if self._closed:
            listener.end()
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    def publish(self, item: Event | Signal) -> None:
        """Give an item to every listener."""
        for listener in tuple(self._listeners):
            listener.put(item)

    def close(self) -> None:
        """End every listener, now and in future; call it on the event loop."""
        if self._closed:
            return
        self._closed = True
        for listener in tuple(self._listeners):
            listener.end()
