"""The console: paints at once, connects in the background, and shows what the controller knows."""

import asyncio
import gc
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Event, Key
from textual.filter import LineFilter
from textual.notifications import Notification
from textual.screen import Screen

from console.conversation.practice import PracticeStarted
from console.terminal import preferences
from console.terminal.alt_keys import as_command, read_alt_as_keys
from console.terminal.controller import Controller
from console.terminal.desk_state import News
from console.terminal.dialogs import Dialogs
from console.terminal.hanging import wrapped
from console.terminal.line_filter import WallFilter
from console.terminal.link import OpenDesk
from console.terminal.palette_colours import PaletteFilter
from console.terminal.port import Connect, Desk
from console.terminal.screens.main import MainScreen
from console.terminal.terminal_gone import end_with_terminal
from console.terminal.themes import DARK, LIGHT, NAMES
from console.terminal.view import Weight

SAID_LINES = 2
"""Lines at the top that what is said in passing may take."""

LAST_SAVE = 2.0
"""Seconds that quitting waits for the drafts to be saved."""


async def open_http(url: str, token: str, *, address: str = "") -> Desk:
    """Return the desk at ``url``; the HTTP client is imported off the event loop, on first use.

    ``address`` is where the agent sits, if not on this machine.
    """
    from importlib import import_module

    client = await asyncio.to_thread(import_module, "console.terminal.client")
    desk: Desk = client.HttpDesk(url, token, address=address)
    return desk


