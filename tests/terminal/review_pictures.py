"""What the pictures of the review's lists share: the way to one, and waiting until nothing moves."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from console.terminal.screens.review import ReviewScreen
from console.terminal.widgets.inbox import Inbox
from console.terminal.widgets.review_list import ReviewList
from tests.terminal.fake_desk import START, FakeDesk
from tests.terminal.harness import Console, console, live, steady, wait_until

Way = Callable[[Console], Awaitable[None]]
"""Goes to a list."""


def named(picture: tuple[str, tuple[int, int], *tuple[object, ...]]) -> str:
    """Return what a picture is called: what it shows, and the size of the terminal."""
    return f"{picture[0]}-{picture[1][0]}x{picture[1][1]}".replace(" ", "-")


def working(pilot: Console) -> bool:
    """Whether the screen still waits for the desk."""
    screen = pilot.app.screen
    if not isinstance(screen, ReviewScreen):
        return False
    reading = any(row.key == "remark" for row in screen.query_one(ReviewList).rows)
    return reading or any(w.group == "review" and not w.is_finished for w in pilot.app.workers)


async def pressed(pilot: Console, *keys: str) -> None:
    """Press keys, each once the screen has all that the last one asked for."""
    for key in keys:
        await pilot.press(key)
        await wait_until(pilot, lambda: not working(pilot))
        await pilot.pause()


@pytest.fixture
def looks(snap_compare: Callable[..., bool], monkeypatch: pytest.MonkeyPatch) -> Callable[..., bool]:
    """Compare the screen of a desk, at a size, once a way was gone, with its picture."""
    monkeypatch.setattr(Inbox, "clock", staticmethod(lambda: START + timedelta(minutes=9)))

    def compared(desk: FakeDesk, size: tuple[int, int], way: Way) -> bool:
        async def before(pilot: Console) -> None:
            await live(pilot)
            await way(pilot)
            steady(pilot)
            await pilot.pause()

        return snap_compare(console(desk), terminal_size=size, run_before=before)

    return compared
