"""Practice in the console: chosen from a list, played on the same screen, told what it was worth, and back."""

import asyncio
from dataclasses import replace

import pytest
from textual.widgets import Button, Static

from console.conversation.practice import BeginPractice, PlantsToldOf, ReplayFrom, TriedBefore, TurnTold, UnderWay
from console.conversation.practice_events import PracticeEnded
from console.terminal.screens.debrief import DebriefRows, DebriefScreen
from console.terminal.screens.plants import PlantsScreen
from console.terminal.screens.practice import PracticeScreen, ScenarioRows
from console.terminal.widgets.debrief_faces import told as told_rows
from console.terminal.widgets.dialog_keys import DialogKeys
from console.terminal.widgets.key_bar import KeyBar
from console.terminal.widgets.top_bar import TopBar
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.fake_practice import LEFT, PLANTS, REPORT
from tests.terminal.harness import Console, app_of, at_work, notices, said, wait_until
from tests.terminal.scenes import full_desk

ALL_TOLD = PlantsToldOf(tuple(plant.suggestion for plant in PLANTS))


async def chosen(pilot: Console, desk: FakeDesk) -> None:
    """Choose the scenario in the middle."""
    app = app_of(pilot)
    app.main.action_practise()
    await wait_until(pilot, lambda: isinstance(app.screen, PracticeScreen))
    await wait_until(pilot, lambda: len(app.screen.query_one(ScenarioRows).rows) == 3)
    await pilot.press("down", "enter")
    await wait_until(pilot, lambda: app.controller.practising and app.controller.connection.live)


async def test_keys_that_are_pressed_while_the_scenarios_are_looked_up_are_no_words_of_the_chat() -> None:
    """The list is there at once, and filled as the desk answers; so it is while a session begins."""
    desk = full_desk()
    desk.answering = asyncio.Event()
    async with at_work(desk) as pilot:
        app = app_of(pilot)
        app.main.action_practise()
        await wait_until(pilot, lambda: isinstance(app.screen, PracticeScreen))
        await pilot.press("a", "b", "enter", "c")
        rows = app.screen.query_one(ScenarioRows)
        assert "Looking" in rows.rows[0].face.plain
        desk.answering.set()
        await wait_until(pilot, lambda: len(rows.rows) == 3)
        desk.answering = asyncio.Event()
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: desk.asked("begin_practice"))
        await pilot.press("x", "enter", "y")
        assert isinstance(app.screen, PracticeScreen)
        assert "Beginning" in str(app.screen.query_one("#confirm", Button).label)
        assert said(pilot) == ""
        desk.answering.set()
        await wait_until(pilot, lambda: app.controller.practising and app.controller.connection.live)
        assert desk.asked("begin_practice") == [BeginPractice("boots", "off")]


async def test_a_session_that_cannot_begin_is_said_where_it_was_chosen() -> None:
    """And another one can be chosen."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        app = app_of(pilot)
        app.main.action_practise()
        await wait_until(pilot, lambda: isinstance(app.screen, PracticeScreen))
        await wait_until(pilot, lambda: len(app.screen.query_one(ScenarioRows).rows) == 3)
        desk.down = True
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.screen.query_one("#trouble").display)
        desk.down = False
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


async def test_the_agent_is_told_that_the_customer_is_done_and_what_comes_next() -> None:
    """Who watches the session of somebody else is not."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await chosen(pilot, desk)
        desk.append("c-iris", PracticeEnded("settled"), "desk")
        desk.append("c-dana", PracticeEnded("settled"), "desk")
        await wait_until(pilot, lambda: notices(pilot))
        assert notices(pilot) == ["The session is over. Close the chat (Alt+X) to read what it was worth."]


async def debriefed(pilot: Console, desk: FakeDesk) -> DebriefScreen:
    """Play, close, and read what it was worth."""
    await chosen(pilot, desk)
    app = app_of(pilot)
    app.main.do(lambda: app.main.debrief("c-dana"))
    await wait_until(pilot, lambda: isinstance(app.screen, DebriefScreen) and app.screen.query_one(DebriefRows).rows)
    assert isinstance(app.screen, DebriefScreen)
    return app.screen


def told(screen: DebriefScreen) -> str:
    """All rows as they read."""
    return "\n".join(row.face.plain for row in screen.query_one(DebriefRows).rows)


