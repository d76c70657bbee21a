"""What the command palette offers."""

import pytest

from console.terminal.actions import BY_ID
from console.terminal.palette import Deeds
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.harness import at_work


async def test_no_command_writes_the_screen_to_the_disk() -> None:
    """Customers' data stands on it."""
    async with at_work(FakeDesk(), opened="") as pilot:
        titles = [command.title for command in pilot.app.get_system_commands(pilot.app.screen)]
        assert titles == ["Quit"], "themes and keys are deeds of the console"


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("theme", ["theme"]),
        ("f9", ["theme"]),
        ("look", ["search"]),
        ("park", ["park", "park-until"]),
        ("appr", ["approved", "approvals"]),
        ("revew", ["review"]),
        ("zebra", []),
        ("bll", ["bell"]),
        ("practice", ["scenario", "practise", "training"]),
    ],
)
async def test_the_palette_finds_what_is_meant_and_nothing_beside_it(query: str, ids: list[str]) -> None:
    """By the beginnings of words; where nothing begins like that, by likeness of the name."""
    async with at_work(FakeDesk(), opened="") as pilot:
        found = [
            str(hit.match_display).split(" (")[0]
            for hit in [hit async for hit in Deeds(pilot.app.screen).search(query)]
        ]
        assert found == [BY_ID[name].title for name in ids]


@pytest.mark.parametrize(
    ("query", "first"),
    [("practice s", "training"), ("Practice", "training"), ("practis", "practise"), ("make", "scenario")],
)
async def test_a_name_that_begins_with_what_is_typed_stands_first(query: str, first: str) -> None:
    """Enter does what stands first: what only has such words somewhere comes after it."""
    async with at_work(FakeDesk(), opened="") as pilot:
        hits = [hit async for hit in Deeds(pilot.app.screen).search(query)]
        assert str(max(hits, key=lambda hit: hit.score).match_display).split(" (")[0] == BY_ID[first].title
