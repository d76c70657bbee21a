"""The route of the forecast: what the coming week brings, by hour."""

from datetime import datetime
from functools import partial

from fastapi import APIRouter, Request, Response

from console.conversation.forecasts import Forecast
from console.desk.desk import Desk
from console.review.book import Book
from console.review.forecast.arrivals import Arrivals
from console.review.forecast.forecasting import Ways, forecast_of
from console.server.access import DeskHere, Leading
from console.server.answers import answer
from console.server.following import Following, Progress
from console.server.routes_review import Wait, Weeks

router = APIRouter(prefix="/v1/review", tags=["review"])


@router.get("/forecast", response_model=Forecast)
async def forecast(
    request: Request,
    _: Leading,
    desk: DeskHere,
    weeks: Weeks,
    wait: Wait = None,
) -> Response:
    """Return how many customers and hand-overs the coming seven days are to bring, hour by hour, with intervals.

    It rests on the last ``weeks``. After ``wait`` seconds ``progress`` says how far the look has come: ask again.
    """
    following: Following = request.app.state.following
    ways = ways_of(desk)
    today = desk.now().astimezone(ways.calendar.zone)
    make = partial(_forecast, ways=ways)
    found = await following.look(f"forecast {today:%A}", weeks, make, wait)  # tomorrow's is another one
    return answer(Forecast(progress=found.words) if isinstance(found, Progress) else found)


def ways_of(desk: Desk) -> Ways:
    """Return what a desk has set that a forecast goes by."""
    rules = desk.queue.rules
    return Ways(rules.hours, rules.capacity, rules.targets.first[0])


def _forecast(book: Book, until: datetime, weeks: int, ways: Ways) -> Forecast:
    return forecast_of(book.of(Arrivals), until, weeks, ways)
