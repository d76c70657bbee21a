"""Pictures of the figures by layer; look at them with your own eyes before accepting a change."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from console.terminal.widgets.inbox import Inbox
from tests.terminal.fake_desk import START
from tests.terminal.harness import Console, console, live, steady, wait_until
from tests.terminal.layers_scenes import layers_desk
from tests.terminal.test_layers import at_layers
from tests.terminal.test_looks import LARGE, SMALL
from tests.terminal.test_review import go_to
from tests.terminal.test_review_looks import working

PICTURES = [
    ("layers", SMALL, ()),
    ("layers", LARGE, ()),
    ("weeks", SMALL, ("assisted handling",)),
    ("weeks", LARGE, ("assisted handling",)),
    ("conversations", SMALL, ("assisted csat", "all")),
    ("conversations", LARGE, ("assisted csat", "all")),
    ("agents", SMALL, ("load",)),
    ("endings", LARGE, ("human-only results",)),
]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda p: f"{p[0]} {p[1][0]}x{p[1][1]}".replace(" ", "-"))
def test_the_layers_look_as_they_did(
    picture: tuple[str, tuple[int, int], tuple[str, ...]],
    snap_compare: Callable[..., bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Figures, their weeks, the conversations behind one, how they ended, and the agents."""
    _, size, keys = picture
    monkeypatch.setattr(Inbox, "clock", staticmethod(lambda: START + timedelta(minutes=9)))

    async def before(pilot: Console) -> None:
        await live(pilot)
        await at_layers(pilot)
        for key in keys:
            await go_to(pilot, key)
            await pilot.press("enter")
            await wait_until(pilot, lambda: not working(pilot))
        if not keys:
            await go_to(pilot, "autonomous resolved")
        steady(pilot)
        await pilot.pause()

    assert snap_compare(console(layers_desk()), terminal_size=size, run_before=before)
