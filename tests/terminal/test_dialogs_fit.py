"""However much a dialog has to say, its fields and its buttons are there on a small screen."""

from dataclasses import replace

from textual.widgets import Button, Input

from console.conversation import events as e
from console.conversation.assistance import Flag
from console.terminal.screens.blocked import BlockedDialog
from console.terminal.screens.reasons import ReasonsDialog
from console.terminal.widgets.composer import Composer
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.harness import Console, app_of, at_work, wait_until
from tests.terminal.scenes import FIRM_DATE, REFUND_LIMIT, full_desk
from tests.terminal.test_typing import burst

LONG = (
    "Say “due” or “estimated”: what a carrier does is not ours to promise, and a customer who was promised a day "
    "writes again on that day, cross, with the promise in hand."
)
THREE = tuple(replace(FIRM_DATE, id=f"f-{n}", advice=LONG) for n in range(3))


def strict_desk(*flags: Flag) -> FakeDesk:
    """A desk whose policies all point at every draft."""
    desk = full_desk()
    desk.judge = lambda text: flags
    return desk


def in_view(pilot: Console, name: str) -> bool:
    """Whether the whole of a widget is on the screen and nothing of it is cut off."""
    widget = pilot.app.screen.query_one(name)
    region = widget.region
    return region.height > 0 and pilot.app.screen.find_widget(widget).visible_region == region


async def test_three_warnings_are_answered_and_sent_on_a_small_screen() -> None:
    """Each field comes into view with the focus; the buttons always stand below."""
    desk = strict_desk(*THREE)
    async with at_work(desk, size=(80, 24)) as pilot:
        app_of(pilot).main.query_one(Composer).area.replace_all("It comes by Friday.")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ReasonsDialog))
        for number in range(3):
            await wait_until(pilot, lambda n=number: in_view(pilot, f"#reason-{n}"))
            assert isinstance(pilot.app.focused, Input)
            assert pilot.app.focused.id == f"reason-{number}"
            assert in_view(pilot, "#confirm")
            assert in_view(pilot, "#leave")
            await pilot.press(*f"reason {number}", "enter")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: desk.state("c-dana").messages[-1].text == "It comes by Friday.")


async def test_reasons_typed_without_a_pause_stand_each_in_its_own_line() -> None:
    """Enter moves the focus before the next letter is given out, Shift+Tab and Tab too."""
    desk = strict_desk(*THREE)
    async with at_work(desk, size=(80, 24)) as pilot:
        app_of(pilot).main.query_one(Composer).area.replace_all("It comes by Friday.")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ReasonsDialog))
        burst(pilot, "reason 0", "enter", "reason 1", "enter", "reason 2", "shift+tab", "shift+tab", *"ab", "tab", *"c")
        await wait_until(
            pilot, lambda: [line.value for line in pilot.app.screen.query(Input)] == ["ab", "c", "reason 2"]
        )


async def test_what_is_missing_is_said_in_view() -> None:
    """Above the buttons, which stay."""
    async with at_work(strict_desk(*THREE), size=(80, 24)) as pilot:
        app_of(pilot).main.query_one(Composer).area.replace_all("It comes by Friday.")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ReasonsDialog))
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: in_view(pilot, "#trouble") and in_view(pilot, "#confirm"))


async def test_a_block_among_warnings_is_asked_about_on_a_small_screen() -> None:
    """The field for the lead has the focus and is in view."""
    desk = strict_desk(replace(REFUND_LIMIT, advice=LONG), *THREE)
    async with at_work(desk, size=(80, 24)) as pilot:
        app_of(pilot).main.query_one(Composer).area.replace_all("I refund it by Friday. " * 12)
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, BlockedDialog))
        await wait_until(pilot, lambda: in_view(pilot, "#reason"))
        assert in_view(pilot, "#confirm")
        await pilot.press(*"late", "ctrl+s")
        await wait_until(pilot, lambda: [x for x in desk.log if isinstance(x.data, e.ApprovalRequested)])


async def test_the_buttons_of_a_dialog_can_be_clicked_on_a_small_screen() -> None:
    """The mouse finds them."""
    async with at_work(strict_desk(*THREE), size=(80, 24)) as pilot:
        app_of(pilot).main.query_one(Composer).area.replace_all("It comes by Friday.")
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, ReasonsDialog))
        await wait_until(pilot, lambda: in_view(pilot, "#leave"))
        assert isinstance(pilot.app.screen.query_one("#leave"), Button)
        await pilot.click("#leave")
        await wait_until(pilot, lambda: pilot.app.screen is app_of(pilot).main)
