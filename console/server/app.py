"""The FastAPI application over a desk."""

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path

from fastapi import APIRouter, Depends, FastAPI

from console import __version__
from console.accounts import Accounts
from console.accounts.own_password import OwnPassword
from console.accounts.passwords import Passwords
from console.accounts.signing_in import SigningIn
from console.accounts.throttle import Limits
from console.desk.desk import Desk
from console.review.layers.cohort import Money
from console.server import (
    faults,
    routes_attachments,
    routes_automation,
    routes_boundary,
    routes_conversations,
    routes_customers,
    routes_desk,
    routes_edits,
    routes_escalations,
    routes_forecast,
    routes_knowledge,
    routes_layers,
    routes_making,
    routes_oidc,
    routes_practice,
    routes_quality,
    routes_queue,
    routes_rankers,
    routes_review,
    routes_rewriting,
    routes_sign_in,
    routes_sources,
    routes_tasks,
    routes_training,
    routes_upkeep,
    routes_weeks,
    routes_wrap_up,
)
from console.server.access import seen_here
from console.server.admission import Admission
from console.server.asking import asked_by
from console.server.attachment_links import LINK_SECONDS, Links
from console.server.attendance import Attendance
from console.server.audit import Audit
from console.server.chat.door import UPLOAD_SECONDS, UPLOADS
from console.server.escalating import Escalating
from console.server.following import Following
from console.server.health import Health, health_router
from console.server.helping import Helping
from console.server.kept_book import BookWriter
from console.server.later import Later
from console.server.metrics.door import MetricsTerms, metrics_router
from console.server.metrics.instruments import Instruments
from console.server.metrics.requests import CountedRequests
from console.server.quality import QualityLook
from console.server.refusals import Refusals
from console.server.request_ids import RequestIds
from console.server.reviewing import Reviewing
from console.server.routes_oidc import Oidc

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def create_app(
    desk: Desk,
    accounts: Accounts,
    *routers: APIRouter,
    lifespan: Lifespan | None = None,
    links: Links | None = None,
    metrics: MetricsTerms | None = None,
    limits: Limits | None = None,
    passwords: Passwords | None = None,
    oidc: Oidc | None = None,
    books: Path | None = None,
    writer: BookWriter | None = None,
) -> FastAPI:
    """Return the application; ``routers`` are further ones, such as the web chat's.

    ``links`` signs those to files; without it, with a key that ends with the process. ``lifespan`` starts and stops
    the desk and runs ``app.state.audit``; without it the caller does. ``metrics`` says who may read the figures;
    without it, this machine. ``limits`` say how often a password may be wrong. ``books`` is the folder in which what
    was counted of the log is kept, and ``writer`` keeps the lead's book there. ``app.state.money`` is what work costs;
    nothing, unless the caller says so.
    """
    app = FastAPI(
        title="Second Chair desk server",
        version=__version__,
        summary="Conversations, live events, suggestions and look-ups for consoles.",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # a redirect would name whatever host the request named
        lifespan=lifespan or _nothing,
        responses=faults.described(422),
    )
    app.state.desk, app.state.accounts, app.state.attendance = desk, accounts, Attendance()
    app.state.links = links or Links(secrets.token_bytes(32), LINK_SECONDS)
    app.state.health, counted = Health(desk), Instruments()
    app.include_router(health_router())
    app.include_router(metrics_router(desk, app.state.health, counted, metrics or MetricsTerms()))
    app.state.admission, app.state.audit = Admission(accounts), Audit(accounts, desk.live)
    _follow(app, desk, books, writer)
    app.state.passwords = passwords or Passwords()
    app.state.oidc = oidc
    app.state.signing_in = SigningIn(accounts, app.state.passwords, app.state.audit.refused, limits)
    app.state.own_password = OwnPassword(accounts, app.state.passwords, app.state.audit.refused, limits)
    _include_own(app)
    for router in routers:
        app.include_router(router)
    faults.install(app)
    app.add_middleware(Refusals, audit=app.state.audit)
    app.add_middleware(faults.BodyLimit, larger={UPLOADS: (desk.attachments.most_bytes + 1, UPLOAD_SECONDS)})
    app.add_middleware(CountedRequests, instruments=counted)
    app.add_middleware(RequestIds)
    return app


def _follow(app: FastAPI, desk: Desk, books: Path | None, writer: BookWriter | None) -> None:
    """Give the lead's pages what they are made of: the book that follows the log."""
    app.state.books, app.state.money = books, Money()
    app.state.following = following = Following(desk.live, desk.now, books, writer)
    desk.asked = partial(asked_by, following)
    app.state.reviewing = Reviewing(following, Helping(desk.live, books))
    app.state.later = Later(desk)
    app.state.escalating = Escalating(following, desk.live, desk.escalations)
    app.state.quality = QualityLook(following, lambda: desk.quality.rubric)


def _include_own(app: FastAPI) -> None:
    """Add the routes of consoles."""
    desk_wide = (routes_desk, routes_sign_in, routes_oidc, routes_customers, routes_attachments)
    practice = (routes_practice, routes_training, routes_making)
    knowledge = (routes_knowledge, routes_upkeep, routes_rankers)
    leading = (
        routes_review,
        routes_sources,
        routes_weeks,
        routes_edits,
        routes_layers,
        routes_escalations,
        routes_quality,
        routes_forecast,
        routes_automation,
    )
    conversation = (
        routes_conversations,
        routes_boundary,
        routes_queue,
        routes_rewriting,
        routes_tasks,
        routes_wrap_up,
    )
    guarded = faults.described(400, 401, 403, 404, 409, 413, 503)
    for routes in (*desk_wide, *practice, *knowledge, *leading):
        app.include_router(routes.router, responses=guarded)
    for routes in conversation:
        app.include_router(routes.router, responses=guarded, dependencies=[Depends(seen_here)])


@asynccontextmanager
async def _nothing(_: FastAPI) -> AsyncIterator[None]:
    yield
