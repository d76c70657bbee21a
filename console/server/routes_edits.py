"""Routes of why suggestions were changed: shares of reasons, the seconds saved, and what is behind a share."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from console.conversation.edits import AskedEdits, Edits, Reason
from console.conversation.reviews import By, Exchanges
from console.server.access import Leading
from console.server.answers import answer
from console.server.edits import EditReasons
from console.server.routes_review import NAME, Wait, Weeks

router = APIRouter(prefix="/v1/review/edits", tags=["review"])


@router.get("", response_model=Edits)
async def edits(_: Leading, request: Request, weeks: Weeks, wait: Wait = None) -> Response:
    """Return the edits of the last weeks by reason, of all and by group, and an estimate of the seconds saved.

    After ``wait`` seconds ``progress`` says how far the look has come, and the rest is empty: ask again.
    """
    return answer(await EditReasons(request.app.state.following).look(weeks, wait))


@router.get("/exchanges", response_model=Exchanges)
async def exchanges(
    _: Leading,
    request: Request,
    weeks: Weeks,
    by: By = By.ALL,
    name: Annotated[str, Query(max_length=NAME)] = "",
    reason: Reason = Reason.FACT,
) -> Response:
    """Return the edits that a share counts, the newest 50, with what was suggested and what was sent."""
    return answer(await EditReasons(request.app.state.following).behind(weeks, AskedEdits(by, name, reason)))
