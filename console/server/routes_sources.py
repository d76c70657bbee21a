"""Routes of the sources of suggested replies: what speaks for and against each, and retiring one."""

from functools import partial

from fastapi import APIRouter, Request, Response

from console.conversation.sources import RetiredSources, RetireSource, Sources
from console.review.sources.look import sources_of
from console.server.access import DeskHere, Leading
from console.server.answers import answer
from console.server.bodies import Body
from console.server.following import Following, Progress
from console.server.routes_review import Wait, Weeks

router = APIRouter(prefix="/v1/review/sources", tags=["review"])


@router.get("", response_model=Sources)
async def sources(
    _: Leading,
    desk: DeskHere,
    request: Request,
    weeks: Weeks,
    wait: Wait = None,
) -> Response:
    """Return every source of the last weeks' replies, the most doubtful first, and what is retired.

    After ``wait`` seconds ``progress`` says how far the look has come, and the rest is empty: ask again.
    """
    following: Following = request.app.state.following
    make = partial(sources_of, retired=desk.retiring.standing())
    found = await following.look("sources", weeks, make, wait)
    return answer(Sources(weeks, progress=found.words) if isinstance(found, Progress) else found)


@router.post("/retire", response_model=RetiredSources)
async def retire(command: Body[RetireSource], lead: Leading, desk: DeskHere) -> Response:
    """Retire a macro or an article: no reply is suggested from it any more. A change is marked."""
    return answer(await desk.retiring.retire(lead, command.source))


@router.post("/back", response_model=RetiredSources)
async def bring_back(command: Body[RetireSource], lead: Leading, desk: DeskHere) -> Response:
    """Let replies be suggested from it again."""
    return answer(await desk.retiring.bring_back(lead, command.source))
