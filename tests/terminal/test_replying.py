"""Taking, changing and sending replies."""

import asyncio

from textual.events import Key
from textual.widgets import Static

from console.conversation import commands as c
from console.conversation import events as e
from console.conversation.assistance import Decision
from console.conversation.message import Author
from console.terminal.screens.blocked import BlockedDialog, OverrideDialog
from console.terminal.screens.reasons import ReasonsDialog
from console.terminal.widgets.composer import Composer
from console.terminal.widgets.suggestion_card import SuggestionCard
from tests.terminal.fake_desk import FakeDesk, lead
from tests.terminal.harness import Console, app_of, at_work, notices, said, wait_until
from tests.terminal.scenes import APOLOGY, REFUND, RESHIP, full_desk


async def test_alt_1_takes_the_first_reply_from_inside_the_composer() -> None:
    """The reply stands in the composer, and nothing was sent."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await pilot.press("alt+1")
        await wait_until(pilot, lambda: said(pilot) == RESHIP.text)
        assert desk.asked("send") == []


async def broken_off(pilot: Console, desk: FakeDesk) -> None:
    """Take a reply, lose the server while it is being sent, and have it back; the text has stayed."""
    await pilot.press("alt+1")
    desk.held = asyncio.Event()
    await pilot.press("ctrl+s")
    await wait_until(pilot, lambda: desk.asked("send"))
    desk.down = True
    desk.held.set()
    await wait_until(pilot, lambda: any("not reachable" in notice for notice in notices(pilot)))
    assert said(pilot) == RESHIP.text
    desk.down, desk.held = False, None


async def test_alt_1_takes_a_reply_as_real_terminals_send_it() -> None:
    """They send the key with its character; the character must not become text."""
    async with at_work(full_desk()) as pilot:
        pilot.app.post_message(Key("alt+1", "1"))
        await wait_until(pilot, lambda: said(pilot) == RESHIP.text)


async def test_a_plain_digit_takes_a_reply_outside_the_composer() -> None:
    """After Esc the digits belong to the suggestions."""
    async with at_work(full_desk()) as pilot:
        await pilot.press("escape", "2")
        await wait_until(pilot, lambda: said(pilot) == APOLOGY.text)


async def test_a_digit_typed_into_the_composer_is_text() -> None:
    """Numbers can be written."""
    async with at_work(full_desk()) as pilot:
        await pilot.press("2", "3")
        await wait_until(pilot, lambda: said(pilot) == "23")


async def test_ctrl_s_sends_what_was_taken_as_accepted() -> None:
    """The desk gets the text with its suggestion and the newest message seen, and the composer is empty after."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await pilot.press("alt+1", "ctrl+s")
        await wait_until(pilot, lambda: desk.sent_keys and said(pilot) == "")
        (body,) = desk.asked("send")
        assert isinstance(body, c.SendMessage)
        assert (body.text, body.suggestion, body.seen) == (RESHIP.text, RESHIP.id, "m6")
        assert next(iter(desk.sent_keys.values())).decision is Decision.ACCEPTED


async def test_enter_is_a_new_line_and_sends_nothing() -> None:
    """Only Ctrl+S sends."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await pilot.press("a", "enter", "b")
        await wait_until(pilot, lambda: said(pilot) == "a\nb")
        assert desk.asked("send") == []


async def test_taking_a_reply_over_a_text_loses_nothing() -> None:
    """Ctrl+Z brings back what stood there, and the agent is told so."""
    async with at_work(full_desk()) as pilot:
        await pilot.press(*"my own", "alt+1")
        await wait_until(pilot, lambda: said(pilot) == RESHIP.text)
        assert any("Ctrl+Z" in notice for notice in notices(pilot))
        await pilot.press("ctrl+z")
        await wait_until(pilot, lambda: said(pilot) == "my own")


async def test_the_history_of_edits_is_kept_over_another_conversation() -> None:
    """Ctrl+Z still works after looking elsewhere."""
    async with at_work(full_desk()) as pilot:
        app = app_of(pilot)
        await pilot.press(*"my own", "alt+1")
        await app.controller.open("c-iris")
        await wait_until(pilot, lambda: said(pilot) == "")
        await app.controller.open("c-dana")
        await wait_until(pilot, lambda: said(pilot) == RESHIP.text)
        await pilot.press("ctrl+z")
        await wait_until(pilot, lambda: said(pilot) == "my own")


async def test_a_text_that_could_not_be_sent_stays() -> None:
    """The server goes while sending: the text is there, and goes out once after, under the same key."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await broken_off(pilot, desk)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: said(pilot) == "")
        keys = {body.key for body in desk.asked("send") if isinstance(body, c.SendMessage)}
        assert len(keys) == 1


