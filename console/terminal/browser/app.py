"""The console as a tab of a browser shows it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from console.terminal.app import ConsoleApp, open_http
from console.terminal.browser.driver import BrowserDriver
from console.terminal.browser.notices import DeskMoved

if TYPE_CHECKING:
    from textual.driver import Driver


class Where:
    """The desk that the web server named, the token of who signed in, and from where they did."""

    def __init__(self, url: str, token: str, address: str = "") -> None:
        self.url, self._token, self.address = url, token, address

    async def __call__(self, progress: Callable[[str], None]) -> tuple[str, str]:
        """Return ``(base URL, token)``."""
        return self.url, self._token


class BrowserConsole(ConsoleApp):
    """Draws through :class:`BrowserDriver`, whatever the environment says."""

    def __init__(self, where: Where, *, config_folder: Path | None = None) -> None:
        super().__init__(where, config_folder=config_folder, open_desk=partial(open_http, address=where.address))
        self._where = where

    def get_driver_class(self) -> "type[Driver]":
        """Return the driver that speaks with the web server."""
        return BrowserDriver

    def on_desk_moved(self, event: DeskMoved) -> None:
        """Go there at once."""
        self._where.url = event.url
        self.controller.link.try_now()
