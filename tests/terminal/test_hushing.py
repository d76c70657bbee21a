"""Less of the second chair: hidden for a conversation, fewer replies, and a warning that is told once."""

from dataclasses import replace

import pytest

from console.conversation import assist_events as a
from console.conversation import commands as c
from console.conversation.assistance import ESCALATION_RISK, Flag, Mood, Severity
from console.conversation.hold_out_events import HoldOutAssigned
from console.terminal.widgets.inbox import InboxList
from console.terminal.widgets.mood_panel import MoodLine
from console.terminal.widgets.suggestion_card import SuggestionCard
from console.terminal.widgets.suggestions_panel import SuggestionsPanel
from tests.terminal.harness import Console, app_of, at_work, notices, said, wait_until
from tests.terminal.scenes import APOLOGY, full_desk

FEWER = "Fewer past replies (9 of 10 passed over)."
WARNING = Flag(
    "f-risk",
    ESCALATION_RISK,
    Severity.INFO,
    "m6",
    "ridiculous",
    "Third message without an answer; mood falling. Answer now, if only to say what you are doing.",
    "This may escalate",
    "Built in",
)

UPSET = Mood(-0.7, "angry", "falling", 0.8, ("ridiculous",), ("third message without an answer", "mood falling"))
"""Dana's mood as the warning is given."""


def silence(pilot: Console) -> str:
    """What stands above the panels."""
    return str(app_of(pilot).main.query_one("#silence").render())


def cards(pilot: Console) -> int:
    """How many replies stand on the screen."""
    panel = app_of(pilot).main.query_one(SuggestionsPanel)
    return sum(bool(card.suggestion) for card in app_of(pilot).main.query(SuggestionCard)) if panel.display else 0


def hidden(pilot: Console) -> bool:
    """Whether the conversation on the screen is dark."""
    conversation = app_of(pilot).controller.conversation
    return bool(conversation and conversation.hidden)


async def test_one_key_hides_assistance_for_this_conversation_and_shows_it_again() -> None:
    """Flags stay, and the panel says which key."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await wait_until(pilot, lambda: cards(pilot) == 3)
        await pilot.press("alt+h")
        await wait_until(pilot, lambda: hidden(pilot) and "Alt+H shows it again" in silence(pilot))
        assert cards(pilot) == 0
        assert not app_of(pilot).main.query_one(MoodLine).is_on_screen
        assert app_of(pilot).main.query_one("FlagView").is_on_screen
        await pilot.press("alt+h")
        await wait_until(pilot, lambda: not hidden(pilot) and "Alt+H" not in silence(pilot))
        assert [body.hidden for body in desk.asked("set_assistance")] == [True, False]  # type: ignore[attr-defined]


async def test_the_mouse_shows_it_again() -> None:
    """On the button in the line."""
    desk = full_desk()
    desk.append("c-dana", a.AssistanceHidden(hidden=True), "agent:robin")
    async with at_work(desk, size=(200, 60)) as pilot:
        await wait_until(pilot, lambda: "Show again" in silence(pilot))
        line = app_of(pilot).main.query_one("#silence")
        rows = [row for row in range(line.size.height) if "Show again" in _row(pilot, row)]
        column = _row(pilot, rows[0]).index("Show again")
        await pilot.click("#silence", offset=(column + 2, rows[0]))
        await wait_until(pilot, lambda: not hidden(pilot))


async def test_a_conversation_that_is_held_out_says_why_in_a_line_and_how_to_have_it_back() -> None:
    """Nothing of the second chair is on the screen but flags; the same key asks for it, and it is theirs from then."""
    desk = full_desk()
    async with at_work(desk, size=(200, 60)) as pilot:
        await wait_until(pilot, lambda: cards(pilot) == 3)
        desk.append("c-dana", HoldOutAssigned(held_out=True, share=0.1), "assist")
        await wait_until(pilot, lambda: "No second chair in this conversation" in silence(pilot))
        assert "Ask for it" in silence(pilot)
        assert cards(pilot) == 0
        assert app_of(pilot).main.query_one("FlagView").is_on_screen
        await pilot.press("alt+h")
        await wait_until(pilot, lambda: not hidden(pilot) and not silence(pilot))
        assert [body.hidden for body in desk.asked("set_assistance")] == [False]  # type: ignore[attr-defined]
        await pilot.press("alt+h")
        await wait_until(pilot, lambda: "Hidden for this conversation" in silence(pilot))


def _row(pilot: Console, row: int) -> str:
    line = app_of(pilot).main.query_one("#silence")
    region = line.region
    strips = app_of(pilot).main._compositor.render_strips()
    return strips[region.y + row].text[region.x : region.right]


async def test_nothing_is_completed_while_it_is_hidden() -> None:
    """Though the sentences had come before."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        composing = app_of(pilot).controller.composing
        await wait_until(pilot, lambda: composing.complete("I'm sor"))
        await pilot.press("alt+h")
        await wait_until(pilot, lambda: hidden(pilot))
        assert composing.complete("I'm sor") == ""


