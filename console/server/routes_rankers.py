"""Routes of the ranker of suggested replies; for administrators. ``secondchair learn`` asks them."""

from fastapi import APIRouter, Response

from console.conversation.ranker_commands import RankerInForce
from console.conversation.ranker_events import RankerTrained
from console.server.access import Admin, DeskHere
from console.server.answers import answer
from console.server.bodies import Body

router = APIRouter(prefix="/v1/rankers", tags=["rankers"])


@router.post("", response_model=RankerInForce)
async def learned(trained: Body[RankerTrained], admin: Admin, desk: DeskHere) -> Response:
    """Log a ranker that was trained and judged; where it is better than the one in force, it takes its place."""
    return answer(await desk.ranking.learned(admin, trained))


@router.post("/back", response_model=RankerInForce)
async def back(admin: Admin, desk: DeskHere) -> Response:
    """Go back to the ranker that was in force before."""
    return answer(await desk.ranking.back(admin))
