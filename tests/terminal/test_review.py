"""The lead's review: from a figure down to the transcript, judging on the way, and marking what changed."""

from textual.widgets import Input, Static

from console.conversation.review_commands import Asked, Judge
from console.conversation.reviews import By, Judgement, Measure, ReviewQueue
from console.conversation.weeks import WeeksAhead
from console.terminal.screens.change_mark import ChangeDialog
from console.terminal.screens.judging import JudgingDialog
from console.terminal.screens.review import ReviewList, ReviewScreen
from console.terminal.screens.weeks_passing import WeeksDialog
from console.terminal.widgets.transcript import Transcript
from tests.terminal.harness import Console, app_of, at_work, notices, wait_until
from tests.terminal.review_scenes import reviewing_desk
from tests.terminal.scenes import full_desk


def shown(pilot: Console, name: str) -> str:
    """Return what a part of the screen says, in one line."""
    return " ".join(str(pilot.app.screen.query_one(f"#{name}", Static).content).split())


def rows(pilot: Console) -> list[str]:
    """Return the rows as they read, each in one line."""
    return [" ".join(row.face.plain.split()) for row in pilot.app.screen.query_one(ReviewList).rows]


def under_cursor(pilot: Console) -> str:
    """Return the row under the cursor."""
    place = pilot.app.screen.query_one(ReviewList).highlighted
    return rows(pilot)[place] if place is not None else ""


async def opened(pilot: Console) -> None:
    """Open the review and wait for its figures."""
    await pilot.press("alt+slash")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen) and len(rows(pilot)) > 5)


def to_tab(pilot: Console, name: str) -> None:
    """Go to a tab of the review, wherever it stands among the others."""
    screen = pilot.app.screen
    assert isinstance(screen, ReviewScreen)
    screen.action_show(name)


async def go_to(pilot: Console, key: str) -> None:
    """Put the cursor on a row."""
    assert pilot.app.screen.query_one(ReviewList).put_cursor(key), [
        row.key for row in pilot.app.screen.query_one(ReviewList).rows
    ]
    await pilot.pause()


async def test_a_figure_leads_to_its_conversations_their_events_and_the_transcript() -> None:
    """And back to where the lead was."""
    desk = reviewing_desk()
    async with at_work(desk, opened="", size=(80, 24)) as pilot:
        await opened(pilot)
        assert under_cursor(pilot).startswith("all suggestions 420")
        assert "9 weeks, 5 Jan to 2 Mar" in shown(pilot, "where")
        legal = next(row for row in rows(pilot) if row.startswith("legal "))
        assert "fewer than 3 agents" in legal
        await go_to(pilot, "source macro:repair-patience")
        assert "week by week" in shown(pilot, "detail")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "macro:repair-patience" in shown(pilot, "where"))
        assert next(row for row in rows(pilot) if row.startswith("rated well")).startswith("rated well 0% (0–14)")
        await pilot.press("escape")
        await go_to(pilot, "source macro:legal-hand-on")
        await pilot.press("enter")
        await wait_until(pilot, lambda: rows(pilot)[0].startswith("accepted too few"))
        await pilot.press("escape")
        await go_to(pilot, "all ")
        await pilot.press("right")
        await wait_until(pilot, lambda: rows(pilot)[0].startswith("accepted"))
        assert "%" in rows(pilot)[0]
        await pilot.press("enter")
        await wait_until(pilot, lambda: "suggested, 1 of 2, score 0.81" in shown(pilot, "detail"))
        assert desk.asked("exchanges") == [Asked(By.ALL, "", Measure.ACCEPTED)]
        assert "50 of " in shown(pilot, "where")
        await pilot.press("v")
        await wait_until(pilot, lambda: "not accepted" in shown(pilot, "where"))
        await wait_until(pilot, lambda: "c-dana m1" in under_cursor(pilot))
        await pilot.press("enter")
        await wait_until(pilot, lambda: app_of(pilot).controller.state.current == "c-dana")
        await wait_until(pilot, lambda: pilot.app.screen is app_of(pilot).main)
        assert app_of(pilot).main.query_one(Transcript).display
        await pilot.press("alt+slash")
        await wait_until(pilot, lambda: "not accepted" in shown(pilot, "where") and "c-dana" in under_cursor(pilot))


