"""Letting assistance into what is reserved for people, and marking the bot's answers where they are read."""

from textual.widgets import Input

from console.conversation.boundary import Verdict
from console.conversation.boundary_commands import AllowAssistance, MarkBotAnswer
from console.conversation.message import Author, Layer
from console.conversation.people import Agent, Role
from console.terminal.screens.allowing import AllowingDialog
from console.terminal.screens.bot_marking import BotMarkingDialog
from console.terminal.timeline import EntryKind, timeline
from console.terminal.widgets.choice import Choice, Choices
from console.terminal.widgets.lines import Lines
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.harness import Console, app_of, at_work, notices, wait_until
from tests.terminal.scenes import full_desk

MARTA = Agent("marta", "Marta Quill", Role.LEAD)


def dialog(pilot: Console, kind: type) -> bool:
    """Return whether a dialog of this kind is open."""
    return isinstance(pilot.app.screen, kind)


def layer(pilot: Console) -> Layer:
    """Return the layer of the conversation on the screen."""
    conversation = app_of(pilot).controller.conversation
    assert conversation is not None
    return conversation.layer


async def test_a_lead_lets_assistance_in_with_a_reason_and_takes_it_back_with_the_same_key() -> None:
    """Who and why stand in the transcript."""
    desk = full_desk(FakeDesk(agent=MARTA))
    async with at_work(desk, opened="c-hugo") as pilot:
        await pilot.press("ctrl+o")
        await wait_until(pilot, lambda: dialog(pilot, AllowingDialog))
        await pilot.press("ctrl+s")
        assert desk.asked("allow_assistance") == []
        pilot.app.screen.query_one("#reason", Input).value = "He only asks where his parcel is"
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: layer(pilot) is Layer.ASSISTED)
        assert desk.asked("allow_assistance") == [AllowAssistance("He only asks where his parcel is")]
        marks = [e.text for e in timeline(desk.state("c-hugo")) if e.kind is EntryKind.MARK]
        assert "Marta Quill let assistance in: He only asks where his parcel is" in marks
        await pilot.press("ctrl+o")
        await wait_until(pilot, lambda: layer(pilot) is Layer.HUMAN_ONLY)
        assert desk.asked("allow_assistance")[-1] == AllowAssistance(allowed=False)


async def test_an_agent_is_told_that_it_is_a_leads_to_let_in() -> None:
    """And nothing is asked of the desk; nor where nothing is reserved."""
    desk = full_desk()
    async with at_work(desk, opened="c-hugo") as pilot:
        await pilot.press("ctrl+o")
        await wait_until(pilot, lambda: notices(pilot))
        assert notices(pilot) == ["Reserved for people: only a lead can let assistance in."]
        await app_of(pilot).controller.open("c-dana")
        await pilot.press("ctrl+o")
        await wait_until(pilot, lambda: len(notices(pilot)) > 1)
        assert notices(pilot)[1] == "This conversation is not reserved for people."
        assert desk.asked("allow_assistance") == []


async def test_the_newest_answer_of_the_bot_is_marked_with_a_key_and_the_mark_is_taken_back() -> None:
    """Wrong with a reason; without one the dialog says what is missing."""
    desk = full_desk()
    newest = [m.id for m in desk.state("c-dana").messages if m.role is Author.BOT][-1]
    async with at_work(desk) as pilot:
        await pilot.press("alt+comma")
        await wait_until(pilot, lambda: dialog(pilot, BotMarkingDialog))
        pilot.app.screen.query_one(Choices).focus()
        await pilot.press("down", "ctrl+s")
        assert desk.asked("mark_bot_answer") == []
        pilot.app.screen.query_one("#reason", Input).value = "The link is dead"
        await pilot.press("ctrl+s")
        wrong = MarkBotAnswer(newest, Verdict.WRONG, "The link is dead")
        await wait_until(pilot, lambda: desk.asked("mark_bot_answer") == [wrong])
        await wait_until(pilot, lambda: not dialog(pilot, BotMarkingDialog))
        shown = [e.mark for e in timeline(desk.state("c-dana")) if e.key == newest]
        assert shown == ["✗ wrong, says Robin Ashdale: The link is dead"]
        await pilot.press("alt+comma")
        await wait_until(pilot, lambda: dialog(pilot, BotMarkingDialog))
        pilot.app.screen.query_one(Choices).focus()
        await pilot.press("down", "ctrl+s")
        await wait_until(pilot, lambda: len(desk.asked("mark_bot_answer")) > 1)
        assert desk.state("c-dana").boundary.marks == {}


async def test_the_other_answers_of_the_bot_are_a_key_away() -> None:
    """The dialog says which of how many it is about."""
    desk = full_desk()
    bots = [m.id for m in desk.state("c-dana").messages if m.role is Author.BOT]
    async with at_work(desk) as pilot:
        await pilot.press("alt+comma")
        await wait_until(pilot, lambda: dialog(pilot, BotMarkingDialog))
        await pilot.press("alt+up")
        pilot.app.screen.query_one(Choices).focus()
        await pilot.press("space", "ctrl+s")
        await wait_until(pilot, lambda: desk.asked("mark_bot_answer"))
        assert desk.asked("mark_bot_answer") == [MarkBotAnswer(bots[-2] if len(bots) > 1 else bots[0], Verdict.RIGHT)]


async def test_what_one_answer_is_marked_is_not_said_of_the_next() -> None:
    """Of an answer without a mark nothing is chosen, whatever was shown before."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await pilot.press("alt+comma")
        await wait_until(pilot, lambda: dialog(pilot, BotMarkingDialog))
        await pilot.press("space", "ctrl+s")
        await wait_until(pilot, lambda: not dialog(pilot, BotMarkingDialog))
        await pilot.press("alt+comma")
        await wait_until(pilot, lambda: dialog(pilot, BotMarkingDialog))
        choices = pilot.app.screen.query_one(Choices)
        assert choices.pressed_index == 0
        await pilot.press("alt+up")
        await pilot.pause()
        assert choices.pressed_index == -1
        assert not any(choice.value for choice in choices.query(Choice))


async def test_a_click_beside_an_answer_of_the_bot_marks_that_one() -> None:
    """The words beside it say what it does."""
    desk = full_desk()
    eldest = next(m.id for m in desk.state("c-dana").messages if m.role is Author.BOT)
    async with at_work(desk) as pilot:
        lines = pilot.app.screen.query_one(Lines)
        lines.action_oldest()
        await pilot.pause()
        rows = [strip.text for strip in (lines.render_line(y) for y in range(lines.size.height))]
        row = next(y for y, text in enumerate(rows) if "right?" in text)
        await pilot.click(Lines, offset=(rows[row].index("right?") + 1, row))
        await wait_until(pilot, lambda: dialog(pilot, BotMarkingDialog))
        pilot.app.screen.query_one(Choices).focus()
        await pilot.press("space", "ctrl+s")
        await wait_until(pilot, lambda: desk.asked("mark_bot_answer"))
        assert desk.asked("mark_bot_answer") == [MarkBotAnswer(eldest, Verdict.RIGHT)]


async def test_where_the_bot_said_nothing_there_is_nothing_to_mark() -> None:
    """Said in a line."""
    desk = full_desk()
    async with at_work(desk, opened="c-hugo") as pilot:
        assert not any(m.role is Author.BOT for m in desk.state("c-hugo").messages)
        await pilot.press("alt+comma")
        await wait_until(pilot, lambda: notices(pilot))
        assert notices(pilot) == ["The bot has said nothing in this conversation."]
