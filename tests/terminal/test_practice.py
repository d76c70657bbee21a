"""Practice in the console: chosen from a list, played on the same screen, told what it was worth, and back."""

from textual.widgets import Static

from console.conversation.practice import BeginPractice
from console.terminal.screens.debrief import DebriefScreen
from console.terminal.screens.practice import PracticeScreen, ScenarioRows
from console.terminal.widgets.top_bar import TopBar
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.harness import Console, app_of, at_work, wait_until
from tests.terminal.scenes import full_desk


async def chosen(pilot: Console, desk: FakeDesk) -> None:
    """Choose the scenario in the middle."""
    app = app_of(pilot)
    app.main.action_practise()
    await wait_until(pilot, lambda: isinstance(app.screen, PracticeScreen))
    await wait_until(pilot, lambda: len(app.screen.query_one(ScenarioRows).rows) == 3)
    await pilot.press("down", "enter")
    await wait_until(pilot, lambda: app.controller.practising and app.controller.connection.live)


def at_the_top(pilot: Console) -> str:
    """The line at the top as it reads."""
    return app_of(pilot).main.query_one(TopBar).render().plain


async def test_a_chosen_scenario_is_played_on_the_same_screen_marked_as_practice() -> None:
    """And the conversation of the session is open."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        assert "PRACTICE" not in at_the_top(pilot)
        await chosen(pilot, desk)
        assert desk.asked("begin_practice") == [BeginPractice("boots")]
        await wait_until(pilot, lambda: "PRACTICE" in at_the_top(pilot))
        await wait_until(pilot, lambda: app_of(pilot).controller.state.current == "c-dana")


async def test_the_practice_desk_lies_behind_the_path_that_the_desk_names() -> None:
    """With the same token; and the way back leads to where it came from."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        before = desk.opened[-1]
        await chosen(pilot, desk)
        assert desk.opened[-1] == (f"{before[0]}/practice", before[1])
        app_of(pilot).main.action_practise()
        await wait_until(pilot, lambda: not app_of(pilot).controller.practising)
        await wait_until(pilot, lambda: desk.opened[-1] == before)
        await wait_until(pilot, lambda: "PRACTICE" not in at_the_top(pilot))


async def test_what_is_begun_on_the_desk_is_kept_while_one_practises() -> None:
    """The draft is saved before, and there again after."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        app_of(pilot).controller.composing.write("Dear Dana, I am")
        await chosen(pilot, desk)
        assert desk.unsent["c-dana"] == "Dear Dana, I am"


async def test_a_closed_session_is_told_what_it_was_worth() -> None:
    """Won or not, each point with its reason, and what to change."""
    desk = full_desk()
    async with at_work(desk, size=(120, 60)) as pilot:
        await chosen(pilot, desk)
        app = app_of(pilot)
        app.main.do(lambda: app.main.debrief("c-dana"))
        await wait_until(pilot, lambda: isinstance(app.screen, DebriefScreen))
        told = "\n".join(str(part.render()) for part in app.screen.query(Static))
        for words in (
            "not won",
            "71 of 100",
            "Promises the day",
            "why it has to be Friday",
            "favourite colour",
            "rather",
        ):
            assert words in told
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: not app.controller.practising)
