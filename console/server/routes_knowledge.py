"""Routes for looking things up, and for the figures."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from console.conversation.assistance import SourceType
from console.conversation.commands import LookedUp, SearchResult, Source
from console.conversation.reviews import USUAL_WEEKS
from console.desk.errors import NotFound
from console.review.quality.quality import named_of
from console.review.reading import reported
from console.server.access import DeskHere, Leading, Staff, require_visible
from console.server.answers import answer
from console.server.bodies import Body
from console.text import clean_line

router = APIRouter(prefix="/v1", tags=["knowledge"])


@router.get("/search", response_model=SearchResult)
async def search(
    q: Annotated[str, Query(max_length=2000)], _: Staff, desk: DeskHere, k: Annotated[int, Query(ge=1, le=50)] = 10
) -> Response:
    """Search the knowledge base by hand."""
    lookup = desk.lookup
    return answer(await asyncio.to_thread(lookup.search, clean_line(q, 2000), k))


@router.post("/lookups", status_code=204)
async def looked_up(command: Body[LookedUp], agent: Staff, desk: DeskHere) -> None:
    """Say that a look-up by hand is done with: what no article answers is kept as a gap of the knowledge base."""
    require_visible(desk, agent, command.conversation)
    await desk.lookups.done(agent, command)


@router.get("/sources/{kind}", response_model=Source)
async def source(
    kind: SourceType,
    source_id: Annotated[str, Query(alias="id", max_length=1000)],
    _: Staff,
    desk: DeskHere,
    passage: Annotated[str, Query(max_length=20_000)] = "",
) -> Response:
    """Return the whole source of a suggestion with the cited passage marked."""
    found = await asyncio.to_thread(desk.lookup.source, kind, source_id, passage)
    if found is None:
        raise NotFound(f"there is no {kind} '{source_id}' any more")
    return answer(found)


@router.get("/report")
async def report(_: Leading, desk: DeskHere, request: Request) -> dict[str, Any]:
    """Return what became of the suggestions, by kind and source."""
    books, money, now = request.app.state.books, request.app.state.money, desk.now()
    named = named_of(desk.quality.rubric)
    return await desk.live.call(lambda log: reported(log, books, now, USUAL_WEEKS, money=money, named=named))
