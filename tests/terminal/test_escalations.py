"""Escalations: a lead finds the worst, sees why, tries another threshold on the past, and puts it in force."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from textual.widgets import Input

from console.conversation.escalation_commands import ChangeThreshold, JudgeEscalation, Threshold, Trial, Trials
from console.conversation.escalations import Moved, Timing
from console.conversation.people import Agent, Role
from console.conversation.scenario_drafts import MakeScenario
from console.conversation.shares import NO_CASES
from console.terminal.screens.escalation_judging import TimingDialog
from console.terminal.screens.marking import MarkingScreen
from console.terminal.screens.review import ReviewScreen
from console.terminal.screens.scenario_draft import ScenarioDraftScreen
from console.terminal.screens.sure import SureDialog
from console.terminal.widgets.choice import Choice
from console.terminal.widgets.escalation_faces import moved_lines, trial_said
from console.terminal.widgets.review_list import ReviewList
from tests.terminal.escalation_scenes import escalating_desk
from tests.terminal.harness import Console, app_of, at_work, wait_until
from tests.terminal.test_review import go_to, opened, rows, shown, under_cursor


async def escalated(pilot: Console) -> None:
    """Open the review at its tab of escalations."""
    await opened(pilot)
    assert isinstance(pilot.app.screen, ReviewScreen)
    pilot.app.screen.action_show("Escalated")
    await wait_until(pilot, lambda: any(row.startswith("invoice-copy") for row in rows(pilot)))


async def test_the_worst_behaviour_stands_first_and_leads_to_the_message_where_a_person_was_due() -> None:
    """With its interval, what it cost, and why each conversation is judged so."""
    desk = escalating_desk()
    async with at_work(desk, opened="", size=(160, 40)) as pilot:
        await escalated(pilot)
        named = [row.key for row in pilot.app.screen.query_one(ReviewList).rows if row.key.startswith("behaviour ")]
        assert named[0] == "behaviour invoice-copy"
        await go_to(pilot, named[0])
        assert under_cursor(pilot).startswith("invoice-copy 26 100% 0% 3")
        assert "too late or not at all 100% (87–100)" in shown(pilot, "detail")
        assert "late by 3 turns" in shown(pilot, "detail")
        assert "26 the bot had failed twice" in shown(pilot, "detail")
        await pilot.press("enter")
        await wait_until(pilot, lambda: rows(pilot)[0] == "too late 26")
        await go_to(pilot, "too-late")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "c-dana m5" in under_cursor(pilot))
        assert "that's not what I asked" in shown(pilot, "detail")
        await pilot.press("enter")
        await wait_until(pilot, lambda: app_of(pilot).controller.state.current == "c-dana")


def test_a_mark_is_dated_by_the_desks_clock() -> None:
    """Which in a demo may be days ahead: then the mark has its day."""
    now = datetime.now(UTC)
    moved = Moved("ch-1", now, "invoice-copy hands over sooner", "invoice-copy", NO_CASES, NO_CASES, None, None)
    assert not moved_lines(moved, 100)[0].plain.startswith(f"{now.astimezone():%a}")
    assert moved_lines(moved, 100, now + timedelta(days=21))[0].plain.startswith(f"{now.astimezone():%a}")


def test_thresholds_that_the_past_does_not_tell_apart_are_said() -> None:
    """And where none was tried, that."""
    one, two = Threshold(1, mood=False), Threshold(None, mood=False)
    first, usual = Trial(one, 4, 0, 6, 4, 0, 0, 0, diff="+after = 1"), Trial(two, 4, 0, 6, 4, 0, 0, 0)
    more = Trial(Threshold(3, mood=False), 2, 0, 8, 4, 2, 0, 0)
    trials = Trials("invoice-copy", tried=10, trials=(first, usual, more))
    assert [said for said in trial_said(first, trials) if "The same as usual (2):" in said]
    assert not [said for said in trial_said(more, trials) if "The same" in said]
    assert list(trial_said(first, replace(trials, tried=0))) == [
        "It was tried on none: the bot began no conversation of this behaviour in these weeks."
    ]


async def test_a_lead_overrules_the_rule_with_a_reason() -> None:
    """It counts in place of the rule, and how far the two agree is told."""
    desk = escalating_desk()
    async with at_work(desk, opened="", size=(100, 30)) as pilot:
        await escalated(pilot)
        assert "No lead has judged any yet" in shown(pilot, "detail")
        await go_to(pilot, "behaviour invoice-copy")
        await pilot.press("enter")
        await wait_until(pilot, lambda: rows(pilot)[0].startswith("too late"))
        await go_to(pilot, "too-late")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "c-dana" in under_cursor(pilot))
        await pilot.press("j")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, TimingDialog))
        pilot.app.screen.query_one("#timing-right", Choice).value = True
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "why" in shown(pilot, "trouble"))
        pilot.app.screen.query_one("#reason", Input).value = "they wanted to try it themselves"
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: desk.asked("judge_escalation"))
        assert desk.asked("judge_escalation") == [
            JudgeEscalation("c-dana", Timing.RIGHT, "they wanted to try it themselves")
        ]
        await wait_until(pilot, lambda: "Judged right" in shown(pilot, "detail"))
        assert not any("c-dana" in row for row in rows(pilot))


async def at_a_pattern(pilot: Console) -> None:
    """Go to what is judged of one behaviour."""
    await escalated(pilot)
    await go_to(pilot, "behaviour invoice-copy")
    await pilot.press("enter")
    await wait_until(pilot, lambda: any("Try other thresholds" in row for row in rows(pilot)))


async def test_a_trainer_finds_what_was_escalated_and_makes_a_scenario_of_it() -> None:
    """Beside the list of quality; judging and thresholds are the leads'."""
    desk = escalating_desk()
    desk.agent = Agent("wren", "Wren Tallow", Role.TRAINER)
    async with at_work(desk, opened="", size=(80, 24)) as pilot:
        await pilot.press("alt+slash")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, MarkingScreen))
        await pilot.press("tab")
        await wait_until(pilot, lambda: any(row.startswith("invoice-copy") for row in rows(pilot)))
        await go_to(pilot, "behaviour invoice-copy")
        await pilot.press("enter")
        await wait_until(pilot, lambda: rows(pilot)[0].startswith("too late"))
        assert not any("Try other thresholds" in row for row in rows(pilot))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "c-dana" in under_cursor(pilot))
        assert "Judge" not in shown(pilot, "deeds")
        await pilot.press("j", "p")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ScenarioDraftScreen))
        assert desk.asked("make_scenario") == [MakeScenario("c-dana")]


