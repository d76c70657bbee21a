"""Pictures of the lead's review; look at them with your own eyes before accepting a change."""

from collections.abc import Callable

import pytest

from tests.terminal.harness import LARGE, SMALL, Console, wait_until
from tests.terminal.review_pictures import named, pressed, working
from tests.terminal.review_scenes import reviewing_desk
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


@pytest.mark.parametrize("picture", PICTURES, ids=named)
def test_the_review_looks_as_it_did(
    picture: tuple[str, tuple[int, int], tuple[str, ...]], looks: Callable[..., bool]
) -> None:
    """Figures, what is behind them, what is to be judged, and marked changes."""
    _, size, keys = picture

    async def way(pilot: Console) -> None:
        await opened(pilot)
        for key in keys:
            if key.startswith("@"):
                to_tab(pilot, key[1:])
                await pressed(pilot)
                await wait_until(pilot, lambda: not working(pilot))
            else:
                await pressed(pilot, key)

    desk = reviewing_desk()
    desk.lacks = lacking_desk().lacks
    assert looks(desk, size, way)
