"""Routes of practice: what there is to play, and beginning a session; it is played on the practice desk."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from console.conversation.practice import (
    BeginPractice,
    PlantsToldOf,
    PlantsToTell,
    PracticeOffers,
    PracticeReport,
    PracticeStarted,
    ReplayFrom,
)
from console.desk.errors import NotReady
from console.server.access import DeskHere, Playing, Staff
from console.server.answers import answer
from console.server.bodies import Body
from console.server.practice import PATH, PracticeDesk

router = APIRouter(prefix="/v1/practice", tags=["practice"])


async def practice_of(request: Request) -> PracticeDesk:
    """Return the practice desk of this server; raises :class:`NotReady` where there is none."""
    practice: PracticeDesk | None = getattr(request.app.state, "practice", None)
    if practice is None:
        raise NotReady(f"nobody can practise here: {getattr(request.app.state, 'no_practice', 'it is not set up')}")
    return practice


PracticeHere = Annotated[PracticeDesk, Depends(practice_of)]


@router.get("/scenarios", response_model=PracticeOffers)
async def scenarios(agent: Staff, practice: PracticeHere) -> Response:
    """Return what there is to play, and one's own sessions that go on."""
    return answer(await practice.offers(agent))


@router.get("/plants", response_model=PlantsToTell)
async def plants(agent: Staff, practice: PracticeHere) -> Response:
    """Return the planted suggestions of one's own sessions that one was not told of yet."""
    return answer(await practice.untold(agent))


@router.post("/sessions/{conversation}/plants", status_code=204)
async def told(conversation: str, command: Body[PlantsToldOf], agent: Staff, practice: PracticeHere) -> None:
    """Note that one has read which suggestions of one's own session were planted."""
    await practice.sessions.disclose(agent, conversation, command.suggestions)


@router.post("/sessions", response_model=PracticeStarted)
async def begin(command: Body[BeginPractice], agent: Playing, practice: PracticeHere, desk: DeskHere) -> Response:
    """Begin a session; it is played at the path that the answer names, with the same token."""
    if not practice.ready:
        raise NotReady(desk.assistance.status)
    practice.training.require_given(command)
    return answer(PracticeStarted(await practice.sessions.begin(agent, command), PATH))


@router.post("/sessions/{conversation}/replays", response_model=PracticeStarted)
async def replay(conversation: str, command: Body[ReplayFrom], agent: Playing, practice: PracticeHere) -> Response:
    """Take a session up again before one of the agent's messages: a new session, with the customer as they were."""
    return answer(PracticeStarted(await practice.replay(agent, conversation, command.message), PATH))


@router.get("/sessions/{conversation}", response_model=PracticeReport)
async def report(conversation: str, agent: Staff, practice: PracticeHere) -> Response:
    """Return what a session was worth, once it is over: one's own, and for trainers and leads anybody's."""
    return answer(await practice.report(agent, conversation))
