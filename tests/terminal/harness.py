"""Runs the console against the desk in memory, and waits for conditions instead of sleeping."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from console.terminal.app import ConsoleApp
from console.terminal.widgets.composer import Composer
from console.terminal.widgets.inbox import Inbox, InboxList
from console.terminal.widgets.row_list import RowList
from tests.terminal.fake_desk import FakeDesk

PATIENCE = 20.0
"""Seconds after which a condition that never comes true fails the test."""

SMALL, LARGE = (80, 24), (200, 60)
"""Terminals that pictures are taken of: columns and rows."""

Console = Pilot[int]


def console(desk: FakeDesk, config_folder: Path | None = None) -> ConsoleApp:
    """Return a console on this desk."""
    return ConsoleApp(desk.connect, open_desk=desk.open, config_folder=config_folder)


def app_of(pilot: Console) -> ConsoleApp:
    """Return the console, typed."""
    app = pilot.app
    assert isinstance(app, ConsoleApp)
    return app


async def wait_until(pilot: Console, predicate: Callable[[], object], what: str = "the condition") -> None:
    """Let the console work until ``predicate`` holds."""
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE
    while not predicate():
        if loop.time() > end:
            message = f"{what} did not come about in {PATIENCE} s"
            raise AssertionError(message)
        await asyncio.sleep(0.01)
    await pilot.pause()


@asynccontextmanager
async def at_work(
    desk: FakeDesk, *, size: tuple[int, int] = (150, 40), opened: str = "c-dana", config_folder: Path | None = None
) -> AsyncIterator[Console]:
    """A console that is live, with a conversation open and the composer focused."""
    app = console(desk, config_folder)
    async with app.run_test(size=size, notifications=True) as pilot:
        await live(pilot)
        if opened:
            await open_conversation(pilot, opened)
        yield pilot


async def live(pilot: Console) -> None:
    """Wait for the connection."""
    controller = app_of(pilot).controller
    await wait_until(pilot, lambda: controller.connection.live and controller.connection.milliseconds, "a connection")


async def open_conversation(pilot: Console, name: str) -> None:
    """Open a conversation as a click in the inbox does."""
    app = app_of(pilot)
    await app.controller.open(name)
    app.main.query_one(Composer).area.focus()
    await wait_until(pilot, lambda: app.controller.conversation is not None, "the conversation")


def said(pilot: Console) -> str:
    """Return the text in the composer."""
    return app_of(pilot).main.query_one(Composer).area.text


def notices(pilot: Console) -> list[str]:
    """Return what the console said in passing."""
    return [notification.message for notification in app_of(pilot)._notifications]


def queue_text(pilot: Console) -> str:
    """Return the queue's screen as it reads."""
    return "\n".join(row.face.plain for row in pilot.app.screen.query_one(RowList).rows)


def steady(pilot: Console) -> None:
    """Stop the cursors from blinking, for pictures."""
    for screen in pilot.app.screen_stack:
        for area in screen.query(TextArea):
            area.cursor_blink = False
            area._cursor_visible = True  # whatever half of a blink it was in
        for line in screen.query(Input):
            line.cursor_blink = False
            line._cursor_visible = True


def followed(pilot: Console, opened: str) -> bool:
    """Whether the inbox's cursor, where it is seen, has gone along to the conversation on the screen."""
    inbox, rows = app_of(pilot).main.query_one(Inbox), app_of(pilot).main.query_one(InboxList)
    if not inbox.is_on_screen or not inbox.size.width:
        return True
    return rows.highlighted is not None and rows.rows[rows.highlighted].key == opened
