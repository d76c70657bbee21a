"""An internal note."""

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import TextArea

from console.terminal.screens.dialog import Dialog, words


class NoteDialog(Dialog[str]):
    """Returns the note, or ``None``; what was begun and left is kept among ``begun``, by conversation."""

    HEADING = "Internal note"
    CONFIRM = "Keep the note"

    def __init__(self, conversation: str, begun: dict[str, str]) -> None:
        super().__init__()
        self._conversation = conversation
        self._begun = begun

    def body(self) -> Iterable[Widget]:
        """Return the text area."""
        yield words("The customer never sees this. Esc keeps what you began for the next time.", "-label")
        yield TextArea(self._begun.get(self._conversation, ""), id="text", compact=True)

    def on_mount(self) -> None:
        """Write on where it ends."""
        area = self.query_one("#text", TextArea)
        area.move_cursor(area.document.end)

    def action_leave(self) -> None:
        """Keep what was begun."""
        self._begun[self._conversation] = self.query_one("#text", TextArea).text
        super().action_leave()

    def answer(self) -> str:
        """Return the note."""
        text = self.query_one("#text", TextArea).text.strip()
        if not text:
            message = "Write the note first."
            raise ValueError(message)
        return text
