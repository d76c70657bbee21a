"""The inbox, and what is done with whole conversations."""

from pathlib import Path

import pytest

from console.conversation import commands as c
from console.conversation import events as e
from console.conversation.message import Status
from console.conversation.people import Presence
from console.terminal.screens.approvals import ApprovalsScreen
from console.terminal.screens.closing import ClosingDialog
from console.terminal.screens.giving_back import GivingBackDialog
from console.terminal.widgets.inbox import InboxList
from tests.terminal.fake_desk import FakeDesk, lead
from tests.terminal.harness import app_of, at_work, notices, said, wait_until
from tests.terminal.scenes import APOLOGY, full_desk, judge, open_simple


async def test_enter_on_a_waiting_customer_claims_the_conversation() -> None:
    """It is the agent's, on the screen, and the composer has the focus."""
    desk = full_desk()
    async with at_work(desk, opened="") as pilot:
        app = app_of(pilot)
        rows = app.main.query_one(InboxList)
        await wait_until(pilot, lambda: "c-iris" in [row.key for row in rows.rows])
        rows.focus()
        rows.highlighted = [row.key for row in rows.rows].index("c-iris")
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.controller.mine)
        assert desk.state("c-iris").agent == "robin"
        await wait_until(pilot, lambda: app.focused is app.main.query_one("#draft"))


async def test_a_conversation_another_agent_took_first_says_so() -> None:
    """The message names who has it."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        desk.append("c-iris", e.ConversationClaimed("priya", "Priya Marlow"), "agent:priya")
        app_of(pilot).main.claim("c-iris")
        await wait_until(pilot, lambda: any("Priya Marlow" in notice for notice in notices(pilot)))
        assert app_of(pilot).controller.state.current == "c-dana"


async def test_alt_w_takes_who_has_waited_longest() -> None:
    """Iris came first."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await pilot.press("alt+w")
        await wait_until(pilot, lambda: app_of(pilot).controller.state.current == "c-iris")
        await wait_until(pilot, lambda: desk.state("c-iris").agent == "robin")


async def test_a_message_elsewhere_counts_and_rings() -> None:
    """The badge counts up and is gone when the conversation is opened."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        app = app_of(pilot)
        rung: list[bool] = []
        app.bell = lambda: rung.append(True)  # type: ignore[method-assign]
        desk.customer_writes("c-iris", "hello?")
        await wait_until(pilot, lambda: app.controller.state.unread == {"c-iris": 1})
        assert rung == [True]
        await app.controller.open("c-iris")
        assert app.controller.state.unread == {}


async def test_the_rows_keep_their_order_when_customers_write() -> None:
    """Nothing jumps."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        state = app_of(pilot).controller.state
        before = [row.id for row in state.waiting()]
        desk.customer_writes("c-lena", "hallå?")
        open_simple(desk, "c-nina", "Nina Roth", "Where is my tent?", minute=9)
        await wait_until(pilot, lambda: state.seq == len(desk.log))
        assert [row.id for row in state.waiting()] == [*before, "c-nina"]


async def test_closing_asks_how_it_went_and_can_be_undone() -> None:
    """The disposition is kept; Alt+Z reopens."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await pilot.press("alt+x")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ClosingDialog))
        await pilot.press("down", "ctrl+s")
        await pilot.pause()
        assert not desk.asked("close_conversation"), "whether it is resolved is the agent's to say"
        pilot.app.screen.query_one("#resolved").focus()
        await pilot.press("space", "ctrl+s")
        await wait_until(pilot, lambda: desk.state("c-dana").status is Status.CLOSED)
        (closed,) = desk.asked("close_conversation")
        assert (closed.disposition, closed.resolved) == ("refunded", True)
        await pilot.press("alt+z")
        await wait_until(pilot, lambda: desk.state("c-dana").status is Status.ACTIVE)


async def test_a_note_stays_internal() -> None:
    """Alt+N writes a note, which is no message."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await pilot.press("alt+n", *"vip", "ctrl+s")
        await wait_until(pilot, lambda: desk.state("c-dana").notes)
        assert [n.text for n in desk.state("c-dana").notes] == ["vip"]
        assert len(desk.state("c-dana").messages) == 6


async def test_parking_and_giving_back() -> None:
    """Parked conversations stay the agent's; given back they wait again."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        state = app_of(pilot).controller.state
        await pilot.press("alt+p")
        await wait_until(pilot, lambda: [row.id for row in state.parked()] == ["c-dana"])
        await pilot.press("alt+q")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, GivingBackDialog))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: "c-dana" in [row.id for row in state.waiting()])


async def test_a_break_is_told_to_the_desk() -> None:
    """Ctrl+B goes and comes back."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await pilot.press("ctrl+b")
        await wait_until(pilot, lambda: desk.asked("presence"))
        await pilot.press("ctrl+b")
        await wait_until(pilot, lambda: len(desk.asked("presence")) == 2)
        assert desk.asked("presence") == [c.SetPresence(Presence.BREAK), c.SetPresence(Presence.ONLINE)]


