"""How an entry of the transcript looks: id, time, who, and the text under itself."""

from typing import Final

from textual.content import Content

from console.terminal.hanging import fit, hang, spread, wrapped
from console.terminal.timeline import Entry, EntryKind
from console.terminal.widgets.clickable import button
from console.terminal.words import clock

_KEY: Final = 5
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

_SIGNS: Final = {"sent": "✓ ", "delivered": "✓✓", "read": "read"}


def entry_lines(entry: Entry, width: int) -> list[Content]:
    """Return an entry as lines of at most ``width`` cells."""
    if entry.kind is EntryKind.MARK:
        return _mark(entry, width)
    label = Content.assemble(
        (fit(f"{entry.key if entry.key.startswith('m') else '✎':>{_KEY}}", _KEY), "$text-disabled"),
        (f" {clock(entry.at)} ", "$text-muted"),
        (fit("note" if entry.kind is EntryKind.NOTE else entry.who, _NAME), _NAME_STYLE[entry.kind]),
        " ",
    )
    words = f"{entry.who} (internal): {entry.text}" if entry.kind is EntryKind.NOTE else entry.text
    room = min(width, _READABLE + label.cell_length)
    sign = _SIGNS.get(entry.state, "")
    lines = hang(label, Content.styled(words, _TEXT_STYLE.get(entry.kind, "")), room - (len(sign) + bool(sign)))
    if sign:
        lines[-1] = spread(lines[-1], Content.styled(sign, "$text-success"), room)
    return lines + [line for place in range(len(entry.files)) for line in _file(entry, place, label.cell_length, room)]


def _file(entry: Entry, place: int, indent: int, room: int) -> list[Content]:
    """Return a file's line under its message; the key opens the newest without aim."""
    way = button(f"screen.open_file('{entry.key}', {place})", "open")
    lines = hang(Content(" " * indent), Content.styled(f"▤ {entry.files[place]}", "$text-accent"), room - 7)
    return [*lines[:-1], spread(lines[-1], way, room)]


def _mark(entry: Entry, width: int) -> list[Content]:
    words = wrapped(Content(entry.text), max(10, width - 16))
    time = (f" · {clock(entry.at)} ──", "$text-muted")
    first = Content.assemble(("── ", "$text-muted"), (words[0].plain, "italic"), time)
    return [first, *(Content.assemble("   ", (line.plain, "italic")) for line in words[1:])]