class ConsoleApp(App[int]):
    """One agent's console."""

    TITLE = "Second Chair"
    ENABLE_COMMAND_PALETTE = True
    CSS = """
    ToastRack { dock: top; align: right top; margin-bottom: 0; overflow-y: hidden; }
    Toast { width: auto; max-width: 100%; padding: 0 1; margin-top: 0; }
    """
    """What is said in passing lies over the two lines at the top: no message, no flag and no key is below it."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+q,alt+0",  # the second for browsers that close at Ctrl+Q
            "quit",
            "Quit",
            tooltip="Leave the console; drafts are kept",
            id="quit",
            show=False,
            priority=True,
        )
    ]

    def __init__(self, connect: Connect, *, config_folder: Path | None = None, open_desk: OpenDesk = open_http) -> None:
        super().__init__()
        self._connect, self._open_desk = connect, open_desk
        self._take(Controller(connect, open_desk, self))
        self._folder = config_folder
        self._preferences = preferences.load(config_folder)
        self.controller.last_open = self._preferences.open
        self._wall, self._palette = WallFilter(), PaletteFilter()
        self._painting = False
        self._rang = 0.0
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = NAMES.get(self._preferences.theme, DARK.name)

    def _take(self, controller: Controller) -> None:
        """Work with this controller from now on."""
        self.controller = controller
        self.dialogs = Dialogs(self, controller)
        self.main = MainScreen(controller)

    async def on_event(self, event: Event) -> None:
        """Let Alt be for commands alone, then take the event as ever; beside the composer a key works at once."""
        as_command(event)
        fresh = isinstance(event, Key) and not event.is_forwarded and self.app_focus
        if isinstance(event, Key) and fresh and self.screen is self.main and await self.main.key_beside(event):
            return
        await super().on_event(event)

    def on_mount(self) -> None:
        """Paint, then connect."""
        self.push_screen(self.main)
        self.run_worker(self.controller.link.run(), group="link", exit_on_error=False)

    def get_line_filters(self) -> list[LineFilter]:
        """Return the filters of every painted line: Textual's own, the wall against control characters, the palette."""
        few = [self._palette] if self.console.color_system == "256" else []
        return [*super().get_line_filters(), self._wall, *few]

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Return of Textual's own commands only Quit.

        Themes and keys are deeds here, and a picture of the screen would bring customers' data to the disk.
        """
        return (command for command in super().get_system_commands(screen) if command.title == "Quit")

    # What the controller says

    def state_changed(self) -> None:
        """Paint soon; many changes are one painting."""
        if not self._painting and self.main.ready:
            self._painting = True
            self.call_later(self._paint)

    def announce(self, text: str, weight: Weight = "information") -> None:
        """Say something in passing."""
        self.notify(text, severity=weight, markup=False, timeout=5 if weight == "information" else 10)
        held = list(self._notifications)
        while len(held) > 1 and sum(map(self._lines_of, held)) > SAID_LINES:
            self._unnotify(held.pop(0))  # the newest is what the agent has just done

    def _lines_of(self, notice: Notification) -> int:
        """Return the lines that a notice takes, as wide as the screen is, beside its bar and padding."""
        return len(wrapped(Content(notice.message), max(10, self.size.width - 3)))

    def heard(self, news: News) -> None:
        """Ring for a customer's message, unless it is before the agent's eyes."""
        looking = self.app_focus and news.conversation == self.controller.state.current and self.screen is self.main
        mute = not self._preferences.bell or looking
        waiting = {row.id for row in self.controller.state.waiting()}
        if mute or not (news.mine or news.conversation in waiting):
            return
        now = asyncio.get_running_loop().time()
        if now - self._rang > 1.0:
            self._rang = now
            self.bell()

    def draft_replaced(self) -> None:
        """Show the draft as the controller has it."""
        self.main.load_draft()

    def close_all(self) -> None:
        """Close every dialog and list, unanswered."""
        while self.screen is not self.main and self.main.ready:
            self.screen.dismiss(None)

    def connected(self) -> None:
        """On the live desk, tell what was planted in practice before anything else is done."""
        if not self.controller.practising:
            self.run_worker(self.main.tell_plants(), group="plants", exclusive=True, exit_on_error=False)

    # What the screens ask for

    def show_view(self, view: str) -> None:
        """Show a part of a screen that is too narrow for all."""
        if view != self.main.part:
            self.main.show_part(view)

    def go_to(self, view: str) -> None:
        """Show a part of the screen and bring the focus there; asked for again, go back to the composer."""
        was_there = self.main.part == view and self.main.narrow_for(view)
        self.show_view("chat" if was_there else view)
        self.main.focus_part("chat" if was_there else view)

    def toggle_theme(self) -> None:
        """Change between light and dark, and remember it."""
        self._preferences.theme = "light" if self._preferences.theme == "dark" else "dark"
        self.theme = NAMES[self._preferences.theme]
        self._remember()

    def toggle_bell(self) -> None:
        """Ring or do not, and remember it."""
        self._preferences.bell = not self._preferences.bell
        self.announce("The bell rings for new messages." if self._preferences.bell else "The bell is off.")
        self._remember()

    def practise(self, started: PracticeStarted) -> None:
        """Follow the practice desk instead of the other one; that one hears that this console is gone meanwhile."""

        async def connect(progress: Callable[[str], None]) -> tuple[str, str]:
            url, token = await self._connect(progress)
            return f"{url}{started.path}", token

        controller = Controller(connect, self._open_desk, self, practising=True)
        controller.last_open = started.conversation
        self._change_desk(controller)

    def end_practice(self) -> None:
        """Go back to the desk; a session that goes on can be taken up again."""
        controller = Controller(self._connect, self._open_desk, self)
        controller.last_open = self._preferences.open
        self._change_desk(controller)

    def _change_desk(self, controller: Controller) -> None:
        self.close_all()
        self._take(controller)
        self.switch_screen(self.main)
        self.run_worker(self.controller.link.run(), group="link", exclusive=True, exit_on_error=False)

    async def action_quit(self) -> None:
        """Save what was written, then leave."""
        self.run_worker(self._leave(), group="leave", exclusive=True)

    async def _leave(self) -> None:
        composing = self.controller.composing
        try:
            async with asyncio.timeout(LAST_SAVE):
                await composing.save()
        except TimeoutError:
            pass
        if composing.unsaved and not await self.dialogs.leaving():
            return
        if self.controller.state.current != self._preferences.open:
            self._preferences.open = self.controller.state.current
            self._remember()
        self.exit(0)

    def _remember(self) -> None:
        preferences.save(self._folder, self._preferences)

    def _paint(self) -> None:
        self._painting = False
        self.main.paint()
        self.dialogs.state_changed()
        if self.controller.state.incomplete and self.controller.connection.live:
            self.controller.state.incomplete = False
            self.main.do(self.controller.refresh_inbox, group="inbox")


def run(connect: Connect, *, config_folder: Path | None = None, app: Callable[..., ConsoleApp] = ConsoleApp) -> int:
    """Show the console until the agent quits; return the exit code."""
    read_alt_as_keys()
    end_with_terminal()
    # What the imports made stays for ever; scanning it again and again would stop the typing for a tenth of a second.
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    return app(connect, config_folder=config_folder).run() or 0
