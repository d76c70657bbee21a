"""Pictures of the review of escalations; look at them with your own eyes before accepting a change."""

from collections.abc import Callable

import pytest

from tests.terminal.escalation_scenes import escalating_desk
from tests.terminal.harness import LARGE, SMALL, Console
from tests.terminal.review_pictures import named, pressed
from tests.terminal.test_escalations import escalated
from tests.terminal.test_review import go_to

PICTURES = [
    ("patterns", SMALL, ()),
    ("patterns", LARGE, ()),
    ("conversations", SMALL, ("enter", "enter")),
    ("conversations", LARGE, ("enter", "enter")),
    ("thresholds", SMALL, ("enter", "end", "enter")),
    ("thresholds", LARGE, ("enter", "end", "enter")),
    ("asked", SMALL, ("enter", "end", "enter", "a")),
]


@pytest.mark.parametrize("picture", PICTURES, ids=named)
def test_escalations_look_as_they_did(
    picture: tuple[str, tuple[int, int], tuple[str, ...]], looks: Callable[..., bool]
) -> None:
    """Patterns, what is behind them, and thresholds."""
    _, size, keys = picture

    async def way(pilot: Console) -> None:
        await escalated(pilot)
        await go_to(pilot, "behaviour invoice-copy")
        await pressed(pilot, *keys)

    assert looks(escalating_desk(), size, way)