async def test_a_week_leads_to_that_weeks_conversations_by_mouse() -> None:
    """A click goes down, a click on Up goes back; another measure is another course of weeks."""
    desk = reviewing_desk()
    async with at_work(desk, opened="", size=(200, 60)) as pilot:
        await opened(pilot)
        await pilot.click(ReviewList, offset=(3, 2))
        await wait_until(pilot, lambda: rows(pilot)[0].startswith("accepted"))
        await pilot.press("m")
        assert any("edited, week by week" in row for row in rows(pilot))
        await go_to(pilot, "2026-02-23")
        assert "week from 23 Feb" in shown(pilot, "detail")
        await pilot.press("enter")
        await wait_until(pilot, lambda: desk.asked("exchanges"))
        asked = desk.asked("exchanges")[0]
        assert isinstance(asked, Asked)
        assert (asked.measure, str(asked.week)) == (Measure.EDITED, "2026-02-23")
        place = shown(pilot, "deeds").index("Up")
        await pilot.click("#deeds", offset=(str(pilot.app.screen.query_one("#deeds", Static).content).index("Up"), 0))
        await wait_until(pilot, lambda: rows(pilot)[0].startswith("accepted"))
        assert place
        await pilot.press("w")
        await wait_until(pilot, lambda: desk.asked("review")[-1] == 13)


async def test_a_queue_is_judged_and_counted() -> None:
    """A wrong one needs a reason; what is judged leaves the queue, and the queue's share says so."""
    desk = reviewing_desk()
    async with at_work(desk, opened="", size=(100, 30)) as pilot:
        await opened(pilot)
        await pilot.press("tab")
        await wait_until(pilot, lambda: rows(pilot)[0].startswith("sure, and overridden"))
        assert "none judged yet" in rows(pilot)[0]
        await pilot.press("enter")
        await wait_until(pilot, lambda: desk.asked("to_judge") and "Judge" in shown(pilot, "deeds"))
        await wait_until(pilot, lambda: "Sent" in shown(pilot, "detail"))
        first = under_cursor(pilot)
        await pilot.press("j")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, JudgingDialog))
        await pilot.press("down", "down", "ctrl+s")
        await wait_until(pilot, lambda: "what is wrong" in shown(pilot, "trouble"))
        pilot.app.screen.query_one("#reason", Input).value = "it was not on its way"
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: desk.asked("judge_exchange") and isinstance(pilot.app.screen, ReviewScreen))
        (body,) = desk.asked("judge_exchange")
        assert isinstance(body, Judge)
        assert (body.verdict, body.reason) == (Judgement.WRONG, "it was not on its way")
        assert body.queue is ReviewQueue.SURE_OVERRIDDEN
        await wait_until(pilot, lambda: "Judged wrong" in shown(pilot, "detail") and first not in rows(pilot))
        await pilot.press("v")
        await wait_until(pilot, lambda: first.partition(" · ")[0] in under_cursor(pilot))
        assert "judged wrong" in under_cursor(pilot)
        await pilot.press("left")
        await wait_until(pilot, lambda: "1 judged, 0 right" in rows(pilot)[0])
        assert "too few (1)" in rows(pilot)[0]


async def test_a_change_is_marked_compared_and_taken_back() -> None:
    """A day to come is refused; before and after are compared with the interval of the difference."""
    desk = reviewing_desk()
    async with at_work(desk, opened="", size=(160, 40)) as pilot:
        await opened(pilot)
        await pilot.press("tab", "tab")
        await wait_until(pilot, lambda: "reworded" in rows(pilot)[0])
        assert "accepted" in shown(pilot, "detail")
        assert "rose (+" in shown(pilot, "detail")
        assert "No experiment" in shown(pilot, "detail")
        await pilot.press("n")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ChangeDialog))
        pilot.app.screen.query_one("#words", Input).value = "Agents were trained"
        pilot.app.screen.query_one("#day", Input).value = "2999-01-01"
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "once it has happened" in shown(pilot, "trouble"))
        pilot.app.screen.query_one("#day", Input).value = "2026-02-20"
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: len(rows(pilot)) == 2)
        await go_to(pilot, pilot.app.screen.query_one(ReviewList).rows[0].key)
        assert "Agents were trained" in under_cursor(pilot)
        await pilot.press("u")
        await wait_until(pilot, lambda: len(rows(pilot)) == 1)


