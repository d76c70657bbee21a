"""One entry of the transcript: id, time, who, and the text under itself. One widget, whatever its length."""

from typing import Final

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from console.terminal.hanging import fit, hang, spread, stack, wrapped
from console.terminal.styles import beside
from console.terminal.timeline import Entry, EntryKind
from console.terminal.words import clock

_NAME: Final = 9
_READABLE: Final = 96
"""Text wider than this is hard to read; the rest of a very wide column stays empty."""

_NAME_STYLE: Final = {
    EntryKind.CUSTOMER: "bold $text-accent",
    EntryKind.AGENT: "bold $text-primary",
    EntryKind.BOT: "$text-muted",
    EntryKind.SYSTEM: "$text-muted",
    EntryKind.NOTE: "bold $text-warning",
    EntryKind.MARK: "$text-muted",
}
_TEXT_STYLE: Final = {EntryKind.BOT: "$text-muted", EntryKind.SYSTEM: "italic $text-muted", EntryKind.NOTE: "italic"}


class MessageView(Widget):
    """An entry; its height follows from its text and the width. With ``turn``, another speaker came before."""

    DEFAULT_CSS = beside(__file__)

    def __init__(self, entry: Entry, *, turn: bool = False) -> None:
        super().__init__(classes=f"-{entry.kind.value}{' -turn' if turn else ''}")
        self.entry = entry
        self._laid_out: tuple[int, Content, int] = (0, Content(""), 1)

    def show(self, entry: Entry) -> None:
        """Show a changed state of the same entry."""
        if entry != self.entry:
            self.entry = entry
            self._laid_out = (0, Content(""), 1)
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines at this width."""
        return self._lay_out(width)[2]

    def render(self) -> Content:
        """Return the laid-out text."""
        return self._lay_out(self.content_size.width or self.size.width)[1]

    def _lay_out(self, width: int) -> tuple[int, Content, int]:
        if self._laid_out[0] != width:
            lines = _lines(self.entry, width)
            self._laid_out = (width, stack(lines), len(lines))
        return self._laid_out


def _lines(entry: Entry, width: int) -> list[Content]:
    if entry.kind is EntryKind.MARK:
        words = wrapped(Content(entry.text), max(10, width - 16))
        first = Content.assemble(
            ("── ", "$text-muted"), (words[0].plain, "italic"), (f" · {clock(entry.at)} ──", "$text-muted")
        )
        return [first, *(Content.assemble("   ", (line.plain, "italic")) for line in words[1:])]
    name = "note" if entry.kind is EntryKind.NOTE else entry.who
    key = entry.key if entry.key.startswith("m") else "✎"
    label = Content.assemble(
        (fit(f"{key:>4}", 4), "$text-disabled"),
        (f" {clock(entry.at)} ", "$text-muted"),
        (fit(name, _NAME), _NAME_STYLE[entry.kind]),
        " ",
    )
    text = Content.styled(_text(entry), _TEXT_STYLE.get(entry.kind, ""))
    room = min(width, _READABLE + label.cell_length)
    lines = hang(label, text, room - (2 if entry.state else 0))
    if entry.state:
        sign = "✓✓" if entry.state == "delivered" else "✓ "
        lines[-1] = spread(lines[-1], Content.styled(sign, "$text-success"), room)
    return lines


def _text(entry: Entry) -> str:
    return f"{entry.who} (internal): {entry.text}" if entry.kind is EntryKind.NOTE else entry.text
