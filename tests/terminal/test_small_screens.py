"""A screen of 80×24 tells as much as a large one: what waits, what was put away, and where the words go."""

import pytest
from textual.widgets._toast import Toast

from console.conversation import commands as c
from console.conversation import events as e
from console.conversation.assist_events import RepliesSuggested, SuggestionDecided
from console.conversation.assistance import Decision
from console.conversation.message import Author
from console.terminal.screens.approvals import ApprovalsScreen
from console.terminal.screens.blocked import BlockedDialog
from console.terminal.widgets.composer import Composer, ComposerBar, ComposerNotes
from console.terminal.widgets.flags_panel import FlagView
from console.terminal.widgets.key_bar import KeyBar
from console.terminal.widgets.lines import Lines
from console.terminal.widgets.reply_strip import ReplyStrip
from console.terminal.widgets.suggestion_card import SuggestionCard
from console.terminal.widgets.top_bar import TopBar
from console.terminal.widgets.transcript import Transcript
from tests.terminal.fake_desk import FakeDesk, lead
from tests.terminal.harness import SMALL, Console, app_of, at_work, notices, said, wait_until
from tests.terminal.scenes import APOLOGY, RESHIP, full_desk, judge
from tests.terminal.test_transcript import long_desk


def top(pilot: Console) -> str:
    """The line at the top as it reads."""
    return app_of(pilot).main.query_one(TopBar).render().plain


def glance(pilot: Console) -> str:
    """The strip above the composer as it reads."""
    return app_of(pilot).main.query_one(ReplyStrip).render().plain


def shown_toast(pilot: Console, words: str) -> bool:
    """Whether this is said in passing right now."""
    return any(words in str(one.render()) and one.size.height for one in app_of(pilot).main.query(Toast))


async def test_a_lead_sees_that_a_text_waits_for_approval() -> None:
    """The top line counts it, whatever else stands there, and is never longer than the screen."""
    desk = full_desk(FakeDesk(agent=lead()))
    async with at_work(desk, size=SMALL) as pilot:
        assert "to approve" not in top(pilot)
        desk.append("c-iris", e.ApprovalRequested("a-1", "We refund £350.", judge("£350"), "long"), "agent:robin")
        await wait_until(pilot, lambda: "1 to approve" in top(pilot))
        assert len(top(pilot)) <= 80
        await pilot.press("alt+a")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ApprovalsScreen))


async def test_a_break_stays_in_sight() -> None:
    """The top line says so until the agent is back."""
    async with at_work(full_desk(), size=SMALL) as pilot:
        await pilot.press("ctrl+b")
        await wait_until(pilot, lambda: "on break" in top(pilot))
        await pilot.press("ctrl+b")
        await wait_until(pilot, lambda: "on break" not in top(pilot))


async def test_words_typed_beside_the_composer_are_written_in_it() -> None:
    """With the assist panels in front, letters are no commands: the chat comes back and they stand in the draft."""
    async with at_work(full_desk(), size=SMALL) as pilot:
        app = app_of(pilot)
        await pilot.press("f3")
        await wait_until(pilot, lambda: isinstance(app.focused, SuggestionCard))
        await pilot.press(*"Yes, today")
        await wait_until(pilot, lambda: said(pilot) == "Yes, today")
        assert app.focused is app.main.query_one(Composer).area
        assert app.main.part == "chat"


async def test_a_reply_that_was_sent_is_not_held_out_again() -> None:
    """The glance says that the customer's turn has come; the replies stay beside to be rated."""
    desk = full_desk()
    async with at_work(desk, size=SMALL) as pilot:
        assert "Take Alt+1" in glance(pilot)
        await pilot.press("alt+1", "ctrl+s")
        await wait_until(pilot, lambda: "Answered. New replies come" in glance(pilot))
        assert "Take Alt+1" not in glance(pilot)


async def test_where_nothing_is_suggested_after_the_bots_last_words_the_glance_says_so() -> None:
    """The replies are for the bot's words and the customer's before them; nobody reads on."""
    desk = full_desk()
    async with at_work(desk, size=SMALL) as pilot:
        said = desk.customer_writes("c-dana", "hm")
        desk.append("c-dana", RepliesSuggested(said, ()), "assist")
        await wait_until(pilot, lambda: "No reply fits what is known" in glance(pilot))
        desk.append("c-dana", e.MessageAdded(Author.BOT, "I'm bringing in a colleague."), "bot")
        desk.append("c-dana", RepliesSuggested(desk.state("c-dana").messages[-1].id, ()), "assist")
        desk.append("c-dana", e.NoteAdded("all of it is here now", "Robin"), "agent:robin")
        notes = app_of(pilot).controller.conversation.notes
        await wait_until(pilot, lambda: any("all of it" in note.text for note in notes))
        assert "No reply fits what is known" in glance(pilot)


