"""The live events of a desk as server-sent events, gap-free from any number on."""

import json
from collections.abc import AsyncIterator

from sse_starlette import ServerSentEvent

from console.conversation.codec import encode
from console.conversation.events import Event, event_to_json
from console.conversation.sign_in_events import UNSENT
from console.desk.hub import Signal, Writing
from console.desk.live import LiveLog
from console.server.attendance import Attendance


async def live_events(live: LiveLog, after: int | None) -> AsyncIterator[ServerSentEvent]:
    """Yield every event after ``after`` (``None``: from now on) once and in order, and passing signals between them.

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
            for event in page:
                if _sent(event):
                    yield _event(event)
            seen = page[-1].seq
        async for item in listener:
            if isinstance(item, Signal):
                yield _signal(item)
            elif isinstance(item, Writing):
                yield _writing(item)
            elif item.seq > seen:
                seen = item.seq
                if _sent(item):
                    yield _event(item)


async def followed(live: LiveLog, after: int | None, attendance: Attendance) -> AsyncIterator[ServerSentEvent]:
    """Yield the same, counting whoever takes it as present until the connection ends."""
    with attendance.present():
        async for sent in live_events(live, after):
            yield sent


def _sent(event: Event) -> bool:
    """Return whether consoles are sent an event."""
    return type(event.data) not in UNSENT


def _event(event: Event) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(event_to_json(event), ensure_ascii=False), event=event.kind, id=str(event.seq))


def _signal(signal: Signal) -> ServerSentEvent:
    data = {"conversation": signal.conversation, "who": signal.who, "active": signal.active}
    return ServerSentEvent(json.dumps(data), event="typing")


def _writing(writing: Writing) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(encode(writing), ensure_ascii=False), event="writing")