def under_the_cursor(screen: DebriefScreen) -> str:
    """The row that the cursor is on."""
    rows = screen.query_one(DebriefRows)
    return rows.rows[rows.highlighted or 0].face.plain


async def test_a_closed_session_is_told_what_it_was_worth() -> None:
    """Won or not, each point with its reason, and what to change."""
    desk = full_desk()
    async with at_work(desk, size=(120, 60)) as pilot:
        screen, app = await debriefed(pilot, desk), app_of(pilot)
        for words in (
            "not won",
            "71 of 100",
            "Promises the day",
            "why it has to be Friday",
            "favourite colour",
            "rather",
            "a wrong fact · sent: as it stood (m9)",
            "“17:00” stands there instead of “14:00”",
            "against a policy · stopped by the check of your draft",
            "the wrong tone · caught: you put it away",
            "out of date · never on your screen",
            "(planted suggestions that you sent): 1 of 3",
        ):
            await wait_until(pilot, lambda words=words: words in told(screen))  # type: ignore[misc]
        assert "rather: No promise.  macro no-promise" in told(screen)
        assert desk.asked("plants_told") == []
        await pilot.press("ctrl+s")
        await wait_until(
            pilot, lambda: desk.asked("plants_told") == [PlantsToldOf(tuple(p.suggestion for p in PLANTS))]
        )
        await wait_until(pilot, lambda: not app.controller.practising)


async def test_assistance_is_chosen_beside_the_list_by_key_and_mouse_and_planted_ones_are_announced() -> None:
    """On, off, planted; that some will be wrong is said before, and not which."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        app = app_of(pilot)
        app.main.action_practise()
        await wait_until(pilot, lambda: isinstance(app.screen, PracticeScreen))
        await wait_until(pilot, lambda: len(app.screen.query_one(ScenarioRows).rows) == 3)
        await pilot.press("a")
        assert "to its end" in str(app.screen.query_one("#assistance-help", Static).render())
        await pilot.click("#assistance")
        assert "wrong on purpose" in str(app.screen.query_one("#assistance-help", Static).render())
        await pilot.press("enter")
        await wait_until(pilot, lambda: desk.asked("begin_practice") == [BeginPractice("gift-card", "planted")])


@pytest.mark.parametrize("size", [(80, 24), (100, 30)])
async def test_the_line_at_the_bottom_names_the_keys_of_a_dialog_and_none_of_the_chat(size: tuple[int, int]) -> None:
    """Those of the part that has the focus first; a click does what the key does."""
    desk = full_desk()
    async with at_work(desk, size=size) as pilot:
        app = app_of(pilot)
        app.main.action_practise()
        await wait_until(pilot, lambda: isinstance(app.screen, PracticeScreen))
        await wait_until(pilot, lambda: len(app.screen.query_one(ScenarioRows).rows) == 3)
        bar = app.screen.query_one(DialogKeys)
        assert bar.region == app.main.query_one(KeyBar).region
        assert bar.render().plain == "F1 help  Enter begin  a assistance"
        await pilot.click(DialogKeys, offset=(bar.render().plain.index("assistance") + 1, 0))
        await wait_until(pilot, lambda: "to its end" in str(app.screen.query_one("#assistance-help", Static).render()))


async def test_a_session_that_was_left_is_taken_up_again_from_the_list() -> None:
    """Nothing is begun anew."""
    desk = full_desk()
    desk.under_way = (UnderWay("c-dana", "Boots before the ridge", "planted"),)
    async with at_work(desk) as pilot:
        app = app_of(pilot)
        app.main.action_practise()
        await wait_until(pilot, lambda: isinstance(app.screen, PracticeScreen))
        await wait_until(pilot, lambda: len(app.screen.query_one(ScenarioRows).rows) == 4)
        assert "goes on" in app.screen.query_one(ScenarioRows).rows[0].face.plain
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.controller.practising and app.controller.connection.live)
        assert desk.asked("begin_practice") == []


async def test_what_was_planted_in_a_session_that_was_left_is_told_before_anything_else() -> None:
    """At the next start, over the desk; once it was read it does not come again."""
    desk = full_desk()
    desk.untold = (LEFT,)
    async with at_work(desk, opened="") as pilot:
        app = app_of(pilot)
        await wait_until(pilot, lambda: isinstance(app.screen, PlantsScreen))
        told = "\n".join(str(part.render()) for part in app.screen.query(Static))
        assert "wrong on purpose" in told
        assert "“17:00” stands there instead of “14:00”" in told
        assert "goes on" in told
        await pilot.press("escape")
        await wait_until(pilot, lambda: desk.asked("plants_told") == [PlantsToldOf(("s-1",))])
        assert desk.untold == ()


async def test_it_is_told_on_the_way_back_from_practice_too() -> None:
    """Not while the session goes on."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        app = app_of(pilot)
        await chosen(pilot, desk)
        desk.untold = (LEFT,)
        assert not isinstance(app.screen, PlantsScreen)
        app.main.action_practise()
        await wait_until(pilot, lambda: isinstance(app.screen, PlantsScreen))


