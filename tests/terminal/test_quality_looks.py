"""Pictures of quality review; look at them with your own eyes before accepting a change."""

from collections.abc import Callable

import pytest

from tests.terminal.harness import LARGE, SMALL, Console
from tests.terminal.quality_scenes import quality_desk
from tests.terminal.review_pictures import named, pressed
from tests.terminal.test_quality import opened
from tests.terminal.test_review import go_to

PICTURES = [
    ("levels", SMALL, "", ()),
    ("levels", LARGE, "", ()),
    ("criterion", LARGE, "criterion empathy", ("enter",)),
    ("failed", LARGE, "criterion empathy", ("enter", "enter")),
    ("queue", SMALL, "queue", ("enter",)),
]


@pytest.mark.parametrize("picture", PICTURES, ids=named)
def test_quality_looks_as_it_did(
    picture: tuple[str, tuple[int, int], str, tuple[str, ...]], looks: Callable[..., bool]
) -> None:
    """Levels, a criterion, who failed it, what is to be marked."""
    _, size, key, keys = picture

    async def way(pilot: Console) -> None:
        await opened(pilot)
        if key:
            await go_to(pilot, key)
        await pressed(pilot, *keys)

    assert looks(quality_desk(), size, way)
