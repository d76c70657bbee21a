"""Who has other things to practise is told at once, on whichever desk they are, and nobody else is."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from console.conversation.commands import Close
from console.conversation.people import Agent, Role
from console.conversation.practice import BeginPractice
from console.conversation.practice_assignments import AssignPractice
from console.desk.desk import Desk
from console.desk.hub import PracticeNews
from console.server.attendance import Attendance
from console.server.practice import PracticeDesk
from console.server.stream import followed
from tests.desks import ROBIN, SAM
from tests.server.conftest import Served
from tests.server.test_practice_plants import practice

TEO = Agent("teo", "Teo Brandt", Role.TRAINER)
KNOWN = frozenset({ROBIN.id, SAM.id})
TEAMS = frozenset({"boots"})
SCENARIO = "boots-before-the-ridge"


def to_robin(*people: str, teams: tuple[str, ...] = ()) -> AssignPractice:
    """An assignment of one scenario."""
    return AssignPractice(SCENARIO, people, teams=teams)


async def test_an_assignment_and_the_session_that_does_it_are_told_to_their_agent(served: Served) -> None:
    """A session that was begun for no assignment changes nothing; to teams everybody listens."""
    async with practice(served) as desk:
        with served.desk.live.hub.listen() as live, desk.desk.live.hub.listen() as beside:
            given = await desk.training.assign(TEO, to_robin(ROBIN.id), KNOWN, TEAMS)
            for assignment in ("", given):
                session = await desk.sessions.begin(ROBIN, BeginPractice(SCENARIO, assignment=assignment))
                await desk.desk.casework.close(ROBIN, session, Close("practice", resolved=True))
            await desk.training.assign(TEO, to_robin(teams=("boots",)), KNOWN, TEAMS)
            own, everybody = PracticeNews(frozenset({ROBIN.id})), PracticeNews()
            for listener in (live, beside):
                listener.end()
                heard = [item async for item in listener if isinstance(item, PracticeNews)]
                assert heard == [own, own, everybody]


@pytest.mark.parametrize("agent", [ROBIN, SAM])
async def test_a_console_is_sent_what_is_about_its_agent(served: Served, agent: Agent) -> None:
    """As an event without content: what was asked of others is nobody's business."""
    async with practice(served) as desk:
        stream = followed(served.desk.live, None, Attendance(), agent=agent.id)
        sent = asyncio.ensure_future(anext(stream))
        await listening(served.desk)
        await assigned_to_both(desk, agent)
        assert await sent == b"event: practice\r\ndata: {}\r\n\r\n"
        await closed(stream)


async def assigned_to_both(desk: PracticeDesk, agent: Agent) -> None:
    """Give something to the other one first, then to the agent."""
    for person in sorted(KNOWN, key=lambda one: one == agent.id):
        await desk.training.assign(TEO, to_robin(person), KNOWN, TEAMS)


async def listening(desk: Desk) -> None:
    """Wait until somebody follows the desk."""
    while not desk.live.hub.listening:  # noqa: ASYNC110 - it tells nobody
        await asyncio.sleep(0)


async def closed(stream: AsyncIterator[bytes]) -> None:
    """Let go of a stream."""
    await stream.aclose()  # type: ignore[attr-defined]
