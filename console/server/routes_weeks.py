"""Routes by which a lead lets weeks pass in a demo."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from console.conversation.weeks import LetWeeksPass, WeeksAhead
from console.server.access import Leading
from console.server.answers import answer
from console.server.bodies import Body
from console.server.later import Later

router = APIRouter(prefix="/v1/review/weeks", tags=["review"])


def later_of(request: Request) -> Later:
    """Return the weeks of this server's desk."""
    later: Later = request.app.state.later
    return later


LaterHere = Annotated[Later, Depends(later_of)]


@router.get("", response_model=WeeksAhead)
async def ahead(_: Leading, later: LaterHere) -> Response:
    """Return whether weeks can pass here, how many have, and how far the newest are written."""
    return answer(await later.look())


@router.post("", response_model=WeeksAhead)
async def let_pass(command: Body[LetWeeksPass], lead: Leading, later: LaterHere) -> Response:
    """Let weeks pass, in a demo alone: its clock goes forward, and generated history fills them."""
    return answer(await later.let_pass(lead, command))
