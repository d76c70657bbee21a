"""Routes of wrap-ups: what is proposed at a closing, and what is still to do after it."""

from fastapi import APIRouter, Response

from console.conversation.wrap_up import WrapUpProposal
from console.conversation.wrap_up_commands import FollowUps, TickFollowUp
from console.server.access import Correcting, DeskHere, Staff, Working
from console.server.answers import answer
from console.server.bodies import Body

router = APIRouter(prefix="/v1", tags=["wrap-up"])


@router.get("/conversations/{conversation}/wrap-up", response_model=WrapUpProposal)
async def propose(conversation: str, agent: Working, desk: DeskHere) -> Response:
    """Return the wrap-up that is proposed for a conversation that the agent has."""
    return answer(await desk.wrap_ups.propose(agent, conversation))


@router.post("/conversations/{conversation}/follow-ups", status_code=204)
async def tick(conversation: str, command: Body[TickFollowUp], agent: Correcting, desk: DeskHere) -> None:
    """Tick a follow-up off, or take that back."""
    await desk.follow_ups.tick(agent, conversation, command)


@router.get("/follow-ups", response_model=FollowUps)
async def follow_ups(agent: Staff, desk: DeskHere) -> Response:
    """Return what is still to do: one's own, and for leads everybody's."""
    return answer(await desk.follow_ups.page(agent))