async def test_a_point_leads_to_its_message_in_the_conversation() -> None:
    """Where the turning point is marked, with what might have been said."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        screen = await debriefed(pilot, desk)
        screen.query_one(DebriefRows).put_cursor("point-must-nots m9")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "They will be there by Friday." in under_the_cursor(screen))
        assert "▼ -0.25" in under_the_cursor(screen)
        assert "that's what the bot said too" in told(screen)
        await pilot.press("tab")
        await wait_until(pilot, lambda: "71 of 100" in told(screen))


async def test_from_one_of_their_messages_the_agent_tries_again_by_key() -> None:
    """The desk is asked for a new session before that message."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        screen = await debriefed(pilot, desk)
        await pilot.press("r")
        await wait_until(pilot, lambda: screen.query_one("#trouble").display)
        assert not desk.asked("replay_practice")
        await pilot.press("tab", "end", "up", "r")
        await wait_until(pilot, lambda: desk.asked("replay_practice") == [ReplayFrom("m9")])


async def test_from_one_of_their_messages_the_agent_tries_again_by_mouse() -> None:
    """On the tab, on the message, on the button below."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        screen = await debriefed(pilot, desk)
        await pilot.click("#tabs", offset=(13, 0))
        await wait_until(pilot, lambda: "this is ridiculous" in told(screen))
        await pilot.click(DebriefRows, offset=(10, 3))
        await wait_until(pilot, lambda: "I've read it all" in under_the_cursor(screen))
        await pilot.click("#deeds", offset=(3, 0))
        await wait_until(pilot, lambda: desk.asked("replay_practice") == [ReplayFrom("m8")])


async def test_a_session_tried_again_is_held_against_the_one_before() -> None:
    """Both scores, and what came of the message then and now."""
    desk = full_desk()
    then, now = REPORT.turns[1], TurnTold("m9", "I can't promise the day.", 0.1, ("said it is an estimate",))
    desk.report = replace(REPORT, earlier=TriedBefore("p-1", False, 48.0, then, now))
    async with at_work(desk, size=(120, 60)) as pilot:
        screen = await debriefed(pilot, desk)
        for words in ("before 48 of 100, not won", "now    71 of 100 (+23), not won", "I can't promise the day."):
            await wait_until(pilot, lambda words=words: words in told(screen))  # type: ignore[misc]


async def test_who_wants_nothing_more_after_a_debrief_is_back_at_the_desk() -> None:
    """There is nothing to go on with on the practice desk."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await debriefed(pilot, desk)
        app = app_of(pilot)
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, PracticeScreen))
        await pilot.press("escape")
        await wait_until(pilot, lambda: not app.controller.practising)


def test_an_answer_that_moved_nobody_is_told_as_one() -> None:
    """Neither for the better nor for the worse."""
    now = TurnTold("m9", "I see.", -0.0, ())
    rows = list(told_rows(replace(REPORT, earlier=TriedBefore("p-1", True, 80.0, None, now)), 100))
    line = next(row.face.plain for row in rows if row.key.startswith("tried-now"))
    assert "–  0.00 m9 “I see.”  nothing that moves the customer" in line


def test_a_session_in_which_nothing_was_planted_says_so() -> None:
    """Whoever was told to expect it would else wonder which ones they were."""
    told_of = [row.face.plain for row in told_rows(replace(REPORT, plants=()), 100)]
    assert any("None in this session" in line for line in told_of)
    assert not any(
        "wrong on purpose" in row.face.plain for row in told_rows(replace(REPORT, plants=(), assistance="on"), 99)
    )
