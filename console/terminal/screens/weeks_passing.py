"""How many weeks are to pass in a demo."""

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Input

from console.conversation.weeks import MOST, USUAL
from console.terminal.screens.dialog import Dialog, words

SAID = (
    "The clock of this demo goes forward, and the weeks are filled with generated history, marked as such: customers "
    "as before, answered by what is in force now. What you changed shows its before and after then. The customers who "
    "are there leave. It cannot be taken back; 'secondchair demo --fresh' begins again."
)


class WeeksDialog(Dialog[int]):
    """Returns how many weeks, or ``None``."""

    HEADING = "Let weeks pass (demo)"
    CONFIRM = "Let them pass"

    def body(self) -> Iterable[Widget]:
        """Return what happens, and how many weeks."""
        yield words(SAID, "-gap")
        yield words(f"Weeks, from 1 to {MOST}", "-label")
        yield Input(str(USUAL), id="weeks", max_length=2, compact=True)

    def answer(self) -> int:
        """Return how many."""
        said = self.query_one("#weeks", Input).value.strip()
        if not said.isdecimal() or not 1 <= int(said) <= MOST:
            message = f"Write a number of weeks, from 1 to {MOST}."
            raise ValueError(message)
        return int(said)