async def test_what_is_typed_while_sending_is_not_lost() -> None:
    """The words after the sent text stay in the composer."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await pilot.press(*"one")
        desk.held = asyncio.Event()
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: desk.asked("send"))
        await pilot.press(*" two")
        desk.held.set()
        await wait_until(pilot, lambda: said(pilot) == "two")
        assert desk.state("c-dana").messages[-1].text == "one"


async def test_a_draft_overtaken_by_the_customer_is_read_against_the_new_message_first() -> None:
    """The first Ctrl+S leads to the new message, the second sends."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        app = app_of(pilot)
        await pilot.press("alt+1")
        desk.customer_writes("c-dana", "are you there?")
        await wait_until(pilot, lambda: app.controller.composing.overtaken() == "m7")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: app.controller.composing.overtaken() == "")
        assert desk.asked("send") == []
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: said(pilot) == "")
        assert len(desk.asked("send")) == 1


async def test_a_warning_is_passed_only_with_a_reason() -> None:
    """An empty reason keeps the dialog open; a written one goes with the message."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await pilot.press(*"It comes by Friday", "ctrl+s")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ReasonsDialog))
        await pilot.press("ctrl+s")
        assert isinstance(pilot.app.screen, ReasonsDialog)
        await pilot.press(*"timed delivery", "ctrl+s")
        await wait_until(pilot, lambda: said(pilot) == "")
        last = desk.asked("send")[-1]
        assert isinstance(last, c.SendMessage)
        assert [p.reason for p in last.passed] == ["timed delivery"]


async def test_leaving_the_warning_keeps_the_text() -> None:
    """Esc goes back to the composer."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await pilot.press(*"It comes by Friday", "ctrl+s")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ReasonsDialog))
        await pilot.press("escape")
        await wait_until(pilot, lambda: pilot.app.screen is app_of(pilot).main)
        assert said(pilot) == "It comes by Friday"
        assert len(desk.state("c-dana").messages) == 6


async def test_a_blocked_text_goes_out_only_after_a_lead_approved_it() -> None:
    """The agent asks with a reason, the lead approves, Ctrl+S sends with the approval."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        app = app_of(pilot)
        composer = app.main.query_one(Composer)
        composer.area.replace_all("We refund £350.")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, BlockedDialog))
        await pilot.press(*"long wait", "ctrl+s")
        await wait_until(pilot, lambda: desk.asked("ask_approval"))
        approval = next(iter(desk.state("c-dana").approvals.values()))
        assert (approval.text, approval.reason) == ("We refund £350.", "long wait")
        assert said(pilot) == "We refund £350."
        desk.append("c-dana", e.ApprovalDecided(approval.id, approved=True), "agent:marta")
        await wait_until(pilot, lambda: app.controller.conversation.approvals[approval.id].approved)  # type: ignore[union-attr]
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: said(pilot) == "")
        assert desk.state("c-dana").messages[-1].text == "We refund £350."


async def test_a_lead_overrides_what_blocks_their_own_text_with_a_reason() -> None:
    """Nobody is asked, least of all they themselves; without a reason nothing goes out."""
    desk = full_desk(FakeDesk(agent=lead()))
    desk.append("c-dana", e.ConversationClaimed("marta", "Marta Quill"), "agent:marta")
    async with at_work(desk) as pilot:
        app_of(pilot).main.query_one(Composer).area.replace_all("We refund £350 by Friday.")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, OverrideDialog))
        shown = " ".join(str(line.render()) for line in pilot.app.screen.query(Static))
        assert "Nobody approves their own text" in shown
        await pilot.press("ctrl+s")
        assert desk.sent_keys == {}
        await pilot.press(*"12 days late", "ctrl+s")
        await wait_until(pilot, lambda: said(pilot) == "")
        assert desk.state("c-dana").messages[-1].text == "We refund £350 by Friday."
        sent = desk.asked("send")[-1]
        assert isinstance(sent, c.SendMessage)
        assert [passed.reason for passed in sent.passed] == ["12 days late"] * 2
        assert desk.asked("ask_approval") == []


async def test_overriding_marks_the_suggestion_and_keeps_the_old_text() -> None:
    """The composer is empty and focused, and the sent message names the suggestion it replaced."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        app = app_of(pilot)
        await pilot.press(*"old words", "escape")
        app.main.query(SuggestionCard).first().focus()
        await pilot.press("o")
        await wait_until(pilot, lambda: said(pilot) == "" and app.focused is app.main.query_one(Composer).area)
        await pilot.press(*"my own words", "ctrl+s")
        await wait_until(pilot, lambda: desk.sent_keys)
        last = desk.asked("send")[-1]
        assert isinstance(last, c.SendMessage)
        assert last.suggestion == RESHIP.id


