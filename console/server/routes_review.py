"""Routes of the lead's review: figures, what is behind them, what is to be judged, and marked changes."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from console.conversation.review_commands import Asked, Judge, MarkChange, Marked
from console.conversation.reviews import USUAL_WEEKS, WEEKS, By, Exchanges, Measure, Review, ReviewQueue, Uptake
from console.desk.errors import Refused
from console.server.access import DeskHere, Leading
from console.server.answers import answer
from console.server.bodies import Body
from console.server.reviewing import Reviewing

router = APIRouter(prefix="/v1/review", tags=["review"])

NAME = 500
"""Characters of a group's name that are looked at."""


def reviewing_of(request: Request) -> Reviewing:
    """Return the review of this server."""
    reviewing: Reviewing = request.app.state.reviewing
    return reviewing


def weeks_of(weeks: Annotated[int, Query(ge=WEEKS[0], le=WEEKS[-1])] = USUAL_WEEKS) -> int:
    """Return how many weeks are looked back on."""
    if weeks not in WEEKS:
        raise Refused(f"a review looks back on {', '.join(map(str, WEEKS))} weeks")
    return weeks


ReviewingHere = Annotated[Reviewing, Depends(reviewing_of)]
Weeks = Annotated[int, Depends(weeks_of)]
Wait = Annotated[float | None, Query(ge=0, le=60)]
"""Seconds after which a look that is not done yet says how far it is; for ever without it."""


@router.get("", response_model=Review)
async def review(_: Leading, reviewing: ReviewingHere, weeks: Weeks, wait: Wait = None) -> Response:
    """Return what became of the suggestions of the last weeks, week by week, with intervals.

    After ``wait`` seconds ``progress`` says how far the look has come, and the rest is empty: ask again.
    """
    return answer(await reviewing.look(weeks, wait))


@router.get("/exchanges", response_model=Exchanges)
async def exchanges(
    _: Leading,
    reviewing: ReviewingHere,
    weeks: Weeks,
    by: By = By.ALL,
    name: Annotated[str, Query(max_length=NAME)] = "",
    measure: Measure | Uptake = Measure.ACCEPTED,
    week: date | None = None,
    others: bool = False,
) -> Response:
    """Return what a figure counts, or with ``others`` the rest of its cases: the newest 50, with their events."""
    return answer(await reviewing.behind(weeks, Asked(by, name, measure, week, others)))


@router.get("/queues/{queue}", response_model=Exchanges)
async def queue(
    queue: ReviewQueue, _: Leading, reviewing: ReviewingHere, weeks: Weeks, judged: bool = False
) -> Response:
    """Return what is to be judged next of a queue, in the order of chance; or what was judged of it."""
    return answer(await reviewing.queue(weeks, queue, done=judged))


@router.post("/judgements", status_code=204)
async def judge(command: Body[Judge], lead: Leading, desk: DeskHere) -> None:
    """Judge a suggestion or a flag."""
    await desk.reviews.judge(lead, command)


@router.post("/changes", response_model=Marked)
async def mark(command: Body[MarkChange], lead: Leading, desk: DeskHere) -> Response:
    """Mark that something changed: before and after it are compared."""
    return answer(await desk.reviews.mark(lead, command))


@router.delete("/changes/{change}", status_code=204)
async def unmark(change: str, lead: Leading, desk: DeskHere) -> None:
    """Take such a mark back."""
    await desk.reviews.unmark(lead, change)
