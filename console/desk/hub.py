"""Fan-out: every listener gets every event in order, and what passes and is not logged."""

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


@dataclass(frozen=True, slots=True)
class Writing:
    """A draft that a language model is writing: what of it has passed the checks so far. Not logged, never sendable."""

    conversation: str
    turn: str
    text: str
    """The whole text so far; empty while nothing can be shown."""
    over: bool = False
    """Whether the writing has ended; a draft that passed comes as a suggestion."""
    why: str = ""
    """Why no draft came of it, in a line for the agent."""


@dataclass(frozen=True, slots=True)
class PracticeNews:
    """What somebody has to practise has changed; each server reads that in the log of practice by itself."""

    agents: frozenset[str] = frozenset()
    """Whom it is about; empty for everybody."""
    conversation: str = ""
    """None: it is about no chat."""

    def concerns(self, agent: str) -> bool:
        """Return whether somebody is to be told."""
        return not self.agents or agent in self.agents


Passing = Signal | Writing | PracticeNews
"""What passes and is not logged."""


class Listener:
    """One listener's queue."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Event | Passing | None] = asyncio.Queue()
        self.dropped = False

    def put(self, item: Event | Passing) -> None:
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

    async def batches(self) -> AsyncIterator[list[Event | Passing]]:
        """Yield all items that are there, as long as the listener is not dropped and the hub not closed."""
        ended = False
        while not ended:
            item = await self._queue.get()
            found: list[Event | Passing] = []
            while item is not None:
                found.append(item)
                if self._queue.empty():
                    break
                item = self._queue.get_nowait()
            ended = item is None
            if found:
                yield found

    async def __aiter__(self) -> AsyncIterator[Event | Passing]:
        """Yield items until the listener is dropped or the hub closes."""
        while (item := await self._queue.get()) is not None:
            yield item


class Hub:
    """All listeners of a desk."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._closed = False
        self.dropped = 0
        """How many listeners fell too far behind so far."""

    @property
    def closed(self) -> bool:
        """Whether the desk ends; who listened comes back, here or at another server."""
        return self._closed

    @property
    def listening(self) -> int:
        """How many listen right now."""
        return len(self._listeners)

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
            self.dropped += listener.dropped

    def publish(self, item: Event | Passing) -> None:
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
