"""Two people who change one draft at the same moment, each on a server of their own: the second is told."""

import asyncio
from pathlib import Path

import pytest

from console.conversation.people import Agent, Role
from console.conversation.scenario_drafts import EditScenario, ScenarioCheck, ScenarioDraft
from console.desk.errors import Taken
from console.desk.scenario_drafts import ScenarioDraftDesk
from console.server.behaviour_shelf import BehaviourFolderShelf
from tests.team.conftest import Join

pytestmark = pytest.mark.slow

TILDA = Agent("tilda", "Tilda Marrow", Role.TRAINER)


async def test_neither_of_two_on_two_servers_loses_what_they_wrote(join: Join, tmp_path: Path) -> None:
    """Of edits of the same state one is kept; who wrote the others hears of it."""
    shelf = BehaviourFolderShelf(tmp_path / "practice", "scenario")
    desks = await join(), await join()
    servers = [ScenarioDraftDesk(desk.live, lambda *_: ScenarioCheck(), shelf, desk.now) for desk in desks]
    made = await servers[0].begin(TILDA, "late-1a2b", "good", "c1", ())
    edits = [servers[number % 2].edit(TILDA, made.id, EditScenario(f"good, {number}", made.seq)) for number in range(6)]
    done = await asyncio.gather(*edits, return_exceptions=True)
    kept = [one.text for one in done if isinstance(one, ScenarioDraft)]
    assert kept == [(await servers[1].one(made.id)).text]
    assert sum(isinstance(one, Taken) for one in done) == len(edits) - 1
