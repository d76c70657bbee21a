"""How the conversation ended, before it is closed."""

from collections.abc import Iterable
from typing import Final

from textual.widget import Widget
from textual.widgets import Input

from console.conversation.commands import Close
from console.terminal.screens.dialog import Dialog, words
from console.terminal.widgets.choice import Choice, Choices

USUAL: Final = ("answered", "refunded", "replaced", "credited", "passed on", "no reply from the customer")
"""Dispositions offered; any other can be written."""


class ClosingDialog(Dialog[Close]):
    """Returns how to close, or ``None``; ``unfinished`` says what would be left open."""

    HEADING = "Close the conversation"
    CONFIRM = "Close"

    def __init__(self, unfinished: str = "") -> None:
        super().__init__()
        self._unfinished = unfinished

    def body(self) -> Iterable[Widget]:
        """Return what is left open, and the choices."""
        if self._unfinished:
            yield words(self._unfinished, "-warning")
        yield words("What came of it", "-label")
        usual = (Choice(name) for name in USUAL)
        yield Choices(*usual, id="usual", classes="-close", compact=True)
        yield Input(placeholder="or in your own words", id="own", max_length=80, compact=True)
        yield words("Is the customer's matter resolved?", "-label")
        yield Choices(Choice("resolved"), Choice("not resolved"), id="resolved", classes="-beside", compact=True)
        yield Input(placeholder="Closing note for colleagues (optional)", id="note", max_length=500, compact=True)

    def answer(self) -> Close:
        """Return how to close."""
        chosen = self.query_one("#usual", Choices).pressed_index
        disposition = self.query_one("#own", Input).value.strip() or (USUAL[chosen] if chosen >= 0 else "")
        if not disposition:
            message = "Say what came of it: choose one, or write it in your own words."
            raise ValueError(message)
        resolved = self.query_one("#resolved", Choices).pressed_index
        if resolved < 0:
            message = "Say whether the matter is resolved."
            raise ValueError(message)
        return Close(disposition, resolved == 0, self.query_one("#note", Input).value.strip())
