"""``/metrics``: for this machine, or for who has the token; never open to strangers."""

import hmac
import ipaddress
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from console.desk.desk import Desk
from console.desk.errors import DeskError
from console.desk.log import LogError
from console.server.health import Health
from console.server.metrics.following import Following
from console.server.metrics.instruments import Instruments
from console.server.metrics.standing import Standing

FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
"""Heads that a proxy adds: who comes with one is not who connects."""


class NotForYou(DeskError):
    """The request comes from elsewhere and carries no token."""

    code = "unauthorised"


@dataclass(frozen=True, slots=True)
class MetricsTerms:
    """Who may read the figures."""

    token: str = ""
    """Whoever sends it may; empty: nobody but this machine."""
    here: bool = True
    """Whether this machine may without it; not where a proxy on it passes strangers on."""

    def admit(self, request: Request) -> bool:
        """Return whether the request may read them."""
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if self.token and hmac.compare_digest(given.encode(), self.token.encode()):
            return True
        return self.here and _from_here(request)


def metrics_router(desk: Desk, health: Health, instruments: Instruments, terms: MetricsTerms) -> APIRouter:
    """Return the route, over figures that are counted from now on."""
    router, standing = APIRouter(tags=["health"]), Standing(desk)
    instruments.registry.register(standing)
    Following(desk.live, instruments, desk.now)

    @router.get("/metrics", response_class=Response, include_in_schema=False)
    async def metrics(request: Request) -> Response:
        """Return figures for Prometheus, to this machine or with the token of ``[metrics] token_file``."""
        if not terms.admit(request):
            raise NotForYou("figures are for this machine, or with the token that [metrics] token_file names")
        said = await health.log()
        standing.serves = said == "ok" and not desk.leaving
        standing.outbox = None
        if said == "ok":
            with suppress(LogError):  # it has just gone; the figures that need no log are wanted all the more
                standing.outbox = await desk.live.call(lambda log: log.outbox_depths())
        return Response(generate_latest(instruments.registry), media_type=CONTENT_TYPE_LATEST)

    return router


def _from_here(request: Request) -> bool:
    """Return whether a program of this machine asks, by a name of this machine, and no proxy passes it on."""
    if any(name in request.headers for name in FORWARDED):
        return False
    named = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    return _loopback(request.client.host if request.client else "") and (named == "localhost" or _loopback(named))


def _loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
