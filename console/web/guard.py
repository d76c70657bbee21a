"""What every request passes before anything is done for it, and what every answer carries."""

from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from console.web.headers import headers_of
from console.web.pages import notice_page
from console.web.place import Place

SOCKET: Final = "/ws"
_READING: Final = frozenset({"GET", "HEAD"})
_SAID: Final = {
    403: "This request does not come from the console's own page.",
    404: "There is nothing here.",
    405: "There is nothing here.",
    413: "That is more than this page takes.",
    421: "The console is not served under this address; the setting web.public_url names the one that browsers use.",
}

_log = structlog.get_logger(__name__)


def guard(place: Place) -> Middleware:
    """Return the middleware of a server at ``place``."""

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            check(place, request)
            return await handler(request)
        except web.HTTPException as answer:
            if answer.status < 400:  # noqa: PLR2004 - a redirect
                raise
            return said(answer.status)
        except Exception as error:
            _log.error("unexpected", error=type(error).__name__, path=request.path, exc_info=error)
            return said(500)

    return guarded


def check(place: Place, request: web.Request) -> None:
    """Refuse another host's name, and what another site's page sends."""
    if not place.has_host(request.headers):
        raise web.HTTPMisdirectedRequest
    acts = request.method not in _READING or request.path == SOCKET
    if acts and not place.has_origin(request.headers):
        raise web.HTTPForbidden


def said(status: int) -> web.Response:
    """Return a fault as a page of one line."""
    text = _SAID.get(status, "Something went wrong on our side. Try again in a moment.")
    return web.Response(status=status, text=notice_page("Second Chair", text), content_type="text/html")


def dressed(place: Place) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    """Return what puts the headers on every answer that does not bring stricter ones of its own."""
    headers = headers_of(place)

    async def dress(_: web.Request, answer: web.StreamResponse) -> None:
        for name, value in headers.items():
            answer.headers.setdefault(name, value)
        answer.headers["Server"] = "secondchair"

    return dress
