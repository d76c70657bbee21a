"""What every request of the web chat passes: host, origin, type and size are checked before anything is read.

Each answer carries the headers that keep the page to itself, and every fault is one clear line for the customer.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable
from contextlib import AbstractContextManager, ExitStack, suppress
from typing import Any, Final
from urllib.parse import urlsplit

import structlog
from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import Message

from console.conversation.attachments import size_words
from console.desk.attachments import NotTaken
from console.desk.errors import DeskError
from console.desk.log import LogError
from console.server.faults import fault

BODY_LIMIT: Final = 64 * 1024
"""Bytes a request may carry."""

BODY_SECONDS: Final = 10.0
"""Seconds in which a request's body must have come."""

UPLOADS: Final = "/chat/files"
"""Where the page sends files."""

UPLOAD_SECONDS: Final = 120.0
"""Seconds in which a file must have come: 10 MB at 0.7 megabits a second."""

_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_READING: Final = frozenset({"GET", "HEAD"})

_log = structlog.get_logger(__name__)


class ChatFault(Exception):
    """A request that is not served: HTTP status, code for programs, and a line for the customer."""

    def __init__(self, status: int, code: str, message: str, retry_after: float = 0.0) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.retry_after = status, code, message, retry_after

    def answer(self) -> Response:
        """Return the fault as a response; ``Retry-After`` in whole seconds where waiting helps."""
        response = fault(self.status, self.code, self.message)
        if self.retry_after:
            response.headers["Retry-After"] = str(int(self.retry_after) + 1)
        return response


Admit = Callable[[Request], AbstractContextManager[None]]
"""Lets a request in before its body is read, and counts it while it lasts; raises :class:`ChatFault`."""


def guarded(
    hosts: Collection[str],
    embed_on: Iterable[str] = (),
    body_seconds: float = BODY_SECONDS,
    *,
    most: int = BODY_LIMIT,
    admit: Admit | None = None,
) -> type[APIRoute]:
    """Return the route class of a chat reachable by these host names besides the server's own address.

    Pages of the origins ``embed_on`` (``https://shop.example``) may show it in a frame; its own origin always may.
    A body is JSON of at most ``most`` bytes; or, with ``admit``, whatever whoever it lets in sends.
    """
    allowed = frozenset(host.lower() for host in hosts)
    headers = _headers(embed_on)

    class GuardedRoute(APIRoute):
        """A route that refuses what does not come from the page itself."""

        def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
            """Wrap the route's own handler."""
            handler = super().get_route_handler()

            async def guard(request: Request) -> Response:
                response = await _served(request, handler)
                for name, value in headers.items():  # a file brings stricter ones of its own
                    response.headers.setdefault(name, value)
                return response

            return guard

    async def _served(request: Request, handler: Callable[[Request], Awaitable[Response]]) -> Response:
        try:
            check_host(request, allowed)
            if request.method not in _READING:
                check_origin(request, allowed)
                with ExitStack() as admitted:
                    if admit is not None:
                        await _admit(admit, admitted, request, body_seconds, most)
                    body = await read_body(request, body_seconds, most, json=admit is None)
                    return await handler(Request(request.scope, _replay(body, request)))
            return await handler(request)
        except Exception as error:  # whatever it is, the customer gets one clear line
            return as_fault(error).answer()

    return GuardedRoute


def check_host(request: Request, allowed: Collection[str]) -> None:
    """Refuse a ``Host`` that is neither the address the request came in by nor a name allowed (DNS rebinding)."""
    name = _host_name(request.headers.get("host", ""))
    server = (request.scope.get("server") or ("", None))[0].lower()
    own = _LOOPBACK if server in _LOOPBACK else {server}
    if not name or name not in {*own, *allowed}:
        raise ChatFault(421, "host", "This chat is not served under this address; see the setting server.hosts.")


def check_origin(request: Request, allowed: Collection[str]) -> None:
    """Refuse what another site's page sends: the ``Origin`` must be the page's own, or of a name allowed."""
    own, scheme = request.headers.get("host", "").lower(), request.url.scheme
    try:
        origin = urlsplit(request.headers.get("origin", ""))
        same = origin.netloc.lower() == own or origin.hostname in allowed
    except ValueError:
        same = False
    if not same or origin.scheme not in {"https", scheme}:
        raise ChatFault(403, "origin", "This request does not come from the chat page; open the chat itself.")


async def read_body(request: Request, seconds: float, most: int = BODY_LIMIT, *, json: bool = True) -> bytes:
    """Return the body, at most ``most`` bytes, complete within ``seconds``, and JSON where that is asked for."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    announced = request.headers.get("content-length", "0")
    what = "This message is too long; send it in parts." if json else f"The file is larger than {size_words(most)}."
    too_large = ChatFault(413, "too-large", what)
    if announced.isdigit() and int(announced) > most:
        raise too_large
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                body += chunk
                if len(body) > most:
                    raise too_large
    except TimeoutError as error:
        raise ChatFault(408, "slow", "The message took too long to arrive; it can be sent again.") from error
    if json and body and kind != "application/json":
        raise ChatFault(415, "type", "Requests of the chat are JSON (Content-Type: application/json).")
    return bytes(body)


async def _admit(admit: Admit, admitted: ExitStack, request: Request, seconds: float, most: int) -> None:
    """Let a request in; where it is refused, read past its body first, or the browser would not read the answer."""
    try:
        admitted.enter_context(admit(request))
    except ChatFault:
        passed = 0
        with suppress(TimeoutError, ClientDisconnect):
            async with asyncio.timeout(seconds):
                async for chunk in request.stream():
                    passed += len(chunk)
                    if passed > most:
                        break
        raise


def as_fault(error: Exception) -> ChatFault:  # noqa: PLR0911 - one arm a kind of error
    """Return any exception as what the customer is told; what they need not know goes to the log."""
    match error:
        case ChatFault():
            return error
        case RequestValidationError():
            first: dict[str, Any] = error.errors()[0]
            place = ".".join(str(part) for part in first.get("loc", ()))
            return ChatFault(422, "invalid", f"The request does not fit ({place}: {first.get('msg', 'not valid')}).")
        case HTTPException(status_code=status):
            return ChatFault(status, "http", "The request could not be read.")
        case ClientDisconnect():
            return ChatFault(400, "gone", "The browser went away before the request was complete.")
        case LogError():
            _log.error("web chat: the log cannot be written", error=str(error))
            return ChatFault(503, "not-kept", "We cannot take messages right now; yours will be tried again.", 5)
        case NotTaken():
            return ChatFault(422, "not-taken", f"{str(error)[:1].upper()}{str(error)[1:]}.")
        case DeskError():
            _log.warning("web chat: refused by the desk", error=str(error))
            return ChatFault(503, "not-ready", "The chat is not ready right now; yours will be tried again.", 5)
        case _:
            _log.error("web chat: unexpected", error=repr(error), exc_info=error)
            return ChatFault(500, "unexpected", "Something went wrong on our side; yours will be tried again.")


def _headers(embed_on: Iterable[str]) -> dict[str, str]:
    ancestors = " ".join(["'self'", *embed_on])
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        f"base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
    )
    return {
        "Content-Security-Policy": policy,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }


def _host_name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _replay(body: bytes, request: Request) -> Callable[[], Awaitable[Message]]:
    given = False

    async def receive() -> Message:
        nonlocal given
        if given:
            return await request.receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
