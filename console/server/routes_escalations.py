"""Routes of the review of escalations: patterns, what is behind them, a lead's judgement, and thresholds."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from console.conversation.escalation_commands import ChangeThreshold, JudgeEscalation, ThresholdNow, Trials
from console.conversation.escalations import Cases, Escalations, Part, Timing
from console.server.access import DeskHere, Leading, Reviewing
from console.server.answers import answer
from console.server.bodies import Body
from console.server.escalating import Escalating
from console.server.routes_review import NAME, Wait, Weeks

router = APIRouter(prefix="/v1/escalations", tags=["escalations"])


def escalating_of(request: Request) -> Escalating:
    """Return the review of escalations of this server."""
    escalating: Escalating = request.app.state.escalating
    return escalating


EscalatingHere = Annotated[Escalating, Depends(escalating_of)]
Name = Annotated[str, Query(max_length=NAME)]


@router.get("", response_model=Escalations)
async def escalations(_: Reviewing, escalating: EscalatingHere, weeks: Weeks, wait: Wait = None) -> Response:
    """Return where the bot gave conversations to people too early or too late, the worst first, with intervals.

    After ``wait`` seconds ``progress`` says how far the look has come, and the rest is empty: ask again.
    """
    return answer(await escalating.look(weeks, wait))


@router.get("/cases", response_model=Cases)
async def cases(
    _: Reviewing,
    escalating: EscalatingHere,
    weeks: Weeks,
    part: Part = Part.ALL,
    name: Name = "",
    timing: Timing | None = None,
) -> Response:
    """Return the newest 50 escalations of a pattern, each with why it is judged so and the messages that say so."""
    return answer(await escalating.cases(weeks, part, name, timing))


@router.post("/judgements", status_code=204)
async def judge(
    command: Body[JudgeEscalation], lead: Leading, desk: DeskHere, escalating: EscalatingHere, weeks: Weeks
) -> None:
    """Judge when a conversation was given to people; that counts in place of the rule."""
    await desk.escalations.judge(lead, command, await escalating.by_rule(weeks, command.conversation))


@router.get("/thresholds", response_model=Trials)
async def thresholds(
    _: Leading, escalating: EscalatingHere, weeks: Weeks, behaviour: Name, wait: Wait = None
) -> Response:
    """Return what other thresholds would have done to a behaviour's past conversations, and the one that is proposed.

    After ``wait`` seconds ``progress`` says how far the replay has come: ask again.
    """
    return answer(await escalating.trials(weeks, behaviour, wait))


@router.post("/thresholds", response_model=ThresholdNow)
async def change(command: Body[ChangeThreshold], lead: Leading, desk: DeskHere) -> Response:
    """Put a behaviour with another threshold in force; the change is marked, so that before and after are compared."""
    return answer(await desk.escalations.change(lead, command))


@router.post("/thresholds/{change}/back", response_model=ThresholdNow)
async def back(change: str, lead: Leading, desk: DeskHere) -> Response:
    """Take such a change back, where the behaviour is still as it was left."""
    return answer(await desk.escalations.restore(lead, change))
