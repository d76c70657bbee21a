"""The agent changes their own password: by keys, with the mouse, and with what may go wrong."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from textual.widgets import Input, Static

from console.accounts.passwords import SHORTEST
from console.conversation.sign_in_commands import ChangePassword
from console.terminal.palette import Deeds
from console.terminal.screens.own_password import OwnPasswordDialog
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.harness import Console, app_of, at_work, console, live, notices, steady, wait_until
from tests.terminal.test_dialogs_fit import in_view
from tests.terminal.test_typing import burst

OLD, NEW = "three plain words", "another few plain words"


@asynccontextmanager
async def asking(desk: FakeDesk) -> AsyncIterator[Console]:
    """A console on a small screen that asks for another password, chosen in the palette."""
    async with at_work(desk, size=(80, 24), opened="") as pilot:
        await pilot.press("ctrl+p")
        await pilot.press(*"your password")
        await wait_until(pilot, lambda: getattr(pilot.app.screen.query_one("CommandList"), "option_count", 0) == 1)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, OwnPasswordDialog))
        yield pilot


def focused(pilot: Console) -> str:
    """Return the field that has the focus."""
    return str(pilot.app.focused.id) if pilot.app.focused else ""


def trouble(pilot: Console) -> str:
    """Return what the dialog says is wrong."""
    return str(pilot.app.screen._trouble) if isinstance(pilot.app.screen, OwnPasswordDialog) else ""


async def test_it_is_changed_by_keys_alone() -> None:
    """Enter leads through the fields; nothing that is typed is shown."""
    desk = FakeDesk()
    async with asking(desk) as pilot:
        for name, typed in (("old", OLD), ("new", NEW), ("again", NEW)):
            assert focused(pilot) == name
            assert in_view(pilot, f"#{name}")
            await pilot.press(*typed)
            assert typed not in pilot.app.screen.query_one(f"#{name}", Input)._value.plain
            await pilot.press("enter")
        await wait_until(pilot, lambda: "Your password is changed" in "".join(notices(pilot)))
    assert desk.password == NEW
    assert desk.asked("change_password") == [ChangePassword(OLD, NEW)]


@pytest.mark.parametrize("on", ["enter", "tab"])
async def test_what_is_typed_right_behind_the_key_to_the_next_field_stands_there(on: str) -> None:
    """All keys at once, as over a slow line: where a letter goes cannot be seen, and the password would be another."""
    desk = FakeDesk()
    async with asking(desk) as pilot:
        burst(pilot, OLD, on, NEW, on, NEW, "enter")
        await wait_until(pilot, lambda: desk.password == NEW)
    assert desk.asked("change_password") == [ChangePassword(OLD, NEW)]


async def test_it_is_changed_with_the_mouse() -> None:
    """The palette by the key bar, the fields and the buttons with a click; the characters are typed."""
    desk = FakeDesk()
    async with asking(desk) as pilot:
        for name, typed in (("again", NEW), ("old", OLD), ("new", NEW)):
            await pilot.click(f"#{name}")
            await pilot.press(*typed)
        await pilot.click("#confirm")
        await wait_until(pilot, lambda: desk.password == NEW)
        await wait_until(pilot, lambda: pilot.app.screen is app_of(pilot).main)


@pytest.mark.parametrize(
    ("typed", "said", "then"),
    [
        (("", NEW, NEW), "The old password is missing.", "old"),
        ((OLD, "", ""), "The new one is missing.", "new"),
        ((OLD, NEW, "another"), "The new one is written in two ways; write it once more.", "again"),
        (("a wrong password", NEW, NEW), "The old password is wrong; nothing was changed.", "old"),
        ((OLD, "short", "short"), "A password has at least 12 characters", "confirm"),
    ],
)
async def test_what_is_wrong_is_said_and_the_dialog_stays(typed: tuple[str, ...], said: str, then: str) -> None:
    """In view, with the focus where to go on; a wrong old one is taken out of its field."""
    desk = FakeDesk()
    async with asking(desk) as pilot:
        for name, text in zip(("old", "new", "again"), typed, strict=True):
            pilot.app.screen.query_one(f"#{name}", Input).value = text
        pilot.app.screen.query_one("#confirm").focus()
        await pilot.press("enter")
        await wait_until(pilot, lambda: said in trouble(pilot))
        await wait_until(pilot, lambda: focused(pilot) == then)
        assert in_view(pilot, "#trouble")
        assert in_view(pilot, "#confirm")
        if then == "old":
            assert pilot.app.screen.query_one("#old", Input).value == ""
        await pilot.press("escape")
        await wait_until(pilot, lambda: pilot.app.screen is app_of(pilot).main)
    assert desk.password == OLD


async def test_while_the_desk_is_asked_nobody_leaves_or_asks_again() -> None:
    """Or they would not know which password holds."""
    desk = FakeDesk()
    desk.held = asyncio.Event()
    async with asking(desk) as pilot:
        for name, text in (("old", OLD), ("new", NEW), ("again", NEW)):
            pilot.app.screen.query_one(f"#{name}", Input).value = text
        await pilot.press("ctrl+s", "ctrl+s", "escape")
        await wait_until(pilot, lambda: desk.asked("change_password"))
        assert isinstance(pilot.app.screen, OwnPasswordDialog)
        desk.held.set()
        await wait_until(pilot, lambda: pilot.app.screen is app_of(pilot).main)
    assert len(desk.asked("change_password")) == 1


async def test_nothing_of_a_field_gets_onto_the_clipboard() -> None:
    """Neither copied nor cut; cutting takes it out all the same."""
    async with asking(FakeDesk()) as pilot:
        field = pilot.app.screen.query_one("#old", Input)
        field.value = OLD
        field.select_all()
        await pilot.press("ctrl+c")
        assert (field.value, pilot.app.clipboard) == (OLD, "")
        await pilot.press("ctrl+x")
        assert (field.value, pilot.app.clipboard) == ("", "")


async def test_a_desk_out_of_reach_is_said_and_nothing_is_lost() -> None:
    """The fields keep what was typed."""
    desk = FakeDesk()
    async with asking(desk) as pilot:
        for name, text in (("old", OLD), ("new", NEW), ("again", NEW)):
            pilot.app.screen.query_one(f"#{name}", Input).value = text
        desk.down = True
        await pilot.press("ctrl+s")
        await wait_until(pilot, lambda: trouble(pilot) == "⚠ The desk server is not reachable.")
        assert pilot.app.screen.query_one("#old", Input).value == OLD


async def test_who_has_no_password_is_told_why_in_one_line() -> None:
    """No dialog asks for what there is not."""
    desk = FakeDesk()
    desk.password = ""
    async with at_work(desk, size=(80, 24), opened="") as pilot:
        await pilot.app.run_action("own_password", pilot.app.screen)
        await wait_until(pilot, lambda: notices(pilot) == ["You came with a token and have no password here."])
        assert pilot.app.screen is app_of(pilot).main


async def test_the_dialog_names_the_desks_own_rule() -> None:
    """The length that it asks for is the one that the desk asks for."""
    async with asking(FakeDesk()) as pilot:
        assert any(f"At least {SHORTEST} characters" in str(said.content) for said in pilot.app.screen.query(Static))


async def test_the_palette_names_it_without_a_key() -> None:
    """It has none: it is done a few times a year."""
    async with at_work(FakeDesk(), opened="") as pilot:
        found = [str(hit.match_display) async for hit in Deeds(pilot.app.screen).search("password")]
        assert found == ["Change your password"]


def test_the_dialog_looks_as_it_did(snap_compare: Callable[..., bool]) -> None:
    """At 80x24, with something typed and something wrong."""

    async def show(pilot: Console) -> None:
        await live(pilot)
        await pilot.app.run_action("own_password", pilot.app.screen)
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, OwnPasswordDialog))
        await pilot.press(*"a wrong one", "tab", *NEW, "tab", *NEW, "ctrl+s")
        await wait_until(pilot, lambda: bool(trouble(pilot)))
        steady(pilot)

    assert snap_compare(console(FakeDesk()), terminal_size=(80, 24), run_before=show)
