"""What a sync left out: a room's events between the last point known and the newest ones, paged backwards."""

from typing import Final

import structlog

from console.desk.channels.matrix.client import MatrixClient
from console.desk.channels.matrix.reading import Came, RoomEvent, RoomNews, read_event
from console.desk.live import LiveLog

MOST: Final = 2_000
"""Events of a gap that are looked through: an hour of somebody who writes without pause, and more."""

_log = structlog.get_logger(__name__)


async def fill(
    client: MatrixClient, live: LiveLog, news: RoomNews, conversation: str, since: str, user: str
) -> list[RoomEvent]:
    """Return a room's events from the last one known on, oldest first; raises ``RemoteFault``.

    A room that ``user`` has just come into is read from its beginning: what the customer wrote before the desk was
    there belongs to the desk. Of another one, nothing from before ``since`` is read.
    """
    events = list(news.events)
    if not news.limited or not news.before:
        return events
    known = await _known(live, conversation)
    came = any(isinstance(event, Came) and event.user == user and event.here and event.new for event in events)
    start, end, seen = news.before, "" if came else since, 0
    while start and seen < MOST:
        page, start = await client.before(news.room, start, end)
        seen += len(page)
        for raw in page:
            event = read_event(raw)
            if event is None:
                continue
            if event.id in known:
                return events
            events.insert(0, event)
            came_here = isinstance(event, Came) and event.user == user and event.here and event.new
            end = "" if came_here else end
    if seen >= MOST:
        _log.error("matrix: a gap is too long; its oldest messages are left out", room=news.room, looked_at=seen)
    return events


async def _known(live: LiveLog, conversation: str) -> frozenset[str]:
    if not conversation:
        return frozenset()
    prefix = f"{conversation}:"
    return frozenset(event.external_id.removeprefix(prefix) for event in await live.history(conversation))
