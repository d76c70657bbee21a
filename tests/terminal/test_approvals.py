"""The texts that wait for a lead: what is shown beside them, and that the dialog follows what comes."""

from dataclasses import replace

import pytest
from textual.widgets import Button, Input, Static

from console.conversation import commands as c
from console.conversation import events as e
from console.conversation.message import Author
from console.conversation.people import Order
from console.conversation.state import Conversation
from console.terminal.matters import order_line, orders_for, spent_by, standing_of
from console.terminal.screens.approvals import ApprovalsScreen
from tests.terminal.fake_desk import FakeDesk, lead
from tests.terminal.harness import Console, at_work, wait_until
from tests.terminal.scenes import DANA, full_desk, judge
from tests.terminal.test_small_screens import top


def lead_desk() -> FakeDesk:
    """A desk at which a lead works, with one text that waits."""
    desk = full_desk(FakeDesk(agent=lead()))
    ask(desk, "a-1", "We refund £350.")
    return desk


def ask(desk: FakeDesk, name: str, text: str, conversation: str = "c-dana") -> None:
    """Let an agent ask for a text."""
    desk.append(conversation, e.ApprovalRequested(name, text, judge("£350"), "12 days late"), "agent:robin")


def decide(desk: FakeDesk, name: str) -> None:
    """Let another lead decide."""
    desk.append("c-dana", e.ApprovalDecided(name, approved=True), "agent:nell")


def request(pilot: Console) -> str:
    """What the dialog shows."""
    return str(pilot.app.screen.query_one("#request", Static).render())


def reason(pilot: Console) -> Input:
    """Where the lead writes."""
    return pilot.app.screen.query_one("#reason", Input)


async def opened(pilot: Console, text: str = "We refund £350.") -> None:
    """Open the dialog."""
    await pilot.press("alt+a")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, ApprovalsScreen))
    await wait_until(pilot, lambda: text in request(pilot))


async def test_a_text_asked_for_after_the_last_was_refused_is_shown() -> None:
    """The dialog was left open and said that nothing waits."""
    desk = lead_desk()
    async with at_work(desk, opened="") as pilot:
        await opened(pilot)
        await pilot.press(*"too much")
        await pilot.click("#refuse")
        await wait_until(pilot, lambda: "Nothing waits" in request(pilot))
        ask(desk, "a-2", "We refund £350 in two parts.")
        await wait_until(pilot, lambda: "in two parts" in request(pilot))
        assert not pilot.app.screen.query_one("#approve", Button).disabled
        assert reason(pilot).value == ""
        await pilot.click("#approve")
        await wait_until(pilot, lambda: "Nothing waits" in request(pilot))
        decided = [event.data.approval for event in desk.log if isinstance(event.data, e.ApprovalDecided)]
        assert decided == ["a-1", "a-2"]


async def test_what_comes_while_the_lead_writes_disturbs_nothing() -> None:
    """The text that is read stays, with the reason so far; the newcomer is counted, the customer's word is shown."""
    desk = lead_desk()
    async with at_work(desk, opened="") as pilot:
        await opened(pilot)
        await pilot.press(*"not so")
        ask(desk, "a-2", "We refund £350 twice.", "c-iris")
        desk.customer_writes("c-dana", "well?")
        await wait_until(pilot, lambda: "1 more behind it" in request(pilot) and "well?" in request(pilot))
        assert "We refund £350." in request(pilot)
        assert (reason(pilot).value, reason(pilot).has_focus) == ("not so", True)
        await pilot.press(*" much")
        assert reason(pilot).value == "not so much"


async def test_a_text_that_another_lead_decided_goes_away() -> None:
    """With the reason that was begun for it."""
    desk = lead_desk()
    async with at_work(desk, opened="") as pilot:
        await opened(pilot)
        await pilot.press(*"no")
        ask(desk, "a-2", "We refund £350 twice.", "c-iris")
        await wait_until(pilot, lambda: "1 more behind it" in request(pilot))
        decide(desk, "a-1")
        await wait_until(pilot, lambda: "twice" in request(pilot))
        assert reason(pilot).value == ""
        assert desk.asked("decide_approval") == []


