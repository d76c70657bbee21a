"""Textual's driver for browsers, and what it lacks: painting again for a tab that came back, and an orderly end.

The web server writes packets into standard input: keys, and notices. When that pipe ends the console leaves, so that a
server that was killed leaves no process behind.
"""

import os
import threading
from contextlib import suppress
from typing import Final

from textual.drivers.web_driver import WebDriver

from console.terminal.browser.notices import DeskMoved

LEAVES_WITHIN: Final = 5.0
"""Seconds in which the console saves its drafts and ends after the web server has gone."""

_MODES: Final = "\x1b[?1049h\x1b[?25l"
"""Alternate screen, no cursor; what the driver sets at its start besides mouse and paste."""


class BrowserDriver(WebDriver):
    """Speaks with the web server over standard input and output."""

    def write(self, data: str) -> None:
        """Write to the tab; when the web server has gone nobody reads, and the end of the other pipe says so."""
        with suppress(BrokenPipeError):
            super().write(data)

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Take a notice of the web server; called on the thread that reads."""
        match packet_type:
            case "repaint":
                self._app.call_later(self.repaint)
            case "desk":
                self._app.post_message(DeskMoved(str(payload.get("url", ""))))
            case "quit":
                self._app.call_later(self._app.action_quit)
            case _:
                super().on_meta(packet_type, payload)

    def repaint(self) -> None:
        """Set up the terminal of a page that knows nothing, and paint the whole screen."""
        self.write(_MODES)
        self._enable_mouse_support()
        self._enable_bracketed_paste()
        self._app.refresh(layout=True)

    def run_input_thread(self) -> None:
        """Read until the pipe ends, or the console does."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            late = threading.Timer(LEAVES_WITHIN, os._exit, (1,))
            late.daemon = True
            late.start()
            with suppress(RuntimeError):  # the app ended meanwhile
                self._app.call_later(self._app.action_quit)
