"""The live events of a desk as server-sent events, gap-free from any number on.

Hundreds of consoles may follow: each event is put into words once, and what happens within a moment is sent together.
"""

import asyncio
import json
import random
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from typing import Final
from weakref import WeakKeyDictionary

from sse_starlette import EventSourceResponse
from starlette.types import Message, Send

from console.conversation.codec import encode
from console.conversation.erasure_events import forgotten
from console.conversation.events import Event, event_to_json
from console.conversation.practice_events import UNSEEN
from console.conversation.sign_in_events import UNSENT
from console.desk.hub import Passing, PracticeNews, Signal
from console.desk.live import LiveLog
from console.server.attendance import Attendance

TOGETHER: Final = 0.03
"""Seconds between two sendings to one console: nobody sees the difference, and a busy desk sends less often.

With a hundred consoles, sending is the largest part of what the event loop does. At 0.08, a message came to a console
after 36 ms (p50) instead of 15, with twenty messages a second on two servers, for some 5 % less processor time.
"""

KEPT: Final = 4_000
"""Events kept as they are sent; a console that comes back asks for the newest ones."""

COMING_BACK: Final = (200, 1_500)
"""Milliseconds after which those who followed a server that ends come back, at another where there is one."""

Items = list[Event | Passing]


class Stream(EventSourceResponse):
    """Events as they come, without a deadline for each sending: a connection that takes nothing in is cut off.

    :class:`console.server.connections.PromptProtocol` does that. The library's own deadline is one more thing to set up
    and to take down for each sending.
    """

    async def _send_with_timeout(self, send: Send, message: Message) -> None:
        await send(message)


async def live_items(live: LiveLog, after: int | None) -> AsyncIterator[Items]:
    """Yield every event after ``after`` (``None``: from now on) once and in order, and what passes between them.

    Ends when the listener lags too far behind or the server stops; a client comes back with the last id it saw. A
    number that the log has not reached is another log's: it means from now on, too.
    """
    with live.hub.listen() as listener:
        seen = live.seq if after is None else after
        if seen > live.seq and seen > await live.call(lambda log: log.head()):
            seen = live.seq
        while seen < live.seq:
            page = await live.read(after=seen)
            if not page:
                break
            yield list(page)
            seen = page[-1].seq
        async for items in listener.batches():
            new = [item for item in items if not isinstance(item, Event) or item.seq > seen]
            seen = max([seen, *(item.seq for item in new if isinstance(item, Event))])
            if new:
                yield new


async def followed(
    live: LiveLog,
    after: int | None,
    attendance: Attendance,
    visible: Callable[[str], bool] = lambda _: True,
    *,
    agent: str = "",
) -> AsyncIterator[bytes]:
    """Yield the same as it is sent to an ``agent``, of ``visible`` conversations; count who takes it as present."""
    loop, encoded = asyncio.get_running_loop(), encoded_of(live)
    with attendance.present():
        rests_until = 0.0
        async for items in live_items(live, after):
            sent = [encoded.of(item) for item in items if _is_sent(item, agent) and visible(item.conversation)]
            if not sent:
                continue
            yield b"".join(sent)
            now = loop.time()
            if now < rests_until:
                await asyncio.sleep(rests_until - now)
            rests_until = loop.time() + TOGETHER
        if live.hub.closed:
            yield _sent("leaving", {}, f"retry: {comes_back()}\r\n")


def _is_sent(item: Event | Passing, agent: str) -> bool:
    """Whether an agent's console is sent an item: neither who came in and was refused, nor what never happened."""
    if isinstance(item, PracticeNews):
        return item.concerns(agent)
    return not isinstance(item, Event) or (type(item.data) not in UNSENT | UNSEEN and not item.generated)


def comes_back() -> int:
    """Return after how many milliseconds who followed a server that ends comes back: not all at once."""
    return random.randint(*COMING_BACK)  # noqa: S311 - a delay is no secret


class Encoded:
    """Puts events into words, each once for all who follow."""

    def __init__(self, live: LiveLog) -> None:
        self._events: OrderedDict[int, bytes] = OrderedDict()
        live.watchers.append(self._watch)

    def _watch(self, event: Event) -> None:
        if forgotten(event.data) is not None:
            self._events.clear()  # what still stands is put into words again

    def of(self, item: Event | Passing) -> bytes:
        """Return an item as it is sent."""
        if not isinstance(item, Event):
            return _passing(item)
        known = self._events.get(item.seq)
        if known is None:
            known = self._events[item.seq] = _sent(item.kind, event_to_json(item), f"id: {item.seq}\r\n")
            if len(self._events) > KEPT:
                self._events.popitem(last=False)
        return known


def encoded_of(live: LiveLog) -> Encoded:
    """Return what puts a desk's events into words."""
    if live not in _encoded:
        _encoded[live] = Encoded(live)
    return _encoded[live]


_encoded: WeakKeyDictionary[LiveLog, Encoded] = WeakKeyDictionary()


def _passing(item: Passing) -> bytes:
    if isinstance(item, Signal):
        return _sent("typing", {"conversation": item.conversation, "who": item.who, "active": item.active})
    if isinstance(item, PracticeNews):
        return _sent("practice", {})
    return _sent("writing", encode(item))


def _sent(name: str, data: object, head: str = "") -> bytes:
    """Return one server-sent event; JSON has no line break of its own."""
    return f"{head}event: {name}\r\ndata: {json.dumps(data, ensure_ascii=False)}\r\n\r\n".encode()
