"""Quitting while something that was written is not with the desk yet."""

from collections.abc import Iterable

from textual.widget import Widget

from console.terminal.screens.dialog import Dialog, words


class LeavingDialog(Dialog[bool]):
    """Returns ``True`` to quit all the same."""

    HEADING = "Unsent text would be lost"
    CONFIRM = "Quit and lose it"
    LEAVE = "Stay"

    def body(self) -> Iterable[Widget]:
        """Return the explanation."""
        text = (
            "The desk server is not reachable, so the draft you wrote cannot be kept there. "
            "Stay until the connection is back, or copy the text."
        )
        yield words(text, "-gap")

    def answer(self) -> bool:
        """Quit."""
        return True
