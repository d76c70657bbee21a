"""Pictures of what leads have before them: texts that wait for them, and what the knowledge base lacks."""

from collections.abc import Callable

import pytest

from console.conversation import events as e
from console.terminal.screens.draft import DraftScreen
from console.terminal.screens.upkeep import UpkeepScreen
from tests.terminal.fake_desk import FakeDesk, lead
from tests.terminal.harness import LARGE, SMALL, Console, app_of, wait_until
from tests.terminal.review_pictures import Way, named
from tests.terminal.scenes import full_desk, judge
from tests.terminal.test_upkeep import opened
from tests.terminal.upkeep_scenes import lacking_desk


def test_the_leads_list_looks_as_it_did(looks: Callable[..., bool]) -> None:
    """With one text waiting."""
    desk = full_desk(FakeDesk(agent=lead()))
    desk.append("c-dana", e.ApprovalRequested("a-1", "We refund £350.", judge("£350"), "12 days late"), "agent:robin")

    async def way(pilot: Console) -> None:
        await pilot.press("alt+a")
        await wait_until(pilot, lambda: len(pilot.app.screen_stack) > 2)
        await wait_until(pilot, lambda: not pilot.app.screen.query_one("#approve").disabled)

    assert looks(desk, (120, 40), way)


def working(pilot: Console) -> bool:
    """Whether the lead's screen still asks the desk for something."""
    groups = ("upkeep-pairs", "upkeep-deed")
    return isinstance(pilot.app.screen, UpkeepScreen) and any(
        worker.group in groups and not worker.is_finished for worker in pilot.app.workers
    )


def upkeep(*keys: str, light: bool = False) -> Way:
    """The lead's screen, after these keys."""

    async def press(pilot: Console) -> None:
        if light:
            app_of(pilot).toggle_theme()
        await opened(pilot)
        for key in keys:
            await pilot.press(key)
            await wait_until(pilot, lambda: not working(pilot))
        wanted = DraftScreen if "d" in keys else UpkeepScreen
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, wanted))
        await pilot.pause()

    return press


PICTURES: list[tuple[str, tuple[int, int], Way]] = [
    ("gaps", SMALL, upkeep()),
    ("gap put aside", SMALL, upkeep("a", "down")),
    ("gaps light", LARGE, upkeep(light=True)),
    ("contradictions", SMALL, upkeep("left")),
    ("contradictions", LARGE, upkeep("left")),
    ("no drafts", SMALL, upkeep("right")),
    ("draft", SMALL, upkeep("d")),
    ("draft", LARGE, upkeep("d")),
]


@pytest.mark.parametrize("picture", PICTURES, ids=named)
def test_the_upkeep_of_the_knowledge_base_looks_as_it_did(
    picture: tuple[str, tuple[int, int], Way], looks: Callable[..., bool]
) -> None:
    """Gaps, drafts and contradictions."""
    _, size, way = picture
    assert looks(lacking_desk(), size, way)
