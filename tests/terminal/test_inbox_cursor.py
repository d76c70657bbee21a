"""The inbox's cursor goes along with the conversation on the screen, unless the agent has it in hand."""

from console.terminal.widgets.inbox import InboxList
from tests.terminal.harness import Console, app_of, at_work, wait_until
from tests.terminal.scenes import full_desk


def under_cursor(pilot: Console) -> str:
    """The conversation that Enter would open."""
    rows = app_of(pilot).main.query_one(InboxList)
    return rows.rows[rows.highlighted].key if rows.highlighted is not None else ""


async def test_the_cursor_goes_to_the_conversation_that_was_opened() -> None:
    """After Alt+W, F2 stands on that customer, and Up is the row above it."""
    async with at_work(full_desk()) as pilot:
        app = app_of(pilot)
        await wait_until(pilot, lambda: under_cursor(pilot) == "c-dana")
        await pilot.press("alt+w")
        await wait_until(pilot, lambda: under_cursor(pilot) == "c-iris")
        await pilot.press("f2")
        await wait_until(pilot, lambda: isinstance(app.focused, InboxList))
        assert under_cursor(pilot) == "c-iris"
        await pilot.press("up", "enter")
        await wait_until(pilot, lambda: app.controller.state.current == "c-dana")


async def test_the_cursor_stays_in_the_agents_hand() -> None:
    """While the list has the focus nothing moves it; once left, it goes to what is on the screen."""
    async with at_work(full_desk()) as pilot:
        app = app_of(pilot)
        await pilot.press("f2")
        await wait_until(pilot, lambda: isinstance(app.focused, InboxList))
        await pilot.press("end")
        assert under_cursor(pilot) == "c-lena"
        await app.controller.open("c-hugo")
        await wait_until(pilot, lambda: app.controller.conversation is not None)
        assert under_cursor(pilot) == "c-lena"
        await pilot.press("alt+j")
        await wait_until(pilot, lambda: under_cursor(pilot) == "c-hugo")
