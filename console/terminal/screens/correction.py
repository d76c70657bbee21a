"""A line of the summary is put right."""

from collections.abc import Iterable
from typing import Final

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, TextArea

from console.conversation.assistance import SummaryLine
from console.terminal.screens.dialog import Dialog, words
from console.terminal.words import SUMMARY

MOST: Final = 300
"""Characters of a line."""


class LineArea(TextArea):
    """A line to write, shown on as many rows as it needs; Enter ends it."""

    class Submitted(Message):
        """Enter was pressed."""

    async def on_key(self, event: events.Key) -> None:
        """Take Enter before it becomes a line break."""
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted())


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
        yield LineArea(self._line.text, placeholder="Empty: the line is removed", id="line", compact=True)
        yield words("Your words stay when the conversation goes on. Empty removes the line.", "-label -gap")
        if self._line.corrected:
            yield Button("Restore its own words", id="restore", compact=True, classes="-gap")

    def on_mount(self) -> None:
        """Write at the end of the line."""
        area = self.query_one("#line", LineArea)
        area.focus()
        area.move_cursor(area.document.end)

    def on_line_area_submitted(self, event: "LineArea.Submitted") -> None:
        """Enter saves: it can be taken back."""
        event.stop()
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
        words_now = " ".join(self.query_one("#line", LineArea).text.split())
        if len(words_now) > MOST:
            message = f"A line has at most {MOST} characters; this one has {len(words_now)}."
            raise ValueError(message)
        return words_now
