"""Pictures of quality review; look at them with your own eyes before accepting a change."""

from collections.abc import Awaitable, Callable

import pytest

from tests.terminal.harness import LARGE, SMALL, Console
from tests.terminal.quality_scenes import opinion_desk, quality_desk
from tests.terminal.review_pictures import named, pressed
from tests.terminal.test_quality import opened
from tests.terminal.test_review import go_to

HUGE = (200, 60)

PICTURES = [
    ("levels", SMALL, "", ()),
    ("levels", LARGE, "", ()),
    ("criterion", LARGE, "criterion empathy", ("enter",)),
    ("failed", LARGE, "criterion empathy", ("enter", "enter")),
    ("queue", SMALL, "queue", ("enter",)),
]


OPINIONS = [
    ("levels", HUGE, "", ()),
    ("failed", SMALL, "criterion empathy", ("enter", "enter", "down", "down", "down", "pagedown")),
    ("failed", HUGE, "criterion empathy", ("enter", "enter", "down", "down", "down")),
]


@pytest.mark.parametrize("picture", OPINIONS, ids=named)
def test_second_opinions_look_as_they_did(
    picture: tuple[str, tuple[int, int], str, tuple[str, ...]], looks: Callable[..., bool]
) -> None:
    """Beside the engine's marks, with the words that a language model quotes, and how far each agrees with people."""
    assert looks(opinion_desk(), picture[1], way(picture))


@pytest.mark.parametrize("picture", PICTURES, ids=named)
def test_quality_looks_as_it_did(
    picture: tuple[str, tuple[int, int], str, tuple[str, ...]], looks: Callable[..., bool]
) -> None:
    """Levels, a criterion, who failed it, what is to be marked."""
    assert looks(quality_desk(), picture[1], way(picture))


def way(picture: tuple[str, tuple[int, int], str, tuple[str, ...]]) -> Callable[[Console], Awaitable[None]]:
    """Return what is done before a picture is taken."""
    _, _, key, keys = picture

    async def done(pilot: Console) -> None:
        await opened(pilot)
        if key:
            await go_to(pilot, key)
        await pressed(pilot, *keys)

    return done
