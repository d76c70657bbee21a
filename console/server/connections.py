"""How long a connection may keep the server waiting, and how many there may be at once.

uvicorn waits for ever for the rest of a request's head, and for whoever does not read what it is sent. Whoever opens
connections and says nothing would in the end keep the staff out, and what waits for those who read nothing would fill
the memory; so a connection that does not come to its point, or takes nothing in, is closed.
"""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES: Final = 64 * 1024
"""Bytes that the head of a request may have; the parser itself knows no limit."""

HEAD_SECONDS: Final = 10.0
"""Seconds in which the head of a request must have come, from the connection's or its own first byte on."""

TAKING_SECONDS: Final = 20.0
"""Seconds in which a reader must have taken in some of what waits for them (48 KiB); a console, or a page, that was
only slow comes back with the last number it saw."""

CONNECTIONS: Final = 3_000
"""Connections at once, where the system lets the process have as many; the next one is told to come back (503)."""

SPARE_FILES: Final = 200
"""Open files that are not connections: the log, indexes, libraries."""

HEARD_OUT: Final = 100
"""Connections past those that are served which are heard out, to be told to come back; further ones are cut off at
once, asked or not, or they would take the files that the desk itself needs."""


class PromptProtocol(HttpToolsProtocol):
    """HTTP/1.1 with limits for the head of each request, and a deadline for whoever is sent something to take it in."""

    _head = 0
    """Bytes of a request's head that have come so far."""
    _late: asyncio.TimerHandle | None = None
    _stuck: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request; where there are far too many, say nothing and cut it off."""
        super().connection_made(transport)
        if self.limit_concurrency is not None and len(self.connections) > self.limit_concurrency + HEARD_OUT:
            transport.abort()
            return
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take in data; what does not make a head whole leaves the deadline as it is."""
        before = self.cycle
        super().data_received(data)
        if self.cycle is before and (before is None or before.response_complete):
            self._head += len(data)
            if self._head > HEAD_BYTES:
                self.transport.abort()
                return
        else:
            self._head = 0
        if self.cycle is not None and not self.cycle.response_complete:
            self._waited()
        elif self._late is None:
            self._wait()  # the first part of a further head: uvicorn has just stopped its own clock

    def on_response_complete(self) -> None:
        """Leave the time between two requests to uvicorn (``timeout_keep_alive``)."""
        self._waited()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Begin to wait for the reader; aborted, since a close would wait for what it has not taken in."""
        super().pause_writing()
        self._stuck = self.loop.call_later(TAKING_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on: the reader has taken something in."""
        self._taken()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._waited()
        self._taken()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._late = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def _taken(self) -> None:
        if self._stuck is not None:
            self._stuck.cancel()
            self._stuck = None

    def _waited(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None


def room_for_connections(further: int = 0) -> int:
    """Let the process have as many open files as it needs and may; return how many connections that makes.

    ``further`` files are wanted beside the usual ones.
    """
    try:
        import resource
    except ImportError:  # not on this system; it has no such limit
        return CONNECTIONS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    spare = SPARE_FILES + further
    wanted = CONNECTIONS + spare
    if hard == resource.RLIM_INFINITY or hard > wanted:
        hard = wanted
    if soft != resource.RLIM_INFINITY and soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
        soft = hard
    return CONNECTIONS if soft == resource.RLIM_INFINITY else max(SPARE_FILES, min(CONNECTIONS, soft - spare))


def limits() -> dict[str, Any]:
    """Return uvicorn's options for all this."""
    return {
        "http": PromptProtocol,
        "loop": "console.server.handshakes:PromptLoop",
        "limit_concurrency": room_for_connections(),
        "timeout_keep_alive": 30,
    }
