"""What happened so far, line by line; each line leads to the message it was taken from."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from console.conversation.assistance import SummaryLine
from console.terminal.hanging import fit, hang, stack
from console.terminal.styles import beside
from console.terminal.widgets.panel import Panel
from console.terminal.widgets.row_list import Row, RowList, remark
from console.terminal.words import SUMMARY


class SummaryLines(RowList):
    """The lines."""

    HELP = "Enter on a line shows the message it was taken from."
    BINDING_GROUP_TITLE = "Summary"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "choose", "Show the message", tooltip="Go to the message this line rests on", id="summary-jump"
        )
    ]


class SummaryPanel(Panel):
    """The panel around them; posts :class:`SummaryPanel.Followed`."""

    TITLE = "Summary"
    DEFAULT_CSS = beside(__file__)

    class Followed(Message):
        """A line was followed to its message."""

        def __init__(self, message: str) -> None:
            super().__init__()
            self.message = message

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[SummaryLine, ...] = ()
        self._remark = ""

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield SummaryLines()

    def show(self, lines: tuple[SummaryLine, ...], remark: str = "") -> None:
        """Show these lines, or ``remark`` where there are none."""
        if (lines, remark) != (self._lines, self._remark):
            self._lines, self._remark = lines, remark
            self._paint()

    def on_resize(self) -> None:
        """Fit the lines to the width."""
        self._paint()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Follow the line to its first message."""
        event.stop()
        line = self._lines[event.place]
        if line.sources:
            self.post_message(self.Followed(line.sources[0]))

    def _paint(self) -> None:
        shown = self.query_one(SummaryLines)
        width = max(20, shown.room)
        rows = [Row(str(n), _face(line, width)) for n, line in enumerate(self._lines)]
        shown.show_rows(rows or [remark(self._remark or "Nothing yet.", width)])


def _face(line: SummaryLine, width: int) -> Content:
    cited = Content.styled(f" {', '.join(line.sources)}", "$text-secondary")
    label = Content.styled(fit(SUMMARY[line.kind], 9), "$text-muted")
    return stack(hang(label, Content.assemble(Content(line.text), cited), width, most=3))
