"""Whether this server lives, and whether it is to be sent requests: ``/health`` and ``/ready``."""

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Annotated, Final

import structlog
from fastapi import APIRouter, Depends, Request, Response

from console import __version__
from console.conversation.commands import Readiness
from console.desk.desk import Desk
from console.desk.log import LogError
from console.server.answers import answer

WITHIN: Final = 2.0
"""Seconds in which the log must answer."""

FRESH: Final = 1.0
"""Seconds for which an answer of the log stands: whoever asks meanwhile asks nothing of the database."""

AWAY: Final = "the log cannot be read or written"
SILENT: Final = "the log does not answer"

_log = structlog.get_logger(__name__)


class Health:
    """The state of one server. Asking costs the event loop nothing, and the log one look a second at most."""

    def __init__(self, desk: Desk, clock: Callable[[], float] = monotonic) -> None:
        self._desk, self._clock = desk, clock
        self._looking: asyncio.Task[str] | None = None
        self._looked = 0.0
        self._said = "ok"

    async def ready(self) -> Readiness:
        """Return whether the server serves, and whether assistance is there, or why not."""
        desk, said = self._desk, await self.log()
        assist, serves = desk.assistance.status, said == "ok" and not desk.leaving
        return Readiness(
            ready=assist == "ready" and serves,
            assist=assist,
            knowledge=desk.looks_up,
            serves=serves,
            log=said,
            draining=desk.leaving,
            content=desk.content,
        )

    async def log(self) -> str:
        """Return ``ok``, or what is wrong with the log; within :data:`WITHIN` seconds in any case."""
        task = self._looking
        if task is None or (task.done() and self._clock() - self._looked >= FRESH):
            self._looked = self._clock()
            task = self._looking = asyncio.create_task(self._look())
        done, _ = await asyncio.wait({task}, timeout=WITHIN)
        said = task.result() if done else SILENT
        if said != self._said:  # once for each change, and why in the log alone: strangers may ask
            _log.warning("the log is away" if said != "ok" else "the log is back", log=said)
            self._said = said
        return said

    async def _look(self) -> str:
        try:
            await self._desk.live.call(lambda log: log.probe())
        except LogError as error:
            _log.info("the log was looked at", why=str(error))
            return AWAY
        return "ok"


async def health_of(request: Request) -> Health:
    """Return the state of the server that was asked."""
    health: Health = request.app.state.health
    return health


HealthHere = Annotated[Health, Depends(health_of)]


def health_router() -> APIRouter:
    """Return the routes that load balancers ask, and consoles."""
    router = APIRouter(tags=["health"])

    @router.get("/health")
    async def health() -> dict[str, str]:
        """Say that the server runs."""
        return {"status": "ok", "version": __version__}

    @router.get("/ready", response_model=Readiness, responses={503: {"model": Readiness}})
    async def ready(health: HealthHere) -> Response:
        """Say whether requests are to be sent here (200, or else 503), and whether assistance is there, or why not."""
        now = await health.ready()
        return answer(now, 200 if now.serves else 503)

    return router
