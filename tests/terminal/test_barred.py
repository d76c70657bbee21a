"""Sending where a conversation does not stand open before the agent, and asking again for what a lead refused."""

import pytest
from textual.widgets import Static

from console.conversation import events as e
from console.conversation.message import Author, Status
from console.terminal.screens.blocked import BlockedDialog
from console.terminal.widgets.composer import Composer, ComposerBar
from console.terminal.widgets.suggestion_card import SuggestionCard
from tests.terminal.harness import Console, app_of, at_work, notices, said, wait_until
from tests.terminal.scenes import FIRM_DATE, full_desk, judge


def bar(pilot: Console) -> str:
    """What stands under the draft."""
    return str(app_of(pilot).main.query_one(ComposerBar).render())


async def test_sending_in_a_parked_conversation_makes_it_active_and_says_so() -> None:
    """The customer reads it, so it is not set aside any more."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await pilot.press("alt+p")
        await wait_until(pilot, app_of(pilot).controller.state.parked)
        await pilot.press(*"One moment", "ctrl+s")
        await wait_until(pilot, lambda: desk.state("c-dana").status is Status.ACTIVE)
        assert desk.state("c-dana").messages[-1].role is Author.AGENT
        await wait_until(pilot, lambda: any("it is active again" in notice for notice in notices(pilot)))


@pytest.mark.parametrize(
    ("event", "what_to_do"),
    [
        (e.ConversationClosed("answered", resolved=True), "Alt+Z reopens it"),
        (e.ConversationReleased(parked=False), "Alt+C"),
        (e.ConversationClaimed("priya", "Priya Marlow"), "Priya Marlow has this conversation"),
    ],
)
async def test_where_nothing_can_be_sent_send_is_off_and_says_what_to_do(event: e.EventData, what_to_do: str) -> None:
    """The draft stays."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await pilot.press(*"One moment")
        assert "Send ^S" in bar(pilot)
        desk.append("c-dana", event, "agent:priya")
        await wait_until(pilot, lambda: "^S" not in bar(pilot) and what_to_do in bar(pilot))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: any("Not sent: " in n and what_to_do in n for n in notices(pilot)))
        assert desk.asked("send") == []
        assert said(pilot) == "One moment"


async def test_asking_again_for_a_refused_text_says_that_it_was_refused_and_names_the_warning_too() -> None:
    """So that nobody asks a second lead without knowing it, or is met by the warning afterwards."""
    desk, text = full_desk(), "We refund £350 by Friday."
    desk.append("c-dana", e.ApprovalRequested("a-1", text, judge(text), "long wait"), "agent:robin")
    desk.append("c-dana", e.ApprovalDecided("a-1", approved=False, reason="too much"), "agent:marta")
    async with at_work(desk) as pilot:
        app_of(pilot).main.query_one(Composer).area.replace_all(text)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, BlockedDialog))
        shown = " ".join(str(line.render()) for line in pilot.app.screen.query(Static))
        assert "A lead refused this text: “too much”" in shown
        assert FIRM_DATE.title in shown


async def test_tab_from_the_last_card_of_a_small_screen_stays_with_what_is_shown() -> None:
    """A letter typed then is a command, and not written to the customer."""
    async with at_work(full_desk(), size=(80, 24)) as pilot:
        app = app_of(pilot)
        await pilot.press("f3")
        await wait_until(pilot, lambda: isinstance(app.focused, SuggestionCard))
        for _ in range(20):
            await pilot.press("tab")
            assert app.focused is not app.main.query_one(Composer).area
            assert app.main.part == "assist"
