"""Routes of queues and teamwork: the next conversation, transfers, a lead's rebalancing, colleagues beside a chat."""

from dataclasses import replace

from fastapi import APIRouter, Response

from console.conversation import queue_commands as q
from console.server.access import Correcting, DeskHere, Leading, Staff, Working
from console.server.answers import answer
from console.server.bodies import Body

router = APIRouter(prefix="/v1", tags=["queue"])


@router.get("/queue", response_model=q.QueuePage)
async def queue(agent: Staff, desk: DeskHere) -> Response:
    """Return what waits in its order, who is there, and for leads what they may move."""
    return answer(desk.queue.page(agent))


@router.post("/queue/next", response_model=q.Taken)
async def take_next(agent: Working, desk: DeskHere) -> Response:
    """Take the waiting conversation that is next for the agent."""
    state, reasons = await desk.queue.next(agent)
    return answer(q.Taken(state, await desk.casework.draft(agent, state.id), reasons))


@router.post("/queue/rebalance", response_model=q.QueuePage)
async def rebalance(lead: Leading, desk: DeskHere) -> Response:
    """Move what is better with somebody else; returns the queue, with the moves that were made."""
    moves = await desk.queue.rebalance(lead)
    page = desk.queue.page(lead)
    return answer(replace(page, moves=moves))


@router.post("/conversations/{conversation}/transfer", status_code=204)
async def transfer(conversation: str, command: Body[q.Transfer], agent: Correcting, desk: DeskHere) -> None:
    """Pass a conversation on to a colleague, a skill or a tier; a lead may pass on anybody's."""
    await desk.queue.transfer(agent, conversation, command)


@router.post("/conversations/{conversation}/park", status_code=204)
async def park(conversation: str, command: Body[q.Park], agent: Working, desk: DeskHere) -> None:
    """Set it aside until the customer writes or a time comes."""
    await desk.queue.park(agent, conversation, command)


@router.post("/conversations/{conversation}/asides", status_code=204)
async def say(conversation: str, command: Body[q.Say], agent: Staff, desk: DeskHere) -> None:
    """Ask a colleague, answer one, or whisper to the agent."""
    await desk.teamwork.say(agent, conversation, command)


@router.post("/conversations/{conversation}/lead", status_code=204)
async def call_lead(conversation: str, command: Body[q.CallLead], agent: Working, desk: DeskHere) -> None:
    """Call a lead in."""
    await desk.teamwork.call_lead(agent, conversation, command)


@router.put("/conversations/{conversation}/watch", status_code=204)
async def watch(conversation: str, lead: Staff, desk: DeskHere) -> None:
    """Begin to watch; for leads, and where people practise for trainers."""
    await desk.teamwork.watch(lead, conversation, on=True)


@router.delete("/conversations/{conversation}/watch", status_code=204)
async def unwatch(conversation: str, lead: Staff, desk: DeskHere) -> None:
    """Watch no longer."""
    await desk.teamwork.watch(lead, conversation, on=False)