async def test_a_lead_reads_and_decides_what_was_blocked() -> None:
    """Refusing needs a reason; the list empties."""
    desk = full_desk(FakeDesk(agent=lead()))
    desk.append("c-dana", e.ApprovalRequested("a-1", "We refund £350.", judge("£350"), "12 days late"), "agent:robin")
    async with at_work(desk, opened="") as pilot:
        assert app_of(pilot).controller.state.approvals() == 1
        await pilot.press("alt+a")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ApprovalsScreen))
        await wait_until(pilot, lambda: not pilot.app.screen.query_one("#approve").disabled)
        await pilot.click("#refuse")
        assert desk.asked("decide_approval") == []
        await pilot.press(*"too much")
        await pilot.click("#refuse")
        await wait_until(pilot, lambda: desk.asked("decide_approval"))
        assert desk.asked("decide_approval") == [c.DecideApproval(approved=False, reason="too much")]
        await wait_until(pilot, lambda: pilot.app.screen.query_one("#approve").disabled)


async def test_an_agent_cannot_open_the_approvals() -> None:
    """They are told whose it is."""
    async with at_work(full_desk()) as pilot:
        await pilot.press("alt+a")
        await wait_until(pilot, lambda: any("leads" in notice for notice in notices(pilot)))
        assert pilot.app.screen is app_of(pilot).main


async def test_an_unknown_conversation_makes_the_inbox_be_read_again() -> None:
    """An old conversation that comes back is complete in the inbox."""
    desk = full_desk()
    open_simple(desk, "c-old", "Otto Old", "hello")
    desk.append("c-old", e.ConversationClosed("answered", resolved=True))
    async with at_work(desk) as pilot:
        state = app_of(pilot).controller.state
        assert "c-old" not in state.rows
        desk.append("c-old", e.ConversationReopened())
        await wait_until(pilot, lambda: "c-old" in state.rows)
        assert state.rows["c-old"].name == "Otto Old"


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_the_theme_is_remembered(tmp_path: Path, size: tuple[int, int]) -> None:
    """F9 changes it, and the next console starts with it."""
    async with at_work(full_desk(), size=size, config_folder=tmp_path) as pilot:
        await pilot.press("f9")
        await wait_until(pilot, lambda: pilot.app.theme == "second-chair-light")
    async with at_work(full_desk(), size=size, config_folder=tmp_path) as pilot:
        assert pilot.app.theme == "second-chair-light"


async def test_writing_needs_a_claimed_conversation() -> None:
    """Ctrl+S on somebody else's conversation sends nothing and says what to do."""
    desk = full_desk()
    async with at_work(desk, opened="c-iris") as pilot:
        await pilot.press(*"hi", "ctrl+s")
        await wait_until(pilot, lambda: any("claim" in notice for notice in notices(pilot)))
        assert desk.asked("send") == []
        assert said(pilot) == "hi"


async def test_f2_and_f3_bring_the_focus_and_f2_again_goes_back() -> None:
    """On a narrow screen the part is shown as well, so that arrows and letters work at once."""
    async with at_work(full_desk(), size=(80, 24)) as pilot:
        app = app_of(pilot)
        await pilot.press("f2")
        await wait_until(pilot, lambda: app.focused is app.main.query_one(InboxList))
        await pilot.press("f2")
        await wait_until(pilot, lambda: app.focused is app.main.query_one("#draft") and app.main.part == "chat")
        await pilot.press("f3")
        await wait_until(pilot, lambda: app.focused is app.main.query_one("#card-1"))
        await pilot.press("2")
        await wait_until(pilot, lambda: app.main.part == "chat")
        assert said(pilot) == APOLOGY.text


async def test_a_large_screen_gives_the_inbox_room() -> None:
    """A long name, and the newest message with enough words to know what it is about."""
    desk = full_desk()
    words = "The tent you sent has no poles in its bag."
    open_simple(desk, "c-nina", "Alexandra-Nikoletta Papadimos", words, minute=9)
    async with at_work(desk, size=(200, 60)) as pilot:
        rows = app_of(pilot).main.query_one(InboxList)
        await wait_until(pilot, lambda: any(row.key == "c-nina" for row in rows.rows))
        face = next(row.face.plain for row in rows.rows if row.key == "c-nina")
        assert "Alexandra-Nikoletta Papadimos" in face
        assert words in face
