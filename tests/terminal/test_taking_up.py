"""A console that is opened again goes on where the agent left off."""

from datetime import timedelta
from pathlib import Path

from console.conversation import events as e
from console.conversation.message import Author
from console.terminal.widgets.inbox import InboxList
from tests.terminal.fake_desk import START, FakeDesk
from tests.terminal.harness import app_of, at_work, open_conversation, wait_until
from tests.terminal.scenes import full_desk, open_simple


def two_of_ones_own() -> FakeDesk:
    """Robin has Ada, answered, and Ben, who came later and waits."""
    desk = FakeDesk()
    for name in ("ada", "ben", "cleo"):
        open_simple(desk, name, name.title(), "hello", minute=3)
    for name in ("ada", "ben"):
        desk.append(name, e.ConversationClaimed("robin", "Robin Ashdale"), "agent:robin")
    desk.append("ada", e.MessageAdded(Author.AGENT, "Hello Ada."), "agent:robin")
    return desk


async def test_a_console_opens_on_the_agents_own_conversation_that_waits_longest() -> None:
    """Nobody has to look for it, and nobody new is claimed."""
    desk = two_of_ones_own()
    async with at_work(desk, opened="") as pilot:
        await wait_until(pilot, lambda: app_of(pilot).controller.mine)
        assert app_of(pilot).controller.state.current == "ben"
        assert desk.state("cleo").agent == ""


async def test_the_desk_is_told_what_is_on_the_screen() -> None:
    """At the start, and whenever another conversation is opened."""
    desk = two_of_ones_own()
    async with at_work(desk, opened="") as pilot:
        await wait_until(pilot, lambda: desk.screens[-1:] == ["ben"])
        await open_conversation(pilot, "ada")
        await wait_until(pilot, lambda: desk.screens[-1:] == ["ada"])


async def test_what_was_open_last_is_open_again(tmp_path: Path) -> None:
    """As long as it is the agent's own."""
    desk = two_of_ones_own()
    async with at_work(desk, opened="ada", config_folder=tmp_path) as pilot:
        await pilot.press("ctrl+q")
        await wait_until(pilot, lambda: pilot.app._exit)
    async with at_work(desk, opened="", config_folder=tmp_path) as pilot:
        await wait_until(pilot, lambda: app_of(pilot).controller.state.current == "ada")
    desk.append("ada", e.ConversationReleased(parked=False), "agent:robin")
    async with at_work(desk, opened="", config_folder=tmp_path) as pilot:
        await wait_until(pilot, lambda: app_of(pilot).controller.state.current == "ben")


async def test_f2_and_enter_open_a_row_at_once_after_the_start() -> None:
    """The inbox has the focus before its rows are there; a row is under the cursor all the same."""
    desk = FakeDesk()
    open_simple(desk, "cleo", "Cleo", "hello")
    async with at_work(desk, opened="", size=(200, 60)) as pilot:
        rows = app_of(pilot).main.query_one(InboxList)
        await wait_until(pilot, lambda: "cleo" in [row.key for row in rows.rows])
        await pilot.press("f2", "enter")
        await wait_until(pilot, lambda: desk.state("cleo").agent == "robin")


async def test_the_order_the_time_shown_and_alt_w_agree() -> None:
    """Who was handed over first and answered since has waited less than who came later."""
    desk = full_desk()
    state = desk.state("c-iris")
    desk.append("c-iris", e.MessageAdded(Author.AGENT, "One moment."), "agent:sam", at=START + timedelta(minutes=40))
    desk.customer_writes("c-iris", "Still here.", at=START + timedelta(minutes=50))
    assert state.waiting_since is not None
    async with at_work(desk) as pilot:
        controller = app_of(pilot).controller
        waits = [row.waiting_since for row in controller.state.waiting() if row.waiting_since]
        assert waits == sorted(waits)
        assert controller.state.waiting()[-1].id == "c-iris"
        first = controller.state.waiting()[0].id
        await pilot.press("alt+w")
        await wait_until(pilot, lambda: controller.state.current == first)
