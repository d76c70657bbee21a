"""Asks before something that reaches into a colleague's work."""

from collections.abc import Iterable

from textual.widget import Widget

from console.terminal.screens.dialog import Dialog, words


class SureDialog(Dialog[bool]):
    """Returns ``True``, or ``None``."""

    def __init__(self, heading: str, text: str, confirm: str) -> None:
        self.HEADING, self.CONFIRM = heading, confirm  # type: ignore[misc]  # a dialog of its own each time
        self._text = text
        super().__init__()

    def body(self) -> Iterable[Widget]:
        """Return what would happen."""
        yield words(self._text, "-gap")

    def answer(self) -> bool:
        """Return that it is wanted."""
        return True
