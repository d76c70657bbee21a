"""Pictures of the lead's review; look at them with your own eyes before accepting a change."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from console.terminal.screens.review import ReviewList, ReviewScreen
from console.terminal.widgets.inbox import Inbox
from tests.terminal.fake_desk import START
from tests.terminal.harness import Console, console, live, steady, wait_until
from tests.terminal.review_scenes import reviewing_desk
from tests.terminal.test_looks import LARGE, SMALL
from tests.terminal.test_review import opened, to_tab
from tests.terminal.upkeep_scenes import lacking_desk

PICTURES = [
    ("groups", SMALL, ()),
    ("groups", LARGE, ()),
    ("figures", SMALL, ("enter",)),
    ("exchanges", SMALL, ("tab", "enter")),
    ("exchanges", LARGE, ("enter", "enter")),
    ("changes", LARGE, ("tab", "tab")),
    ("changes", SMALL, ("tab", "tab")),
    ("edits", SMALL, ("@Edits",)),
    ("edits", LARGE, ("@Edits",)),
    ("an edit", LARGE, ("@Edits", "down", "enter", "down", "enter")),
    ("sources", SMALL, ("@Sources",)),
    ("sources", LARGE, ("@Sources",)),
    ("gaps", SMALL, ("@Gaps",)),
]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda p: f"{p[0]} {p[1][0]}x{p[1][1]}".replace(" ", "-"))
def test_the_review_looks_as_it_did(
    picture: tuple[str, tuple[int, int], tuple[str, ...]],
    snap_compare: Callable[..., bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Figures, what is behind them, what is to be judged, and marked changes."""
    _, size, keys = picture
    monkeypatch.setattr(Inbox, "clock", staticmethod(lambda: START + timedelta(minutes=9)))

    async def before(pilot: Console) -> None:
        await live(pilot)
        await opened(pilot)
        for key in keys:
            if key.startswith("@"):
                to_tab(pilot, key[1:])
            else:
                await pilot.press(key)
            await wait_until(pilot, lambda: not working(pilot))
        steady(pilot)
        await pilot.pause()

    desk = reviewing_desk()
    desk.lacks = lacking_desk().lacks
    assert snap_compare(console(desk), terminal_size=size, run_before=before)


def working(pilot: Console) -> bool:
    """Whether the screen still waits for the desk."""
    screen = pilot.app.screen
    if not isinstance(screen, ReviewScreen):
        return False
    reading = any(row.key == "remark" for row in screen.query_one(ReviewList).rows)
    return reading or any(w.group == "review" and not w.is_finished for w in pilot.app.workers)
