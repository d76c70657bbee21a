"""Planted suggestions over HTTP, on a server with a practice desk: told to who was given them, and to nobody else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from shutil import copytree

import pytest
from fastapi import FastAPI

from console import demo
from console.conversation.assist_events import RepliesSuggested
from console.conversation.commands import Close, Dismiss, Reopen, Shown
from console.conversation.events import NewEvent
from console.conversation.message import Author, Status
from console.conversation.people import Agent, Role
from console.conversation.practice import BeginPractice
from console.conversation.practice_events import PlantKind, PlantsDisclosed, SuggestionPlanted
from console.desk.errors import Refused
from console.desk.intake import Incoming
from console.practice.trusting import Fate, plants_met
from console.server.practice import PracticeDesk
from console.settings import Settings
from console.store.audit import AuditKey
from console.workspace import Workspace
from tests.desks import suggestion
from tests.server.conftest import Served

WRONG = suggestion("It takes 10 days.", "m7")


@asynccontextmanager
async def practice(served: Served) -> AsyncIterator[PracticeDesk]:
    """A practice desk beside the served one, with the demo's scenarios."""
    company = Path(demo.__file__).parent / "content"
    copytree(company / "practice", served.folder / "content/practice")
    (served.folder / "content/customers.jsonl").write_bytes((company / "customers.jsonl").read_bytes())
    key = AuditKey(bytes(32))
    made = PracticeDesk(Workspace(served.folder), Settings(), key, served.desk, lambda _: FastAPI(), lambda: ())
    served.app.state.practice = made
    await made.start()
    try:
        yield made
    finally:
        await made.stop()


async def left(desk: PracticeDesk, agent: Agent) -> str:
    """A session with a plant that its agent has left."""
    session = await desk.sessions.begin(agent, BeginPractice("boots-before-the-ridge", "planted", seed=1))
    plant = SuggestionPlanted(WRONG.id, PlantKind.FACT, "10 days", "It takes 5.", "It takes 5 days.")
    said = (plant, RepliesSuggested("m7", (WRONG,)))
    await desk.desk.live.record([NewEvent(session, "assist", data, desk.desk.now()) for data in said])
    return session


async def test_what_was_planted_is_told_until_it_was_read(served: Served) -> None:
    """To the agent of the session; a lead, who may see it, is told nothing of it as theirs."""
    async with practice(served) as desk, served.client() as robin, served.client(Role.LEAD) as marta:
        me = Agent((await robin.get("/v1/me")).json()["agent"]["id"], "Robin Ashdale")
        session = await left(desk, me)
        assert (await marta.get("/v1/practice/plants")).json()["sessions"] == []
        (told,) = (await robin.get("/v1/practice/plants")).json()["sessions"]
        assert (told["conversation"], told["closed"]) == (session, False)
        assert [(one["words"], one["right"], one["fate"]) for one in told["plants"]] == [
            ("10 days", "It takes 5 days.", "unseen")
        ]
        path, read = f"/v1/practice/sessions/{session}/plants", {"suggestions": [WRONG.id]}
        assert (await marta.post(path, json=read)).status_code == 404
        assert (await robin.post(path, json=read)).status_code == 204
        assert (await robin.get("/v1/practice/plants")).json()["sessions"] == []


async def test_a_session_goes_on_from_the_list_until_it_is_closed(served: Served) -> None:
    """One's own alone."""
    async with practice(served) as desk, served.client() as robin, served.client(Role.LEAD) as marta:
        me = Agent((await robin.get("/v1/me")).json()["agent"]["id"], "Robin Ashdale")
        session = await left(desk, me)
        offers = (await robin.get("/v1/practice/scenarios")).json()
        assert [(one["conversation"], one["assistance"]) for one in offers["under_way"]] == [(session, "planted")]
        assert offers["path"] == "/practice"
        assert (await marta.get("/v1/practice/scenarios")).json()["under_way"] == []
        await desk.desk.casework.close(me, session, Close("practice", resolved=False))
        assert (await robin.get("/v1/practice/scenarios")).json()["under_way"] == []
        (told,) = (await robin.get("/v1/practice/plants")).json()["sessions"]
        assert told["closed"]


async def test_where_one_practises_trainers_may_what_agents_may(served: Served) -> None:
    """On the practice desk alone: to try a scenario they have to answer its customer."""
    async with practice(served) as desk, served.client(Role.TRAINER) as teo:
        path = "/v1/conversations/c-none/claim"
        assert (await teo.post(path)).status_code == 403
        served.app.state.work_too = desk.app.state.work_too
        assert (await teo.post(path)).status_code == 404
        assert (await teo.post("/v1/practice/sessions/p-none/replays", json={"message": "m2"})).status_code == 404


async def test_the_desks_own_bot_leaves_the_bot_of_a_drill_alone(served: Served) -> None:
    """What that one says stands in the scenario; the other would give the conversation to people after a while."""
    async with practice(served) as desk:
        session = await desk.sessions.begin(Agent("robin", "Robin Ashdale"), BeginPractice("back-to-five-days", seed=1))
        await desk.desk.intake.receive(session, Incoming(Author.CUSTOMER, "Where is my refund?", "before.0"))
        assert (await desk.desk.live.state(session)).status is Status.BOT
        assert session not in desk.desk.bot.busy()


async def test_who_asks_for_the_plants_of_a_session_that_goes_on_catches_none_of_them_any_more(served: Served) -> None:
    """Also where they never say that they have read of them; that is told again, once it is over, too."""
    async with practice(served) as desk, served.client() as robin:
        me = Agent((await robin.get("/v1/me")).json()["agent"]["id"], "Robin Ashdale")
        session = await left(desk, me)
        await desk.desk.feedback.shown(me, session, Shown("m7", (WRONG.id,)))
        for _ in range(2):
            assert (await robin.get("/v1/practice/plants")).json()["sessions"]
        await desk.desk.feedback.dismiss(me, session, Dismiss(WRONG.id))
        history = await desk.desk.live.history(session)
        assert [event.data.read for event in history if isinstance(event.data, PlantsDisclosed)] == [False]
        assert [met.fate for met in plants_met(history)] == [Fate.OPEN]
        await desk.desk.casework.close(me, session, Close("practice", resolved=False))
        (told,) = (await robin.get("/v1/practice/plants")).json()["sessions"]
        assert told["closed"]


async def test_a_session_that_is_over_stays_so(served: Served) -> None:
    """Its debrief has told what the customer knows, and what was planted."""
    async with practice(served) as desk, served.client() as robin:
        me = Agent((await robin.get("/v1/me")).json()["agent"]["id"], "Robin Ashdale")
        session = await left(desk, me)
        await desk.desk.casework.close(me, session, Close("practice", resolved=False))
        with pytest.raises(Refused, match="answer otherwise in its debrief"):
            await desk.desk.casework.reopen(me, session, Reopen("I know it all now"))
