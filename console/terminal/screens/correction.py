"""A line of the summary is put right."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input

from console.conversation.assistance import SummaryLine
from console.terminal.screens.dialog import Dialog, words
from console.terminal.words import SUMMARY


class CorrectionDialog(Dialog[str]):
    """Returns the line's words as they shall be: empty takes the line out; ``None`` when left."""

    HEADING = "Correct the summary"
    CONFIRM = "Save"

    def __init__(self, line: SummaryLine) -> None:
        super().__init__()
        self._line = line
        self._said = line.said or line.text

    def body(self) -> Iterable[Widget]:
        """Return the line to change, and what the second chair said of it."""
        yield words(Content.styled(f"{SUMMARY[self._line.kind]} · {', '.join(self._line.sources)}", "bold"))
        yield words(f"The second chair said: “{self._said}”", "-quote")
        yield Input(
            self._line.text,
            placeholder="Empty: the line is removed",
            id="line",
            max_length=300,
            compact=True,
            select_on_focus=False,
        )
        yield words("Your words stay when the conversation goes on. Empty removes the line.", "-label -gap")
        if self._line.corrected:
            yield Button("Restore its own words", id="restore", compact=True, classes="-gap")

    def on_mount(self) -> None:
        """Write at the end of the line."""
        self.query_one("#line", Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter saves: it can be taken back."""
        self.action_confirm()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Restore what the second chair said, or what the frame's buttons say."""
        if event.button.id == "restore":
            event.stop()
            self.dismiss(self._said)
            return
        super().on_button_pressed(event)

    def answer(self) -> str:
        """Return the words."""
        return " ".join(self.query_one("#line", Input).value.split())
