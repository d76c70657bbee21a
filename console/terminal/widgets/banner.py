"""The line that appears when the desk server is gone, and says what that means for the agent."""

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from console.terminal.connection import Connection, Link
from console.terminal.styles import beside
from console.terminal.widgets.clickable import button


class Banner(Widget):
    """Hidden while all is well."""

    DEFAULT_CSS = beside(__file__)

    words: reactive[str] = reactive("")

    def show(self, connection: Connection, *, was_live: bool) -> None:
        """Show the trouble, if there is any."""
        if connection.link is Link.REFUSED:
            self.words = f"The desk refuses this console: {connection.detail}"
        elif connection.live or (not was_live and connection.link is Link.CONNECTING):
            self.words = ""
        else:
            pause = f" in {connection.seconds} s" if connection.seconds else ""
            why = f" ({connection.detail})" if connection.detail and not was_live else ""
            self.words = (
                f"Desk server not reachable – reconnecting{pause}. What you write is kept, nothing is sent.{why}"
            )

    def watch_words(self, words: str) -> None:
        """Appear and vanish."""
        self.set_class(bool(words), "-shown")

    def render(self) -> Content:
        """Return the line."""
        return Content.assemble(f"⚠ {self.words}  ", button("screen.retry", "Try now", "F6"))
