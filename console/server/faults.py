"""Faults as answers: one clear line, a code for programs, never a traceback."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.accounts.errors import (
    AccountsError,
    AccountsUnavailable,
    NoPassword,
    NotSignedIn,
    RoleNotHeld,
    TryLater,
    WrongPassword,
)
from console.desk.errors import DeskError
from console.desk.log import LogErased, LogError, LogMoved
from console.server.request_ids import HEAD, request_id

_log = structlog.get_logger(__name__)

STATUS: Final = {
    "unauthorised": 401,
    "forbidden": 403,
    "not-found": 404,
    "taken": 409,
    "key-reused": 409,
    "refused": 400,
    "not-ready": 503,
    "leaving": 503,
}
"""HTTP status by the code of a :class:`DeskError`."""

CODES: Final = {404: "not-found", 405: "method", 408: "slow", 413: "too-large"}
"""Codes of faults found before a route is reached, by HTTP status."""

ACCOUNTS: Final[Mapping[type[AccountsError], tuple[int, str]]] = {
    AccountsUnavailable: (503, "accounts"),
    NotSignedIn: (401, "not-signed-in"),
    RoleNotHeld: (403, "forbidden"),
    TryLater: (429, "try-later"),
    NoPassword: (400, "no-password"),
    WrongPassword: (400, "wrong-password"),  # not 401: the token is a good one
}
"""HTTP status and code of what may be wrong with accounts; any other is a bad request (400)."""

BODY_LIMIT: Final = 256 * 1024
"""Bytes a request may carry."""


BODY_SECONDS: Final = 15.0
"""Seconds in which a request's body must have come."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong: ``code`` for programs, ``message`` in one line for people."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class FaultAnswer:
    """The body of every answer that is not a success."""

    error: Fault


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return these statuses as OpenAPI responses."""
    return {status: {"model": FaultAnswer} for status in statuses}


def fault(status: int, code: str, message: str) -> JSONResponse:
    """Return an error answer."""
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None  # noqa: PLR2004 - the one that asks for a token
    return JSONResponse({"error": {"code": code, "message": message}}, status, headers)


def install(app: FastAPI) -> None:
    """Turn every fault of the application into its answer."""

    async def desk_error(_: Request, error: Exception) -> JSONResponse:
        code = error.code if isinstance(error, DeskError) else "error"
        return fault(STATUS.get(code, 400), code, str(error))

    async def accounts_error(_: Request, error: Exception) -> JSONResponse:
        status, code = next((said for kind, said in ACCOUNTS.items() if isinstance(error, kind)), (400, "error"))
        if isinstance(error, AccountsUnavailable):
            _log.error("accounts", error=str(error))
        response = fault(status, code, str(error))
        if isinstance(error, TryLater):
            response.headers["Retry-After"] = str(error.seconds)
        return response

    async def log_error(_: Request, error: Exception) -> JSONResponse:
        if isinstance(error, LogMoved):
            return fault(409, "moved", str(error))
        if isinstance(error, LogErased):
            return fault(404, "not-found", str(error))
        _log.error("log", error=str(error))
        return fault(503, "log", str(error))

    async def bad_body(_: Request, error: Exception) -> JSONResponse:
        first: dict[str, Any] = error.errors()[0] if isinstance(error, RequestValidationError) else {}
        place = ".".join(str(part) for part in first.get("loc", ()))
        return fault(422, "invalid", f"{place}: {first.get('msg', 'not valid')}")

    async def http_error(_: Request, error: Exception) -> JSONResponse:
        status, detail = (error.status_code, error.detail) if isinstance(error, HTTPException) else (500, "")
        return fault(status, CODES.get(status, "http"), " ".join(str(detail).split()))

    async def unexpected(_: Request, error: Exception) -> JSONResponse:
        _log.error("unexpected", exc_info=error)
        answer = fault(500, "unexpected", "The desk server met an unexpected fault; its log says more.")
        if name := request_id():
            answer.headers[HEAD] = name  # by which the line in the log is found
        return answer

    app.add_exception_handler(DeskError, desk_error)
    app.add_exception_handler(LogError, log_error)
    app.add_exception_handler(AccountsError, accounts_error)
    app.add_exception_handler(RequestValidationError, bad_body)
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(Exception, unexpected)


class BodyLimit:
    """Refuses bodies over a size, announced or not, and those that take too long to come."""

    def __init__(
        self,
        app: ASGIApp,
        limit: int = BODY_LIMIT,
        seconds: float = BODY_SECONDS,
        larger: Mapping[str, tuple[int, float]] | None = None,
    ) -> None:
        """``larger`` are the limits of paths that files are sent to: bytes and seconds."""
        self._app, self._common, self._larger = app, (limit, seconds), dict(larger or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting what it brings."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit, seconds = self._larger.get(scope["path"], self._common)
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > limit:
            await fault(413, "too-large", _too_large(limit))(scope, receive, send)
            return
        taken, whole = 0, False
        until = asyncio.get_running_loop().time() + seconds

        async def counted() -> Message:
            nonlocal taken, whole
            try:
                async with asyncio.timeout_at(None if whole else until):
                    message = await receive()
            except TimeoutError as error:
                raise HTTPException(408, "the request took too long to arrive; send it again") from error
            whole = not message.get("more_body", False)  # what follows is the end of the connection, whenever it comes
            taken += len(message.get("body", b""))
            if taken > limit:
                raise HTTPException(413, _too_large(limit))
            return message

        await self._app(scope, counted, send)


def _too_large(limit: int) -> str:
    return f"the request is larger than {limit // 1024} KiB; send less at a time"