async def test_weeks_pass_in_a_demo_and_nowhere_else() -> None:
    """Asked first how many; what is no number is refused."""
    desk = reviewing_desk()
    async with at_work(desk, opened="", size=(160, 40)) as pilot:
        await opened(pilot)
        await pilot.press("tab", "tab")
        await wait_until(pilot, lambda: "reworded" in rows(pilot)[0])
        assert "Let weeks pass" not in shown(pilot, "deeds")
        await pilot.press("p")
        desk.weeks = WeeksAhead(demo=True)
        await pilot.press("r")
        await wait_until(pilot, lambda: "Let weeks pass" in shown(pilot, "deeds"))
        await pilot.press("p")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, WeeksDialog))
        pilot.app.screen.query_one("#weeks", Input).value = "nine"
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "from 1 to 8" in shown(pilot, "trouble"))
        pilot.app.screen.query_one("#weeks", Input).value = "3"
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "3 weeks passed, generated" in shown(pilot, "detail"))
    assert [asked for name, asked in desk.calls if name == "let_weeks_pass"] == [3]


async def test_a_change_shows_what_it_is_about_first() -> None:
    """The macro that its words name, with how often it stood there."""
    desk = reviewing_desk()
    async with at_work(desk, opened="", size=(160, 40)) as pilot:
        await opened(pilot)
        await pilot.press("tab", "tab")
        await wait_until(pilot, lambda: "reworded" in rows(pilot)[0])
        said = shown(pilot, "detail")
        assert said.index("it was suggested") < said.index("all suggestions")
        assert "taken, then trouble" in rows(pilot)[0]
        await pilot.press("enter")
        await wait_until(pilot, lambda: "accepted" in rows(pilot)[0])
        assert "macro:late-where-it-is" in shown(pilot, "where")
        await pilot.press("left")
        await wait_until(pilot, lambda: "reworded" in rows(pilot)[0])


async def test_a_long_look_says_how_far_it_is_and_a_desk_that_is_away_is_said() -> None:
    """Until the figures are there."""
    desk = reviewing_desk()
    desk.looking = "640 of 10,000 events looked at"
    async with at_work(desk, opened="") as pilot:
        await pilot.press("alt+slash")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen) and "640 of" in rows(pilot)[0])
        desk.looking = ""
        await wait_until(pilot, lambda: len(rows(pilot)) > 5)
        desk.down = True
        await pilot.press("r")
        await wait_until(pilot, lambda: "not reachable" in rows(pilot)[0])


async def test_an_agent_is_told_that_it_is_for_leads() -> None:
    """And nothing is asked of the desk."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await pilot.press("alt+slash")
        await wait_until(pilot, lambda: any("Only leads" in notice for notice in notices(pilot)))
        assert desk.asked("review") == []


async def test_on_top_of_the_figures_stands_whether_the_suggestions_help() -> None:
    """With what is behind it beside it; the cursor begins on all suggestions."""
    desk = reviewing_desk()
    async with at_work(desk, opened="", size=(80, 24)) as pilot:
        await opened(pilot)
        assert rows(pilot)[0].startswith("Do the suggestions help? Not measured: no conversation is held out")
        assert under_cursor(pilot).startswith("all suggestions")
        await pilot.press("up")
        await wait_until(pilot, lambda: "hold_out = 0.1" in shown(pilot, "detail"))
        await pilot.press("enter")
        await wait_until(
            pilot, lambda: any(row.startswith("· Whether assistance helps is told by") for row in rows(pilot))
        )
        await pilot.press("left")
        await wait_until(pilot, lambda: under_cursor(pilot).startswith("Do the suggestions help?"))