async def test_the_keys_of_a_card_do_what_its_buttons_do() -> None:
    """Thumb, dismissal and taking work from the focused card."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        cards = list(app_of(pilot).main.query(SuggestionCard))
        cards[2].focus()
        await pilot.press("plus")
        await wait_until(pilot, lambda: desk.asked("rate"))
        assert desk.asked("rate") == [c.Rate(REFUND.id, 1, 0, "")]
        await pilot.press("x")
        await wait_until(pilot, lambda: desk.asked("dismiss"))
        await wait_until(pilot, lambda: cards[2].has_class("-dismissed"))
        cards[1].focus()
        await pilot.press("enter")
        await wait_until(pilot, lambda: said(pilot) == APOLOGY.text)


async def test_stars_are_given_by_key_with_a_reason() -> None:
    """Alt+M opens the rating; a digit sets the stars."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await pilot.press("alt+m", "4", "tab", *"fits", "ctrl+s")
        await wait_until(pilot, lambda: desk.asked("rate"))
        assert desk.asked("rate") == [c.Rate(RESHIP.id, 0, 4, "fits")]


async def test_ghost_text_completes_the_sentence_and_esc_drops_it() -> None:
    """Tab takes it; after Esc the same text offers none."""
    async with at_work(full_desk()) as pilot:
        area = app_of(pilot).main.query_one(Composer).area
        complete = app_of(pilot).controller.composing.complete
        await wait_until(pilot, lambda: complete("Is there"))
        await pilot.press(*"is the")
        await wait_until(pilot, lambda: area.suggestion == "re anything else I can do for you?")
        await pilot.press("escape")
        assert area.suggestion == ""
        assert area.has_focus
        await pilot.press("r")
        await wait_until(pilot, lambda: area.suggestion.startswith("e anything"))
        await pilot.press("tab")
        await wait_until(pilot, lambda: said(pilot) == "is there anything else I can do for you?")


async def test_flags_on_the_draft_show_below_it_before_anything_is_sent() -> None:
    """The check runs when the typing pauses."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        composing = app_of(pilot).controller.composing
        await pilot.press(*"It comes by Friday")
        await wait_until(pilot, lambda: composing.draft.flags)
        assert [flag.policy for flag in composing.draft.flags] == ["delivery-dates"]
        assert desk.asked("send") == []


async def test_two_presses_send_once() -> None:
    """A second Ctrl+S while the first is under way does nothing."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        desk.held = asyncio.Event()
        await pilot.press("alt+1", "ctrl+s", "ctrl+s")
        await wait_until(pilot, lambda: desk.asked("send"))
        desk.held.set()
        await wait_until(pilot, lambda: said(pilot) == "")
        assert len([m for m in desk.state("c-dana").messages if m.text == RESHIP.text]) == 1


async def test_a_text_that_went_out_as_the_connection_broke_is_not_offered_to_be_sent_again() -> None:
    """The log shows it after reconnecting, so the composer puts it away; what was written since stays."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await broken_off(pilot, desk)
        desk.append("c-dana", e.MessageAdded(Author.AGENT, RESHIP.text, "Robin Ashdale"), "agent:robin")
        await wait_until(pilot, lambda: said(pilot) == "")
        assert any("did go out" in notice for notice in notices(pilot))


async def test_a_text_that_went_out_before_its_answer_failed_to_come_is_put_away() -> None:
    """The log shows it first, and then the connection breaks or the desk takes too long to say so."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        desk.held = asyncio.Event()
        await pilot.press("alt+1", "ctrl+s")
        await wait_until(pilot, lambda: desk.asked("send"))
        desk.append("c-dana", e.MessageAdded(Author.AGENT, RESHIP.text, "Robin Ashdale"), "agent:robin")
        state = app_of(pilot).controller.state
        await wait_until(pilot, lambda: state.conversations["c-dana"].messages[-1].text == RESHIP.text)
        desk.down = True
        desk.held.set()
        await wait_until(pilot, lambda: said(pilot) == "")
        assert not app_of(pilot).controller.composing.draft.text
