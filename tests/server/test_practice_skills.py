"""What a practice session can be passed on for, over HTTP on a server with a practice desk."""

from shutil import rmtree

import pytest

from console.conversation.people import Agent
from console.conversation.practice import BeginPractice
from console.conversation.queue_commands import Transfer
from console.conversation.queue_rules import QueueRules
from console.desk.errors import Refused
from tests.server.conftest import Served
from tests.server.test_practice_plants import practice


async def test_a_session_can_be_passed_on_for_the_companys_skills_and_for_what_drills_want(served: Served) -> None:
    """A word that is neither is refused as on the desk, and the session goes on."""
    served.desk.queue.rules = QueueRules(skills=frozenset({"refunds"}))
    async with practice(served) as desk, served.client() as robin:
        assert (await robin.get("/v1/queue")).json()["skills"] == ["refunds"]
        me = Agent((await robin.get("/v1/me")).json()["agent"]["id"], "Robin Ashdale")
        assert desk.desk.queue.page(me).skills == ("business", "refunds")
        session = await desk.sessions.begin(me, BeginPractice("twelve-lamps-and-an-invoice", seed=1))
        with pytest.raises(Refused, match="nobody here has the skill 'staffcomplaints'; there are: business, refunds"):
            await desk.desk.queue.transfer(me, session, Transfer(skill="staffcomplaints"))
        assert session in desk.desk.live.rows
        await desk.desk.queue.transfer(me, session, Transfer(skill="business"))


async def test_scenarios_that_cannot_be_read_leave_the_companys_skills(served: Served) -> None:
    """Who passes on is not kept from it."""
    served.desk.queue.rules = QueueRules(skills=frozenset({"refunds"}))
    async with practice(served) as desk, served.client() as robin:
        (served.folder / "content/practice/broken.toml").write_text("id = ")
        me = Agent((await robin.get("/v1/me")).json()["agent"]["id"], "Robin Ashdale")
        assert desk.desk.queue.page(me).skills == ("refunds",)
        rmtree(served.folder / "content/practice")
        assert desk.desk.queue.page(me).skills == ("refunds",)
