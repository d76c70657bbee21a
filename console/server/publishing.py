"""Says in the log, and so at every console, which content the desk judges by, and what of it cannot be used."""

from datetime import datetime

import structlog

from console.content.errors import ContentError
from console.content.library import Library
from console.conversation.content_events import ContentPublished, ContentRefused
from console.conversation.events import WORKSPACE, EventData, NewEvent
from console.desk.live import LiveLog

_log = structlog.get_logger(__name__)


class Publishing:
    """Logs a set of content when it comes into force, and once; the same set at the next start is no news."""

    def __init__(self) -> None:
        self._library: Library | None = None

    async def published(self, live: LiveLog, library: Library, now: datetime) -> None:
        """Log that the desk judges by this set, unless the log says so already; its doubts go to the server's log."""
        earlier, self._library = self._library, library
        events = (event.data for event in reversed(await live.history(WORKSPACE)))
        known = next((data for data in events if isinstance(data, ContentPublished)), None)
        if known is not None and dict(known.versions) == dict(library.versions):
            return
        for doubt in library.doubts:
            _log.warning("content looks like a mistake", what=doubt)
        before = dict(known.versions) if known else dict(library.versions)
        changed = tuple(part for part, version in library.versions.items() if before.get(part) != version)
        named = differing(earlier, library) if earlier is not None and dict(earlier.versions) == before else ()
        await _record(live, ContentPublished(dict(library.versions), changed, named), now)

    async def refused(self, live: LiveLog, error: Exception, now: datetime) -> None:
        """Say that changed content cannot be used; other trouble is no event, and goes to the server's log alone."""
        for line in str(error).splitlines():
            _log.error("content not renewed", why=line)
        if isinstance(error, ContentError):
            await _record(live, ContentRefused(tuple(str(error).splitlines())), now)


def differing(before: Library, after: Library) -> tuple[str, ...]:
    """Return the behaviours, macros and policies that differ between two sets, each by kind and name."""
    found = []
    for kind, old, new in (
        ("behaviour", {b.intent: b for b in before.behaviours}, {b.intent: b for b in after.behaviours}),
        ("macro", {m.id: m for m in before.macros}, {m.id: m for m in after.macros}),
        ("policy", {p.id: p for p in before.policies}, {p.id: p for p in after.policies}),
    ):
        found += [f"{kind} {name}" for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name)]
    return tuple(found)


async def _record(live: LiveLog, data: EventData, now: datetime) -> None:
    await live.record([NewEvent(WORKSPACE, "desk", data, now)])
