"""Routes of quality review: figures, what is behind them, what is to be marked, and people's marks."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from console.conversation.quality import Mark
from console.conversation.quality_commands import AskedMarks, MarkAgain, MarkQuality
from console.conversation.quality_review import MarkedList, Quality
from console.conversation.reviews import By
from console.review.quality.exchanges import of_conversation
from console.review.quality.quality import named_of
from console.server.access import DeskHere, Leading, Reviewing
from console.server.answers import answer
from console.server.bodies import Body
from console.server.quality import QualityLook
from console.server.routes_review import NAME, Wait, Weeks

router = APIRouter(prefix="/v1/quality", tags=["quality"])


def quality_look(request: Request) -> QualityLook:
    """Return the quality review of this server."""
    look: QualityLook = request.app.state.quality
    return look


LookHere = Annotated[QualityLook, Depends(quality_look)]


@router.get("", response_model=Quality)
async def quality(_: Reviewing, look: LookHere, weeks: Weeks, wait: Wait = None) -> Response:
    """Return how good conversations were in the last weeks, by criterion, week, intent and team.

    After ``wait`` seconds ``progress`` says how far the look has come, and the rest is empty: ask again.
    """
    return answer(await look.look(weeks, wait))


@router.get("/marks", response_model=MarkedList)
async def marks(
    _: Reviewing,
    look: LookHere,
    weeks: Weeks,
    criterion: Annotated[str, Query(max_length=NAME)],
    mark: Mark = Mark.NOT_MET,
    by: By = By.ALL,
    name: Annotated[str, Query(max_length=NAME)] = "",
    week: date | None = None,
) -> Response:
    """Return the conversations with this mark, the newest 50, with the words that speak for it."""
    return answer(await look.behind(weeks, AskedMarks(criterion, mark, by, name, week)))


@router.get("/conversations/{name}", response_model=MarkedList)
async def marks_of(name: str, _: Reviewing, desk: DeskHere) -> Response:
    """Return every criterion of a closed conversation with its marks and the words that speak for them."""
    return answer(of_conversation(await desk.live.history(name), named_of(desk.quality.rubric)))


@router.get("/queue", response_model=MarkedList)
async def queue(_: Reviewing, look: LookHere, weeks: Weeks) -> Response:
    """Return what is to be marked next, in the order of chance, without the engine's marks."""
    return answer(await look.waiting(weeks))


@router.post("/marks", status_code=204)
async def mark(command: Body[MarkQuality], person: Reviewing, desk: DeskHere) -> None:
    """Mark a criterion of a closed conversation, or take one's mark back; for leads and trainers."""
    await desk.quality.mark(person, command)


@router.post("/again", status_code=204)
async def again(command: Body[MarkAgain], lead: Leading, desk: DeskHere) -> None:
    """Have the engine mark older conversations anew, by the rubric in force."""
    await desk.quality.again(lead, command)
