"""Sees every answer that refuses (401, 403), and has it counted for the log."""

from ipaddress import ip_address
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.conversation.people import Agent
from console.conversation.sign_in_events import RequestsRefused
from console.server.audit import Audit

_REFUSING: Final = frozenset({401, 403})

CUSTOMERS: Final = "/chat"
"""Where customers ask. Their address is left out: an event is never erased, and a customer is."""

TOLD: Final = frozenset({"/v1/sign-in", "/v1/sign-in/code", "/v1/oidc/callback"})
"""Routes that tell by themselves what they refuse: :class:`~console.conversation.sign_in_events.SignInRefused`."""


class Refusals:
    """Passes everything on as it is; ``audit`` is told of what was refused: to whom, where and on which route."""

    def __init__(self, app: ASGIApp, audit: Audit) -> None:
        self._app, self._audit = app, audit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            refused = message["type"] == "http.response.start" and message["status"] in _REFUSING
            if refused and route_of(scope) not in TOLD:
                self._audit.refused(_refused(scope, message["status"]))
            await send(message)

        await self._app(scope, receive, sent)


def _refused(scope: Scope, status: int) -> RequestsRefused:
    agent = scope.get("state", {}).get("agent")
    known = agent if isinstance(agent, Agent) else None
    route = route_of(scope)
    return RequestsRefused(
        scope["method"],
        route,
        status,
        "" if route.startswith(CUSTOMERS) else address_of(scope),
        known.id if known else "",
        known.role.value if known else "",
    )


def route_of(scope: Scope) -> str:
    """Return the template of a request's route; empty where it has none."""
    route: Any = scope.get("route")
    return str(getattr(route, "path", ""))


def address_of(scope: Scope) -> str:
    """Return the network address that a request comes from; behind a proxy what that says, if uvicorn trusts it."""
    client = scope.get("client")
    try:
        return str(ip_address(client[0])) if client else ""
    except ValueError:  # a proxy that passes on whatever a client writes
        return "unknown"