async def test_an_escalation_becomes_a_practice_scenario() -> None:
    """It opens at once, and is kept."""
    desk = escalating_desk()
    async with at_work(desk, opened="", size=(120, 40)) as pilot:
        await at_a_pattern(pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: "c-dana" in under_cursor(pilot))
        await pilot.press("p")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ScenarioDraftScreen))
        assert desk.asked("make_scenario") == [MakeScenario("c-dana")]
        await pilot.press("escape")
        await wait_until(pilot, lambda: "The draft is kept" in shown(pilot, "detail"))


async def test_a_threshold_is_tried_put_in_force_after_asking_and_taken_back() -> None:
    """The diff stands in the question, and what it would do stands before."""
    desk = escalating_desk()
    async with at_work(desk, opened="", size=(120, 40)) as pilot:
        await at_a_pattern(pilot)
        await pilot.press("end", "enter")
        await wait_until(pilot, lambda: any("proposed" in row for row in rows(pilot)))
        assert under_cursor(pilot).startswith("2 turns ← proposed 0 0 26 0")
        assert "Too late 26 → 0" in shown(pilot, "detail")
        assert "is not known" in shown(pilot, "detail")
        await pilot.press("enter")
        await wait_until(pilot, lambda: rows(pilot)[0].startswith("c-dana m13 → m7 3 turns earlier"))
        await pilot.press("left")
        await wait_until(pilot, lambda: under_cursor(pilot).startswith("2 turns"))
        await pilot.press("a")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SureDialog))
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        assert desk.asked("change_threshold") == []
        await pilot.press("a")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SureDialog))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "in force within seconds" in shown(pilot, "detail"))
        (body,) = desk.asked("change_threshold")
        assert isinstance(body, ChangeThreshold)
        assert (body.behaviour, body.threshold) == ("invoice-copy", Threshold(2, mood=False))
        await wait_until(pilot, lambda: any("2 turns ← in force" in row for row in rows(pilot)))
        await pilot.press("u")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SureDialog))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: desk.asked("restore_threshold") == ["ch-now"])
        await wait_until(pilot, lambda: any("5 turns ← in force" in row for row in rows(pilot)))


async def test_a_behaviour_that_is_gone_says_so() -> None:
    """Its conversations are there still."""
    desk = escalating_desk()
    async with at_work(desk, opened="", size=(80, 24)) as pilot:
        await escalated(pilot)
        await go_to(pilot, "behaviour order-status")
        await pilot.press("enter")
        await wait_until(pilot, lambda: any("Try other thresholds" in row for row in rows(pilot)))
        await pilot.press("end", "enter")
        await wait_until(pilot, lambda: any("any more" in row for row in rows(pilot)))
        await pilot.press("left")
        await wait_until(pilot, lambda: any("Try other thresholds" in row for row in rows(pilot)))
        assert len(rows(pilot)) > 1


async def test_what_came_into_force_by_itself_is_a_change_that_nobody_takes_back() -> None:
    """Named with what changed."""
    desk = escalating_desk()
    async with at_work(desk, opened="", size=(160, 40)) as pilot:
        await opened(pilot)
        assert isinstance(pilot.app.screen, ReviewScreen)
        pilot.app.screen.action_show("Changes")
        await wait_until(pilot, lambda: "ranker r-2026-02" in rows(pilot)[0])
        assert "by itself" in rows(pilot)[0]
        assert any("macro late-where-it-is" in row for row in rows(pilot))
        await go_to(pilot, pilot.app.screen.query_one(ReviewList).rows[0].key)
        assert "Take back" not in shown(pilot, "deeds")
        await pilot.press("u")
        await pilot.pause()
        assert desk.asked("unmark_change") == []
