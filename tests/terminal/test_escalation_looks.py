"""Pictures of the review of escalations; look at them with your own eyes before accepting a change."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from console.terminal.widgets.inbox import Inbox
from tests.terminal.escalation_scenes import escalating_desk
from tests.terminal.fake_desk import START
from tests.terminal.harness import Console, console, live, steady, wait_until
from tests.terminal.test_escalations import escalated
from tests.terminal.test_looks import LARGE, SMALL
from tests.terminal.test_review import go_to
from tests.terminal.test_review_looks import working

PICTURES = [
    ("patterns", SMALL, ()),
    ("patterns", LARGE, ()),
    ("conversations", SMALL, ("enter", "enter")),
    ("conversations", LARGE, ("enter", "enter")),
    ("thresholds", SMALL, ("enter", "end", "enter")),
    ("thresholds", LARGE, ("enter", "end", "enter")),
    ("asked", SMALL, ("enter", "end", "enter", "a")),
]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda p: f"{p[0]} {p[1][0]}x{p[1][1]}".replace(" ", "-"))
def test_escalations_look_as_they_did(
    picture: tuple[str, tuple[int, int], tuple[str, ...]],
    snap_compare: Callable[..., bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Patterns, what is behind them, and thresholds."""
    _, size, keys = picture
    monkeypatch.setattr(Inbox, "clock", staticmethod(lambda: START + timedelta(minutes=9)))

    async def before(pilot: Console) -> None:
        await live(pilot)
        await escalated(pilot)
        await go_to(pilot, "behaviour invoice-copy")
        for key in keys:
            await pilot.press(key)
            await wait_until(pilot, lambda: not working(pilot))
            await pilot.pause()
        steady(pilot)
        await pilot.pause()

    assert snap_compare(console(escalating_desk()), terminal_size=size, run_before=before)
