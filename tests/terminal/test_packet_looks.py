"""Pictures of the hand-over packet; look at them with your own eyes before accepting a change."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from console.terminal.widgets.inbox import Inbox
from tests.terminal.fake_desk import START
from tests.terminal.harness import LARGE, SMALL, Console, console, live, open_conversation, steady
from tests.terminal.packet_scenes import handed_over
from tests.terminal.test_packet import opened

MIDDLE = (120, 40)


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Inbox, "clock", staticmethod(lambda: START + timedelta(minutes=9)))


@pytest.mark.parametrize("dark", [False, True], ids=["assisted", "human-only"])
@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=lambda s: f"{s[0]}x{s[1]}")
def test_the_packet_looks_as_it_did(size: tuple[int, int], dark: bool, snap_compare: Callable[..., bool]) -> None:
    """A change of the look is seen."""

    async def before(pilot: Console) -> None:
        await live(pilot)
        await open_conversation(pilot, "c-dana")
        await opened(pilot)
        steady(pilot)
        await pilot.pause()

    assert snap_compare(console(handed_over(dark=dark)), terminal_size=size, run_before=before)
