"""Pictures of the figures by layer; look at them with your own eyes before accepting a change."""

from collections.abc import Callable

import pytest

from tests.terminal.harness import LARGE, SMALL, Console
from tests.terminal.layers_scenes import layers_desk
from tests.terminal.review_pictures import named, pressed
from tests.terminal.test_layers import at_layers
from tests.terminal.test_review import go_to

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


@pytest.mark.parametrize("picture", PICTURES, ids=named)
def test_the_layers_look_as_they_did(
    picture: tuple[str, tuple[int, int], tuple[str, ...]], looks: Callable[..., bool]
) -> None:
    """Figures, their weeks, the conversations behind one, how they ended, and the agents."""
    _, size, keys = picture

    async def way(pilot: Console) -> None:
        await at_layers(pilot)
        for key in keys:
            await go_to(pilot, key)
            await pressed(pilot, "enter")
        if not keys:
            await go_to(pilot, "autonomous resolved")

    assert looks(layers_desk(), size, way)
