"""Closing with a wrap-up at the console: one key confirms, everything can be changed, what is left is listed."""

from dataclasses import replace

from textual.widgets import Input, TextArea

from console.conversation.commands import Close
from console.conversation.message import Status
from console.conversation.wrap_up import FollowUpKind, WrapUpProposal
from console.conversation.wrap_up_commands import TickFollowUp
from console.terminal.screens.closing import ClosingDialog, FieldLine
from console.terminal.screens.follow_up_rows import FollowUpRows
from console.terminal.screens.follow_ups import FollowUpsScreen
from console.terminal.screens.record import RecordScreen
from console.terminal.screens.source import SourceScreen
from console.terminal.widgets.top_bar import TopBar
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.harness import Console, app_of, at_work, notices, wait_until
from tests.terminal.scenes import full_desk
from tests.terminal.wrap_up_scenes import ASKED, PROPOSAL, REFUND, RESHIP, wrapped_before


def proposing(proposal: WrapUpProposal = PROPOSAL) -> FakeDesk:
    """A desk that proposes this at every closing."""
    desk = full_desk()
    desk.proposes = proposal
    return desk


async def asked(pilot: Console) -> FollowUpRows:
    """Open the closing and wait until what is proposed stands there."""
    await pilot.press("alt+x")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, ClosingDialog))
    await wait_until(pilot, lambda: "Reading" not in str(pilot.app.screen.query_one("#frame").border_subtitle))
    return pilot.app.screen.query_one(FollowUpRows)


async def closed(pilot: Console, desk: FakeDesk) -> Close:
    """Wait for the closing, and return how it was asked for."""
    await wait_until(pilot, lambda: desk.asked("close_conversation"))
    body = desk.asked("close_conversation")[0]
    assert isinstance(body, Close)
    assert body.wrap_up is not None
    return body


async def test_one_key_confirms_what_is_proposed() -> None:
    """Note, disposition, resolved, the fields that have a value with their sources, and the follow-ups."""
    for key in ("enter", "ctrl+s"):
        desk = proposing()
        async with at_work(desk) as pilot:
            await asked(pilot)
            await pilot.press(key)
            body = await closed(pilot, desk)
        assert (body.disposition, body.resolved, body.note) == ("replacement sent", True, PROPOSAL.note_text)
        assert body.wrap_up is not None
        assert body.wrap_up.fields == (PROPOSAL.fields[0], PROPOSAL.fields[2])
        assert body.wrap_up.follow_ups == PROPOSAL.follow_ups


async def test_where_nothing_tells_how_it_ended_the_agent_is_asked() -> None:
    """Nothing is closed before they have said it."""
    desk = proposing(WrapUpProposal("m6"))
    async with at_work(desk) as pilot:
        await asked(pilot)
        await pilot.press("ctrl+s")
        trouble = pilot.app.screen.query_one("#trouble")
        await wait_until(pilot, lambda: trouble.display)
        assert not desk.asked("close_conversation")


async def test_what_the_agent_has_begun_is_not_overwritten() -> None:
    """A proposal that comes late fills in what is empty alone."""
    desk = proposing()
    async with at_work(desk) as pilot:
        await asked(pilot)
        dialog = pilot.app.screen
        assert isinstance(dialog, ClosingDialog)
        dialog.query_one("#note", TextArea).text = "my own"
        dialog.query_one("#own", Input).value = "paid out"
        await dialog._fill(replace(PROPOSAL, fields=(), follow_ups=()))
        assert (dialog.query_one("#note", TextArea).text, dialog.query_one("#own", Input).value) == (
            "my own",
            "paid out",
        )


async def test_a_choice_goes_before_the_proposed_words() -> None:
    """The arrow keys choose, and what was proposed makes room."""
    desk = proposing()
    async with at_work(desk) as pilot:
        await asked(pilot)
        await pilot.press("down", "enter")
        assert (await closed(pilot, desk)).disposition == "refunded"


async def test_fields_and_note_are_edited_and_a_changed_value_rests_on_no_message() -> None:
    """What was emptied is left out."""
    desk = proposing()
    async with at_work(desk) as pilot:
        await asked(pilot)
        lines = list(pilot.app.screen.query(FieldLine))
        for line, value in zip(lines, ("LF-99999", "NP 1", ""), strict=True):
            line.query_one(Input).value = value
        pilot.app.screen.query_one("#note", TextArea).text = "sent"
        await pilot.press("ctrl+s")
        body = await closed(pilot, desk)
    assert body.note == "sent"
    assert body.wrap_up is not None
    assert [(f.name, f.value, f.sources) for f in body.wrap_up.fields] == [
        ("Order number", "LF-99999", ()),
        ("Tracking number", "NP 1", ()),
    ]