async def test_a_decided_text_does_not_come_back() -> None:
    """The count at the top and the dialog say the same."""
    desk = lead_desk()
    async with at_work(desk, opened="", size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.click("#approve")
        await wait_until(pilot, lambda: "Nothing waits" in request(pilot))
        assert desk.asked("decide_approval") == [c.DecideApproval(approved=True)]
        await pilot.press("escape")
        await wait_until(pilot, lambda: "to approve" not in top(pilot))


async def test_the_lead_sees_the_order_and_the_customer() -> None:
    """Number, item, total and status, what was spent, and complaints; the rest is a page down."""
    async with at_work(lead_desk(), opened="", size=(80, 24)) as pilot:
        await opened(pilot)
        assert "LF-88213 · Fellwalker boots, size 43 · £164.00 · dispatched" in request(pilot)
        assert "LF-80114" not in request(pilot)
        assert "spent £1,284.00 · no complaints" in request(pilot)
        page = pilot.app.screen.query_one("#page")
        await wait_until(pilot, lambda: page.max_scroll_y > 0)
        await pilot.press("pagedown")
        await wait_until(pilot, lambda: page.scroll_y > 0)
        await pilot.press("pageup")
        await wait_until(pilot, lambda: page.scroll_y == 0)
        assert reason(pilot).has_focus


def talk(*orders: Order, said: str = "") -> Conversation:
    """A conversation of a customer with these orders."""
    state = Conversation("c", customer=replace(DANA, orders=orders, complaints=2, vulnerable=True))
    state.apply(e.Event(1, "c", "customer", e.MessageAdded(Author.CUSTOMER, said), DANA_AT))
    return state


DANA_AT = full_desk().log[0].at
OPEN = tuple(Order(f"LF-1000{n}", "tent", status="picking") for n in range(4))
GONE = Order("LF-20001", "socks", total="£4.00", status="Delivered")


def test_orders_named_in_the_text_go_before_those_named_in_the_conversation() -> None:
    """However the number is written; others are left out."""
    state = talk(*OPEN, GONE, said="my order lf 20001")
    assert orders_for(state, "We refund LF-10002.") == (OPEN[2], GONE)
    assert orders_for(state, "We refund it.") == (GONE,)


def test_where_no_order_is_named_the_open_ones_are_shown() -> None:
    """Three at most; where all are over, none."""
    assert orders_for(talk(GONE, *OPEN), "We refund it.") == OPEN[:3]
    assert orders_for(talk(GONE), "We refund it.") == ()


def test_an_order_and_a_customer_are_told_in_one_line_each() -> None:
    """Parts the record does not have are left out."""
    assert order_line(GONE) == "LF-20001 · socks · £4.00 · Delivered"
    assert order_line(OPEN[0]) == "LF-10000 · tent · picking"
    assert standing_of(talk().customer) == "spent 1,284.00 · 2 complaints · take special care"
    assert standing_of(replace(DANA, value=0.0, complaints=1)) == "nothing spent yet · 1 complaint"


async def test_where_nothing_waits_nothing_is_asked() -> None:
    """Neither a reason nor an answer; they come with the next text."""
    desk = full_desk(FakeDesk(agent=lead()))
    async with at_work(desk, opened="") as pilot:
        await opened(pilot, "Nothing waits for a lead.")
        shown = {part: pilot.app.screen.query_one(part).display for part in ("#reason", "#answers")}
        assert shown == {"#reason": False, "#answers": False}
        ask(desk, "a-1", "We refund £350.")
        await wait_until(pilot, lambda: pilot.app.focused is reason(pilot))
        assert pilot.app.screen.query_one("#answers").display


@pytest.mark.parametrize(
    ("total", "spent"),
    [
        ("£164.00", "£1,284.00"),
        ("164,00 €", "1,284.00 €"),
        ("CHF 12.50", "CHF 1,284.00"),
        ("5", "1,284.00"),
        ("", "1,284.00"),
    ],
)
def test_what_was_spent_is_in_the_currency_of_the_orders(total: str, spent: str) -> None:
    """However they write it."""
    assert spent_by(replace(DANA, orders=(replace(DANA.orders[0], total=total),))) == spent


def test_orders_in_two_currencies_name_none() -> None:
    """The sum is of one that is not known."""
    orders = (replace(DANA.orders[0], total="£1.00"), replace(DANA.orders[0], total="€1.00"))
    assert spent_by(replace(DANA, orders=orders)) == "1,284.00"
