"""Whatever part of a team's desk is killed, messages and assistance go on, and nothing acknowledged is lost."""

import os
from pathlib import Path

import pytest

from tests.channels.synapse import Synapse, missing
from tests.faults.figures import worst
from tests.faults.killing import Killing
from tests.faults.slower import SLOWER
from tests.faults.team import Team

FLOWS = 5.0
"""Seconds until messages flow again, in both directions."""

HELPS = 15.0
"""Seconds until assistance does."""

KILLS = int(os.environ.get("FAULTS_KILLS", "200"))


async def test_five_kills_lose_nothing(tmp_path: Path) -> None:
    """The database twice, the customers' own programs, a console, and a server at the end."""
    with Team(tmp_path / "team", demo=False) as team:
        team.members[0].wait(assists=True)
        run = Killing(team, tmp_path / "sam", seed=1, thorough=False)
        await run.run(["database", "chat", "console", "database", "server"])
        assert "whole" in team.verify()
    assert sum(run.kills.values()) == 5


@pytest.mark.slow
async def test_many_kills_lose_nothing_and_soon_all_goes_on(tmp_path: Path) -> None:
    """Two hundred under load, Synapse among what is killed; FAULTS_KILLS says how many, and -s shows the figures."""
    if why := missing():
        pytest.skip(why)
    synapse = Synapse()
    try:
        synapse.start()
        desk, customer = synapse.member("desk"), synapse.member("iris", "Iris Tam")
        more = f'\n[matrix]\naddress = "{synapse.address}"\ntoken = "{desk.token}"\n'
        with Team(tmp_path / "team", more=more) as team:
            for member in team.members:
                member.wait(assists=True)
            run = Killing(team, tmp_path / "sam", seed=int(os.environ.get("FAULTS_SEED", "2")))
            await run.join_matrix(synapse, customer.invite(desk), customer)
            try:
                await run.run(run.order(KILLS))
            finally:
                print(*run.report(FLOWS, HELPS), f"load {os.getloadavg()}", sep="\n")
    finally:
        synapse.remove()
    assert worst(run.figures.shown) <= SLOWER * FLOWS
    assert worst(run.figures.answered) <= SLOWER * FLOWS
    assert worst(run.figures.helped) <= SLOWER * HELPS
