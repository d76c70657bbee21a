"""Counts requests by the route that answered them, never by the address that was typed."""

from time import perf_counter
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.server.metrics.instruments import Instruments

METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

NOWHERE: Final = "none"
"""In place of the route of a request that no route answers."""


class CountedRequests:
    """Passes requests on, and counts them."""

    def __init__(self, app: ASGIApp, instruments: Instruments) -> None:
        self._app, self._instruments = app, instruments

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status, until = perf_counter(), 500, 0.0

        async def counted(message: Message) -> None:
            nonlocal status, until
            if message["type"] == "http.response.start":
                status, until = message["status"], perf_counter()
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            route = getattr(scope.get("route"), "path", NOWHERE)
            method = scope["method"] if scope["method"] in METHODS else "other"
            self._instruments.requests.labels(method, route, str(status)).inc()
            self._instruments.answered.labels(method, route).observe((until or perf_counter()) - began)