async def test_letters_that_are_keys_of_the_focused_part_stay_keys() -> None:
    """On a reply, x still dismisses it."""
    desk = full_desk()
    async with at_work(desk, size=SMALL) as pilot:
        await pilot.press("f3")
        await wait_until(pilot, lambda: isinstance(app_of(pilot).focused, SuggestionCard))
        await pilot.press("x")
        await wait_until(pilot, lambda: desk.asked("dismiss"))
        assert said(pilot) == ""


async def test_the_glance_shows_the_first_reply_that_was_not_dismissed_with_its_own_number() -> None:
    """Reply 1 is put away, so reply 2 stands there, and its key takes it; with none left it says so."""
    desk = full_desk()
    async with at_work(desk, size=SMALL) as pilot:
        desk.append("c-dana", SuggestionDecided(RESHIP.id, Decision.DISMISSED), "agent:robin")
        await wait_until(pilot, lambda: glance(pilot).startswith("2 "))
        assert "Alt+2" in glance(pilot)
        await pilot.press("alt+2")
        await wait_until(pilot, lambda: said(pilot) == APOLOGY.text)
        for suggestion in desk.state("c-dana").suggestions:
            desk.append("c-dana", SuggestionDecided(suggestion.id, Decision.DISMISSED), "agent:robin")
        await wait_until(pilot, lambda: "You dismissed all replies" in glance(pilot))


async def test_sending_a_text_that_waits_for_a_lead_says_that_it_waits() -> None:
    """The block is not asked about again."""
    desk = full_desk()
    async with at_work(desk, size=SMALL) as pilot:
        app_of(pilot).main.query_one(Composer).area.replace_all("We refund £350.")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, BlockedDialog))
        await pilot.press(*"long wait", "ctrl+s")
        await wait_until(pilot, lambda: desk.state("c-dana").approvals)
        await wait_until(pilot, app_of(pilot).controller.composing.waits_for_lead)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: any("has not decided" in notice for notice in notices(pilot)))
        assert pilot.app.screen is app_of(pilot).main
        assert desk.asked("ask_approval") == [c.RequestApproval("We refund £350.", "long wait")]


@pytest.mark.parametrize(
    ("sizes", "key"),
    [([(200, 60), SMALL], "f3"), ([SMALL, (200, 60)], "f2"), ([(120, 40), SMALL, (200, 60), SMALL], "")],
)
async def test_the_newest_message_stays_in_view_when_the_screen_changes_its_size(
    sizes: list[tuple[int, int]], key: str
) -> None:
    """Also while another part stands in front of the chat."""
    async with at_work(long_desk(60), size=sizes[0]) as pilot:
        main = app_of(pilot).main
        await wait_until(pilot, lambda: main.query_one(Transcript).at_newest)
        if key:
            await pilot.press(key)
        for width, height in sizes[1:]:
            await pilot.resize_terminal(width, height)
            await pilot.pause()
        app_of(pilot).show_view("chat")
        await wait_until(pilot, lambda: main.query_one("#lines").size.height > 5)
        lines = main.query_one("#lines")
        await wait_until(pilot, lambda: lines.scroll_y >= lines.max_scroll_y)
        assert main.query_one(Transcript).at_newest


@pytest.mark.parametrize(("size", "part"), [(SMALL, "f2"), (SMALL, "f3"), ((120, 40), ""), ((200, 60), "")])
async def test_what_is_said_in_passing_hides_no_message_no_flag_and_no_button(size: tuple[int, int], part: str) -> None:
    """Nor the keys at the bottom: it lies over the two lines at the top, which come back in seconds."""
    async with at_work(full_desk(), size=size) as pilot:
        app = app_of(pilot)
        if part:
            await pilot.press(part)
        app.main.query_one(Composer).area.insert("I refund £350, it comes by Friday.")
        notes = app.main.query_one(ComposerNotes)
        await wait_until(pilot, lambda: notes.display and notes.region.height)
        app.announce("A lead was asked. The text stays here; you can go on with others.", "warning")
        await wait_until(pilot, lambda: app.main.query(Toast) and app.main.query_one(Toast).size.height)
        toast = app.main.query_one(Toast).region
        assert (toast.y, toast.bottom) == (0, 1)
        for words in ("The desk did not take that, and here is a very long reason why not. " * 2, "Kept."):
            app.announce(words, "error")
            await wait_until(pilot, lambda words=words: shown_toast(pilot, words))
            await wait_until(pilot, lambda: max((one.region.bottom for one in app.main.query(Toast)), default=0) <= 2)
            covered = [toast.region for toast in app.main.query(Toast)]
            seen = [one.region for kind in (Lines, FlagView, ComposerBar, KeyBar) for one in app.main.query(kind)]
            assert not [region for region in seen if any(region.overlaps(toast) for toast in covered)]