async def test_hiding_says_what_it_needs_where_it_cannot_be_done() -> None:
    """In human-only there is none; a conversation of others is theirs."""
    async with at_work(full_desk(), opened="c-hugo") as pilot:
        await pilot.press("alt+h")
        await wait_until(pilot, lambda: notices(pilot))
        assert notices(pilot) == ["Human only: there is no assistance here to hide. A lead can let it in (Ctrl+O)."]
        await app_of(pilot).controller.open("c-iris")
        await pilot.press("alt+h")
        await wait_until(pilot, lambda: len(notices(pilot)) == 2)
        assert "claim one first" in notices(pilot)[1]


async def test_why_fewer_replies_are_shown_stands_in_one_line_with_the_way_back() -> None:
    """Alt+V asks for all; without such a line there is nothing to end."""
    desk = full_desk()
    async with at_work(desk, size=(200, 60)) as pilot:
        line = app_of(pilot).main.query_one("#fewer")
        assert not line.display
        await pilot.press("alt+v")
        await wait_until(pilot, lambda: notices(pilot) == ["You are shown all replies there are."])
        desk.append("c-dana", a.RepliesSuggested("m6", (APOLOGY,), fewer=FEWER), "assist")
        await wait_until(pilot, lambda: line.display and FEWER in str(line.render()))
        assert "Alt+V" in str(line.render())
        await pilot.press("alt+v")
        await wait_until(pilot, lambda: desk.asked("restore_replies"))


async def test_completions_wait_for_as_many_letters_as_the_desk_says() -> None:
    """A setting of the desk."""
    desk = full_desk()

    async def late(conversation: str) -> c.Completions:
        return c.Completions("", desk.sentences, shortest=8)

    desk.completions = late  # type: ignore[method-assign]
    async with at_work(desk) as pilot:
        composing = app_of(pilot).controller.composing
        await wait_until(pilot, lambda: composing.complete("I'm sorry"))
        assert composing.complete("I'm sor") == ""
        assert said(pilot) == ""


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_warning_stands_in_the_inbox_until_the_customer_is_calm_again(size: tuple[int, int]) -> None:
    """A sign before the mood; in the mood panel the reasons."""
    desk = full_desk()
    async with at_work(desk, size=size) as pilot:
        app_of(pilot).show_view("inbox")
        desk.append("c-dana", a.MoodRead("m6", UPSET), "assist")
        desk.append("c-dana", a.FlagsRaised("m6", (WARNING,)), "assist")
        await wait_until(pilot, lambda: "⚠ angry" in _inbox(pilot))
        mood = str(app_of(pilot).main.query_one(MoodLine).render())
        assert "risk high: third message without an answer; mood falling" in mood
        desk.append("c-dana", a.MoodRead("m6", replace(UPSET, label="neutral", escalation_risk=0.1)), "assist")
        await wait_until(pilot, lambda: "⚠" not in _inbox(pilot))


def _inbox(pilot: Console) -> str:
    rows = app_of(pilot).main.query_one(InboxList).rows
    return "\n".join(str(row.face) for row in rows)
