"""Pictures of quality review; look at them with your own eyes before accepting a change."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from console.terminal.widgets.inbox import Inbox
from tests.terminal.fake_desk import START
from tests.terminal.harness import Console, console, live, steady, wait_until
from tests.terminal.quality_scenes import quality_desk
from tests.terminal.test_looks import LARGE, SMALL
from tests.terminal.test_quality import opened
from tests.terminal.test_review import go_to
from tests.terminal.test_review_looks import working

PICTURES = [
    ("levels", SMALL, "", ()),
    ("levels", LARGE, "", ()),
    ("criterion", LARGE, "criterion empathy", ("enter",)),
    ("failed", LARGE, "criterion empathy", ("enter", "enter")),
    ("queue", SMALL, "queue", ("enter",)),
]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda p: f"{p[0]}-{p[1][0]}x{p[1][1]}")
def test_quality_looks_as_it_did(
    picture: tuple[str, tuple[int, int], str, tuple[str, ...]],
    snap_compare: Callable[..., bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Levels, a criterion, who failed it, what is to be marked."""
    _, size, key, keys = picture
    monkeypatch.setattr(Inbox, "clock", staticmethod(lambda: START + timedelta(minutes=9)))

    async def before(pilot: Console) -> None:
        await live(pilot)
        await opened(pilot)
        if key:
            await go_to(pilot, key)
        for press in keys:
            await pilot.press(press)
            await wait_until(pilot, lambda: not working(pilot))
        steady(pilot)
        await pilot.pause()

    assert snap_compare(console(quality_desk()), terminal_size=size, run_before=before)
