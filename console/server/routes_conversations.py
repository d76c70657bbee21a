"""Routes of one conversation: reading, claiming, writing, closing."""

import asyncio
from collections.abc import Sequence

from fastapi import APIRouter, Response

from console.assist.completions import Completion
from console.conversation import commands as c
from console.conversation.assistance import Flag
from console.desk.assistant import talk_of
from console.server.access import Correcting, DeskHere, Leading, Staff, Working
from console.server.answers import answer
from console.server.bodies import Body

router = APIRouter(prefix="/v1/conversations/{conversation}", tags=["conversations"])


@router.get("", response_model=c.ConversationPage)
async def read(conversation: str, agent: Staff, desk: DeskHere) -> Response:
    """Return a conversation with the agent's unsent draft."""
    draft = await desk.casework.draft(agent, conversation)
    return answer(c.ConversationPage(await desk.live.state(conversation), draft))


@router.post("/claim", response_model=c.ConversationPage)
async def claim(conversation: str, agent: Working, desk: DeskHere) -> Response:
    """Take a conversation that nobody has."""
    state = await desk.casework.claim(agent, conversation)
    return answer(c.ConversationPage(state, await desk.casework.draft(agent, conversation)))


@router.post("/release", status_code=204)
async def release(conversation: str, command: Body[c.Release], agent: Working, desk: DeskHere) -> None:
    """Give it back to the queue, or park it."""
    await desk.casework.release(agent, conversation, command)


@router.post("/close", status_code=204)
async def close(conversation: str, command: Body[c.Close], agent: Working, desk: DeskHere) -> None:
    """End it."""
    await desk.wrap_ups.close(agent, conversation, command)


@router.post("/reopen", status_code=204)
async def reopen(conversation: str, command: Body[c.Reopen], agent: Working, desk: DeskHere) -> None:
    """Take it up again."""
    await desk.casework.reopen(agent, conversation, command)


@router.post("/messages", response_model=c.SendResult)
async def send(conversation: str, command: Body[c.SendMessage], agent: Working, desk: DeskHere) -> Response:
    """Send a text to the customer, unless a flag stands in the way."""
    return answer(await desk.sending.send(agent, conversation, command))


@router.post("/check", response_model=dict[str, tuple[Flag, ...]])
async def check(conversation: str, command: Body[c.CheckDraft], _: Working, desk: DeskHere) -> Response:
    """Return the flags that a draft raises."""
    return answer({"flags": list(await desk.sending.check(conversation, command.text))})


@router.post("/approvals", response_model=c.ApprovalAsked)
async def ask_approval(conversation: str, command: Body[c.RequestApproval], agent: Working, desk: DeskHere) -> Response:
    """Ask a lead to let a blocked text go out."""
    approval, flags = await desk.sending.ask_approval(agent, conversation, command)
    return answer(c.ApprovalAsked(approval, flags))


@router.post("/approvals/{approval}", status_code=204)
async def decide_approval(
    conversation: str, approval: str, command: Body[c.DecideApproval], lead: Leading, desk: DeskHere
) -> None:
    """Give a lead's answer."""
    await desk.sending.decide_approval(lead, conversation, approval, command)


@router.post("/notes", status_code=204)
async def note(conversation: str, command: Body[c.AddNote], agent: Staff, desk: DeskHere) -> None:
    """Write an internal note."""
    await desk.casework.note(agent, conversation, command)


@router.post("/typing", status_code=204)
async def typing(conversation: str, command: Body[c.Typing], agent: Working, desk: DeskHere) -> None:
    """Say that the agent types, or has stopped."""
    desk.casework.typing(agent, conversation, command.active)


@router.put("/draft", status_code=204)
async def save_draft(conversation: str, command: Body[c.SaveDraft], agent: Working, desk: DeskHere) -> None:
    """Keep the unsent text."""
    await desk.casework.save_draft(agent, conversation, command)


@router.post("/shown", status_code=204)
async def shown(conversation: str, command: Body[c.Shown], agent: Working, desk: DeskHere) -> None:
    """Say that suggestions stand on the screen."""
    await desk.feedback.shown(agent, conversation, command)


@router.post("/dismiss", status_code=204)
async def dismiss(conversation: str, command: Body[c.Dismiss], agent: Working, desk: DeskHere) -> None:
    """Put a suggestion away."""
    await desk.feedback.dismiss(agent, conversation, command)


@router.post("/rate", status_code=204)
async def rate(conversation: str, command: Body[c.Rate], agent: Working, desk: DeskHere) -> None:
    """Mark a suggestion."""
    await desk.feedback.rate(agent, conversation, command)


@router.put("/assistance", status_code=204)
async def assistance(conversation: str, command: Body[c.SetAssistance], agent: Working, desk: DeskHere) -> None:
    """Hide assistance for this conversation, or show it again."""
    await desk.feedback.set_assistance(agent, conversation, command)


@router.post("/flags/dismiss", status_code=204)
async def dismiss_flag(conversation: str, command: Body[c.DismissFlag], agent: Working, desk: DeskHere) -> None:
    """Put a flag aside."""
    await desk.feedback.dismiss_flag(agent, conversation, command)


@router.post("/summary", status_code=204)
async def correct_summary(
    conversation: str, command: Body[c.CorrectSummary], agent: Correcting, desk: DeskHere
) -> None:
    """Put a line of the summary right, take it out, or restore it."""
    await desk.corrections.correct(agent, conversation, command)


@router.get("/completions", response_model=c.Completions)
async def completions(conversation: str, _: Working, desk: DeskHere) -> Response:
    """Return sentences that the composer may complete to."""
    state = await desk.live.state(conversation)
    talk = talk_of(state, desk.now().date())
    found: Sequence[Completion] = ()
    if desk.completes_after:
        found = await asyncio.to_thread(desk.assistant.completions, talk, state.suggestions)
    texts, after = tuple(f.text for f in found), tuple(f.after for f in found)
    return answer(c.Completions(state.suggested_for, texts, desk.completes_after, after))
