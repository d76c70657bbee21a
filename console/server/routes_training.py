"""Routes around practice sessions: assignments, past sessions, points scored by trainers, and what people practised."""

from fastapi import APIRouter, Response

from console.conversation.practice_assignments import AssignmentMade, Assignments, AssignPractice
from console.conversation.practice_training import OverrulePoint, OwnPractice, PastSessions, Training
from console.server.access import Reviewing, Staff
from console.server.answers import answer
from console.server.bodies import Body
from console.server.routes_practice import PracticeHere

router = APIRouter(prefix="/v1/practice", tags=["practice"])


@router.get("/own", response_model=OwnPractice)
async def own(agent: Staff, practice: PracticeHere) -> Response:
    """Return what one has still to play that was assigned, and what to play next."""
    return answer(await practice.look.own(agent))


@router.get("/sessions", response_model=PastSessions)
async def sessions(agent: Staff, practice: PracticeHere, own: bool = False) -> Response:
    """Return sessions, the newest first: one's own, and for trainers and leads everybody's, unless ``own`` is asked."""
    return answer(practice.look.sessions(agent, own=own))


@router.post("/sessions/{conversation}/points", status_code=204)
async def overrule(conversation: str, command: Body[OverrulePoint], person: Reviewing, practice: PracticeHere) -> None:
    """Score a point of a session otherwise, confirm the engine's, or take that back; for trainers and leads."""
    await practice.training.overrule(person, conversation, command)


@router.get("/assignments", response_model=Assignments)
async def assignments(_: Reviewing, practice: PracticeHere) -> Response:
    """Return what is assigned to whom and how far it is played, and to whom more can be given."""
    return answer(await practice.look.assignments())


@router.post("/assignments", response_model=AssignmentMade)
async def assign(command: Body[AssignPractice], person: Reviewing, practice: PracticeHere) -> Response:
    """Give a scenario to people and teams."""
    trainees = await practice.look.trainees()
    teams = frozenset(team for one in trainees.values() for team in one.teams)
    return answer(AssignmentMade(await practice.training.assign(person, command, frozenset(trainees), teams)))


@router.delete("/assignments/{assignment}", status_code=204)
async def withdraw(assignment: str, person: Reviewing, practice: PracticeHere) -> None:
    """Take an assignment back: it need not be played any more."""
    await practice.training.withdraw(person, assignment)


@router.get("/people", response_model=Training)
async def people(_: Reviewing, practice: PracticeHere) -> Response:
    """Return what each agent and team practised, what to play next, and how far trainers agree with the engine."""
    return answer(await practice.look.training())
