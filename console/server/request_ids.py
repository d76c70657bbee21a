"""A name for each request, which stands in every line that the server writes down while it works on it."""

import re
import secrets
from time import perf_counter
from typing import Final

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEAD: Final = "X-Request-ID"

_FITTING: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")

_log = structlog.get_logger(__name__)


class RequestIds:
    """Names requests, or takes over the name that a proxy gave; the answer carries it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Name one request, and write it down by its route where the settings say so."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEAD, "")
        name = given if _FITTING.fullmatch(given) else secrets.token_hex(8)
        began, status = perf_counter(), 500

        async def named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEAD] = name
            await send(message)

        structlog.contextvars.bind_contextvars(request=name)  # as long as the task: also for what answers its faults
        try:
            await self._app(scope, receive, named)
        finally:
            route = getattr(scope.get("route"), "path", "none")
            ms = round(1000 * (perf_counter() - began), 1)
            _log.debug("request", method=scope["method"], route=route, status=status, ms=ms)


def request_id() -> str:
    """Return the name of the request that is worked on; empty where none is."""
    return str(structlog.contextvars.get_contextvars().get("request", ""))
