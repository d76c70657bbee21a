"""Routes of the boundary between the bot, assistance and people alone."""

from fastapi import APIRouter

from console.conversation.boundary_commands import AllowAssistance, MarkBotAnswer
from console.server.access import Correcting, DeskHere, Drafting
from console.server.bodies import Body

router = APIRouter(prefix="/v1/conversations/{conversation}", tags=["conversations"])


@router.put("/allowed", status_code=204)
async def allow(conversation: str, command: Body[AllowAssistance], agent: Correcting, desk: DeskHere) -> None:
    """Let assistance into what is reserved for people (leads and admins), or take that back."""
    await desk.boundary.allow(agent, conversation, command)


@router.put("/bot-answers", status_code=204)
async def mark(conversation: str, command: Body[MarkBotAnswer], agent: Drafting, desk: DeskHere) -> None:
    """Mark an answer of the bot right or wrong, or take the mark back."""
    await desk.boundary.mark(agent, conversation, command)
