"""The agent judges that a flag does not apply."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from console.conversation.assistance import Flag
from console.terminal.screens.dialog import Dialog, words
from console.terminal.widgets.flags_panel import STYLE
from console.terminal.words import flagged


class DismissalDialog(Dialog[str]):
    """Returns the reason (which may be empty), or ``None``."""

    HEADING = "This flag does not apply?"
    CONFIRM = "Dismiss the flag"

    def __init__(self, flag: Flag) -> None:
        super().__init__()
        self._flag = flag

    def body(self) -> Iterable[Widget]:
        """Return the flag and a line for the reason."""
        yield words(Content.styled(flagged(self._flag), STYLE[self._flag.severity]))
        yield words(f"“{self._flag.span}”" if self._flag.span else self._flag.advice, "-gap")
        yield Input(placeholder="Why not (helps to tune the policy)", id="reason", max_length=500, compact=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter confirms: nothing is lost by it."""
        self.action_confirm()

    def answer(self) -> str:
        """Return the reason."""
        return self.query_one("#reason", Input).value.strip()
