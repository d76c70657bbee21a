"""Pictures of practice; look at them with your own eyes before accepting a change."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from console.conversation.practice import Overruling, PracticeReport, UnderWay
from console.conversation.practice_training import OwnPractice
from console.terminal.screens import practice, training_steps
from console.terminal.screens.plants import PlantsScreen
from console.terminal.screens.practice import PracticeScreen, ScenarioRows
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.fake_practice import LEFT, NEXT, PLANTS, REPORT, TO_PLAY
from tests.terminal.harness import LARGE, SMALL, Console, app_of, wait_until
from tests.terminal.review_pictures import named, pressed
from tests.terminal.scenes import full_desk
from tests.terminal.test_practice import at_the_top, chosen, debriefed
from tests.terminal.test_training import opened, training_desk

TODAY = date(2026, 3, 2)
SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "200x60"])

DEBRIEF_KEYS = {
    "worth": (),
    "plants": ("end", *8 * ("up",)),
    "conversation": ("tab", "end", "up"),
}
TRAINING_KEYS = {
    "assignments": (),
    "sessions": ("tab", "down"),
    "points": ("tab", "down", "enter", "down", "down"),
    "people": ("tab", "tab"),
}


@pytest.fixture(autouse=True)
def _always_the_same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (practice, training_steps):
        monkeypatch.setattr(module, "_today", lambda: TODAY)


def overruled() -> PracticeReport:
    """A debrief in which a trainer gave a point otherwise."""
    points = tuple(replace(one, value=1.0) if one.id == "facts" else one for one in REPORT.points)
    told = Overruling("facts", 0.5, 1.0, "Friday stood in the order.", "Teo Brandt")
    return replace(REPORT, points=points, overruled=(told,))


def practice_desk() -> FakeDesk:
    """A desk with something to play, and something to go on with."""
    desk = full_desk()
    desk.own = OwnPractice((TO_PLAY,), NEXT)
    desk.under_way = (UnderWay("c-dana", "Boots before the ridge", "planted"),)
    return desk


@SIZES
def test_the_list_of_scenarios_looks_as_it_did(size: tuple[int, int], looks: Callable[..., bool]) -> None:
    """What goes on, what was assigned, what is next, and how it is to be played."""

    async def done(pilot: Console) -> None:
        app = app_of(pilot)
        await wait_until(pilot, lambda: "to practise" in at_the_top(pilot))
        app.main.action_practise()
        await wait_until(pilot, lambda: isinstance(app.screen, PracticeScreen))
        await wait_until(pilot, lambda: len(app.screen.query_one(ScenarioRows).rows) == 4)
        await pressed(pilot, "a", "a", "down")

    assert looks(practice_desk(), size, done)


@pytest.mark.parametrize("picture", [(name, size) for name in DEBRIEF_KEYS for size in (SMALL, LARGE)], ids=named)
def test_the_debrief_looks_as_it_did(picture: tuple[str, tuple[int, int]], looks: Callable[..., bool]) -> None:
    """Both tabs: points, one as a trainer gave it, plants, turning points; and the conversation."""
    desk = full_desk()
    desk.report = overruled()

    async def done(pilot: Console) -> None:
        await debriefed(pilot, desk)
        await pressed(pilot, *DEBRIEF_KEYS[picture[0]])

    assert looks(desk, picture[1], done)


@SIZES
def test_plants_that_are_still_to_be_told_look_as_they_did(size: tuple[int, int], looks: Callable[..., bool]) -> None:
    """All kinds of them, over the desk."""
    desk = full_desk()
    desk.untold = (replace(LEFT, plants=PLANTS),)

    async def done(pilot: Console) -> None:
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, PlantsScreen))

    assert looks(desk, size, done)


@pytest.mark.parametrize("picture", [(name, size) for name in TRAINING_KEYS for size in (SMALL, LARGE)], ids=named)
def test_the_trainers_page_looks_as_it_did(picture: tuple[str, tuple[int, int]], looks: Callable[..., bool]) -> None:
    """Assignments, sessions down to the points of one, people."""
    desk = training_desk()
    desk.report = overruled()

    async def done(pilot: Console) -> None:
        await opened(pilot)
        await pressed(pilot, *TRAINING_KEYS[picture[0]])

    assert looks(desk, picture[1], done)


@SIZES
def test_practice_itself_looks_as_it_did(size: tuple[int, int], looks: Callable[..., bool]) -> None:
    """The same screen as ever, marked at the top."""
    desk = practice_desk()
    desk.under_way = ()

    async def done(pilot: Console) -> None:
        await chosen(pilot, desk)
        await wait_until(pilot, lambda: "PRACTICE" in at_the_top(pilot))
        await wait_until(pilot, lambda: app_of(pilot).controller.state.current == "c-dana")

    assert looks(desk, size, done)
