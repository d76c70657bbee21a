"""Routes of tasks for the bot: what it can ask for, letting it begin, taking it back."""

from fastapi import APIRouter, Response

from console.conversation.task_commands import DelegateTask, TaskOffer
from console.server.access import DeskHere, Working
from console.server.answers import answer
from console.server.bodies import Body

router = APIRouter(prefix="/v1/conversations/{conversation}/task", tags=["conversations"])


@router.get("", response_model=TaskOffer)
async def offer(conversation: str, agent: Working, desk: DeskHere) -> Response:
    """Return what the bot can ask the customer for."""
    return answer(await desk.tasks.offer(agent, conversation))


@router.post("", status_code=204)
async def delegate(conversation: str, command: Body[DelegateTask], agent: Working, desk: DeskHere) -> None:
    """Let the bot ask for these facts."""
    await desk.tasks.delegate(agent, conversation, command)


@router.delete("", status_code=204)
async def take_back(conversation: str, agent: Working, desk: DeskHere) -> None:
    """Take the conversation back from the bot."""
    await desk.tasks.take_back(agent, conversation)
