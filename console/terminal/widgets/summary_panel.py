"""What happened so far, line by line; each line leads to the message it was taken from, and can be put right."""

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from console.conversation.assistance import SummaryLine
from console.terminal.hanging import fit, hang, stack
from console.terminal.styles import beside
from console.terminal.widgets.clickable import button
from console.terminal.widgets.panel import Panel
from console.terminal.widgets.row_list import Row, RowList, remark
from console.terminal.words import SUMMARY

_LABEL: Final = 9
"""Cells of a line's label."""


class SummaryLines(RowList):
    """The lines; posts :class:`SummaryLines.Correcting` and :class:`SummaryLines.Moved`."""

    HELP = "Enter on a line shows the message it was taken from; e, or a click on its ✎, puts the line right."
    BINDING_GROUP_TITLE = "Summary"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "choose", "Show the message", tooltip="Go to the message this line rests on", id="summary-jump"
        ),
        Binding("e", "correct", "Correct", tooltip="Change the line, remove or restore it", id="summary-correct"),
    ]

    class Correcting(Message):
        """The line under the cursor is to be put right."""

    class Moved(Message):
        """The cursor moved."""

    def watch_highlighted(self, old: int | None, new: int | None) -> None:
        """Tell the panel: the line under the cursor has a button."""
        super().watch_highlighted(old, new)
        self.post_message(self.Moved())

    def action_correct(self) -> None:
        """Put the line under the cursor right."""
        self.post_message(self.Correcting())


class SummaryPanel(Panel):
    """The panel around them; posts :class:`SummaryPanel.Followed` and :class:`SummaryPanel.Correcting`."""

    TITLE = "Summary"
    DEFAULT_CSS = beside(__file__)

    class Followed(Message):
        """A line was followed to its message."""

        def __init__(self, message: str) -> None:
            super().__init__()
            self.message = message

    class Correcting(Message):
        """A line is to be put right."""

        def __init__(self, line: SummaryLine) -> None:
            super().__init__()
            self.line = line

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[SummaryLine, ...] = ()
        self._removed: tuple[SummaryLine, ...] = ()
        self._remark, self._me = "", ""

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield SummaryLines()

    def show(
        self, lines: tuple[SummaryLine, ...], remark: str = "", *, removed: tuple[SummaryLine, ...] = (), me: str = ""
    ) -> None:
        """Show these lines, or ``remark`` where there are none; lines ``removed`` by people are counted below them.

        ``me`` is the agent's name: they read “by you” of their own corrections.
        """
        if (lines, remark, removed, me) != (self._lines, self._remark, self._removed, self._me):
            self._lines, self._remark, self._removed, self._me = lines, remark, removed, me
            self._paint()

    @property
    def count(self) -> int:
        """How many lines can be chosen."""
        return len(self._lines) + bool(self._removed)

    @property
    def chosen(self) -> SummaryLine | None:
        """The line under the cursor, or the first one; of removed ones the newest."""
        place = self.query_one(SummaryLines).highlighted or 0
        every = (*self._lines, *self._removed[-1:])
        return every[place] if place < len(every) else None

    def on_resize(self) -> None:
        """Fit the lines to the width."""
        self._paint()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Follow the line to its first message; removed ones are brought back."""
        event.stop()
        if event.place >= len(self._lines):
            self.post_message(self.Correcting(self._removed[-1]))
        elif sources := self._lines[event.place].sources:
            self.post_message(self.Followed(sources[0]))

    def on_summary_lines_correcting(self, event: SummaryLines.Correcting) -> None:
        """Ask for the right words."""
        event.stop()
        if self.chosen:
            self.post_message(self.Correcting(self.chosen))

    def on_summary_lines_moved(self, event: SummaryLines.Moved) -> None:
        """Move the button along."""
        event.stop()
        self._paint()

    def _paint(self) -> None:
        shown = self.query_one(SummaryLines)
        width = max(20, shown.room)
        under = shown.highlighted
        rows = [Row(str(n), self._face(line, width, under=n == under)) for n, line in enumerate(self._lines)]
        if self._removed:
            gone = f"✎ {len(self._removed)} removed by {self._by(self._removed[-1])}. Enter brings back the newest."
            rows.append(Row("removed", stack(hang(Content(""), Content.styled(gone, "$text-muted"), width, most=2))))
        shown.show_rows(rows or [remark(self._remark or "Nothing yet.", width)])

    def _face(self, line: SummaryLine, width: int, *, under: bool) -> Content:
        by = f" ✎ by {self._by(line)}" if line.corrected else ""
        cited = Content.assemble((by, "$text-warning"), (f" {', '.join(line.sources)}", "$text-secondary"))
        label = Content.styled(fit(SUMMARY[line.kind], _LABEL), "$text-muted")
        if under:
            pen = button("correct", "✎")
            word = fit(SUMMARY[line.kind], _LABEL - pen.cell_length)
            label = Content.assemble((word, "$text-muted"), pen)
        return stack(hang(label, Content.assemble(Content(line.text), cited), width, most=3))

    def _by(self, line: SummaryLine) -> str:
        return "you" if line.corrected == self._me else line.corrected
