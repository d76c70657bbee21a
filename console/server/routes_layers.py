"""Routes of the figures by layer: what each layer did, the agents' load, and the conversations behind a figure."""

from datetime import date, datetime
from functools import partial
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response

from console.conversation.layers import AskedTalks, Layers, Metric, ToldTalks
from console.conversation.message import Layer
from console.desk.log import EventLog
from console.review.book import Book
from console.review.layers.behind import talks_behind
from console.review.layers.cohort import Money
from console.review.layers.looking import layers_of
from console.review.reading import event_at
from console.server.access import Leading
from console.server.answers import answer
from console.server.following import Following, Progress
from console.server.routes_review import Wait, Weeks

router = APIRouter(prefix="/v1/layers", tags=["review"])

NAME: Final = 500
"""Characters of a disposition that are looked at."""


@router.get("", response_model=Layers)
async def layers(_: Leading, request: Request, weeks: Weeks, wait: Wait = None) -> Response:
    """Return the figures of each layer for the last weeks, week by week, with intervals, and the agents' load.

    After ``wait`` seconds ``progress`` says how far the look has come, and the rest is empty: ask again.
    """
    following, money = _here(request)

    def make(book: Book, until: datetime, weeks: int) -> Layers:
        return layers_of(book, until, weeks, money)

    found = await following.look("layers", weeks, make, wait)
    return answer(Layers(weeks=weeks, progress=found.words) if isinstance(found, Progress) else found)


@router.get("/conversations", response_model=ToldTalks)
async def conversations(
    _: Leading,
    request: Request,
    weeks: Weeks,
    layer: Layer,
    metric: Metric = Metric.RESOLVED,
    week: date | None = None,
    others: bool = False,
    disposition: Annotated[str | None, Query(max_length=NAME)] = None,
) -> Response:
    """Return the conversations that a figure counts, or with ``others`` the rest of its cases: 50 at most.

    With ``disposition`` those that were closed with it. Of shares the newest come first; of times and costs the
    largest, of ratings the lowest, and with ``others`` the other way round.
    """
    following, money = _here(request)
    asked = AskedTalks(layer, metric, week, others, disposition)

    def find(log: EventLog, book: Book, until: datetime) -> ToldTalks:
        return talks_behind(book, until, weeks, asked, partial(event_at, log), money)

    return answer(await following.read(weeks, find))


def _here(request: Request) -> tuple[Following, Money]:
    following: Following = request.app.state.following
    money: Money = request.app.state.money
    return following, money
