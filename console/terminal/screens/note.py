"""An internal note."""

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import TextArea

from console.terminal.screens.dialog import Dialog, words


class NoteDialog(Dialog[str]):
    """Returns the note, or ``None``."""

    HEADING = "Internal note"
    CONFIRM = "Keep the note"

    def body(self) -> Iterable[Widget]:
        """Return the text area."""
        yield words("The customer never sees this.", "-label")
        yield TextArea(id="text", compact=True)

    def answer(self) -> str:
        """Return the note."""
        text = self.query_one("#text", TextArea).text.strip()
        if not text:
            message = "Write the note first."
            raise ValueError(message)
        return text