async def test_the_keys_tick_move_and_leave_out_follow_ups() -> None:
    """Space, Right and Left, Delete; and one of the agent's own is added with Enter."""
    desk = proposing()
    async with at_work(desk) as pilot:
        rows = await asked(pilot)
        rows.focus()
        await pilot.press("space", "down", "right", "right", "left", "down", "delete")
        pilot.app.screen.query_one("#add", Input).focus()
        await pilot.press(*"ring", "enter")
        await pilot.press("ctrl+s")
        body = await closed(pilot, desk)
    assert body.wrap_up is not None
    first, second, own = body.wrap_up.follow_ups
    assert (first.id, first.done) == (RESHIP.id, True)
    assert (second.id, second.due, second.done) == (REFUND.id, second.due, False)
    assert (own.text, own.kind) == ("ring", FollowUpKind.OWN)


async def test_a_follow_up_is_due_no_earlier_than_today() -> None:
    """Right begins with today; Left goes back to no day."""
    desk = proposing(replace(PROPOSAL, follow_ups=(ASKED,)))
    async with at_work(desk) as pilot:
        rows = await asked(pilot)
        today = rows.clock().date().isoformat()
        rows.focus()
        await pilot.press("left", "right")
        assert rows.follow_ups[0].due == today
        await pilot.press("left")
        assert rows.follow_ups[0].due == ""


async def test_the_mouse_ticks_a_follow_up_and_shows_its_message() -> None:
    """A click on the line ticks; one on the message shows it over the closing, which stays as it was."""
    desk = proposing(replace(PROPOSAL, follow_ups=(ASKED,)))
    async with at_work(desk) as pilot:
        rows = await asked(pilot)
        await pilot.click(FollowUpRows, offset=(40, 0))
        assert rows.follow_ups[0].done
        rows.do_with("message", 0)
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SourceScreen))
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ClosingDialog))
        assert rows.follow_ups[0].done


async def test_enter_in_a_field_shows_the_message_it_comes_from() -> None:
    """And the way back is Esc."""
    async with at_work(proposing()) as pilot:
        await asked(pilot)
        pilot.app.screen.query(FieldLine).first().query_one(Input).focus()
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, SourceScreen))
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, ClosingDialog)


async def test_a_desk_that_proposes_nothing_leaves_the_form_to_the_agent() -> None:
    """It says so, and closing goes on by hand."""
    desk = proposing(WrapUpProposal("m6", silent="For people alone: nothing was read."))
    async with at_work(desk) as pilot:
        rows = await asked(pilot)
        assert "by hand" in str(pilot.app.screen.query_one("#frame").border_subtitle)
        assert rows.follow_ups == []
        await pilot.press("space", "tab", "tab", "space", "ctrl+s")
        assert (await closed(pilot, desk)).disposition == "answered"


async def test_what_is_to_do_stands_in_the_top_bar_and_is_ticked_off_in_its_list() -> None:
    """The count follows the events; Alt+8 lists, Space ticks."""
    desk = proposing()
    async with at_work(desk) as pilot:
        bar = app_of(pilot).main.query_one(TopBar)
        assert bar.shown.to_do == 0
        wrapped_before(desk)
        await wait_until(pilot, lambda: bar.shown.to_do == 2)
        await pilot.press("alt+8")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, FollowUpsScreen))
        await pilot.press("space")
        await wait_until(pilot, lambda: bar.shown.to_do == 1)
        assert desk.asked("tick_follow_up") == [TickFollowUp(RESHIP.id, done=True)]
        await pilot.press("space")
        await wait_until(pilot, lambda: bar.shown.to_do == 2)


async def test_enter_in_the_list_opens_the_conversation() -> None:
    """Closed or not."""
    desk = proposing()
    wrapped_before(desk, "c-iris", RESHIP)
    async with at_work(desk) as pilot:
        await pilot.press("alt+8")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, FollowUpsScreen))
        await pilot.press("enter")
        await wait_until(pilot, lambda: app_of(pilot).controller.state.current == "c-iris")


async def test_closing_says_what_is_left_to_do_and_how_to_go_back() -> None:
    """The transcript shows how it was closed, and reopening goes as before."""
    desk = proposing()
    async with at_work(desk) as pilot:
        await asked(pilot)
        await pilot.press("ctrl+s")
        await closed(pilot, desk)
        await wait_until(pilot, lambda: any("3 to do: Alt+8" in text for text in notices(pilot)))
        await wait_until(pilot, lambda: desk.state("c-dana").status is Status.CLOSED)
        await pilot.press("alt+z")
        await wait_until(pilot, lambda: desk.state("c-dana").status is Status.ACTIVE)
        await pilot.press("alt+i")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, RecordScreen))
        assert desk.state("c-dana").wrap_up is not None
