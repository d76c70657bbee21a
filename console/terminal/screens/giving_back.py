"""What the next colleague should know, before a conversation goes back to the queue."""

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Input

from console.terminal.screens.dialog import Dialog, words


class GivingBackDialog(Dialog[str]):
    """Returns the words for the next colleague, which may be none, or ``None``."""

    HEADING = "Give back to the queue"
    CONFIRM = "Give back"

    def body(self) -> Iterable[Widget]:
        """Return the line to write on."""
        yield words("The customer waits for a colleague again. An unsent draft stays with you.", "-gap")
        yield words("What the next colleague should know (an internal note):", "-label")
        yield Input(placeholder="optional", id="known", max_length=500, compact=True)

    def answer(self) -> str:
        """Return the words."""
        return self.query_one("#known", Input).value.strip()
