"""How an entry of the transcript looks: id, time, who, and the text under itself."""

from typing import Final

from textual.content import Content

from console.terminal.hanging import fit, hang, spread, wrapped
from console.terminal.timeline import Entry, EntryKind
from console.terminal.widgets.clickable import button
from console.terminal.words import clock

ID_CELLS: Final = 5
"""Cells of an entry's id, at the head of its first line."""

_NAME: Final = 9
_READABLE: Final = 96
"""Text wider than this is hard to read; the rest of a very wide column stays empty."""

_NAME_STYLE: Final = {
    EntryKind.CUSTOMER: "bold $text-accent",
    EntryKind.AGENT: "bold $text-primary",
    EntryKind.BOT: "$text-muted",
    EntryKind.SYSTEM: "$text-muted",
    EntryKind.NOTE: "bold $text-warning",
    EntryKind.WHISPER: "bold reverse $text-warning",
    EntryKind.MARK: "$text-muted",
}
_TEXT_STYLE: Final = {
    EntryKind.BOT: "$text-muted",
    EntryKind.SYSTEM: "italic $text-muted",
    EntryKind.NOTE: "italic",
    EntryKind.WHISPER: "bold",
}

_INTERNAL: Final = {EntryKind.NOTE: ("✎", "note"), EntryKind.WHISPER: ("«", "whisper")}
"""What only staff see: the sign in place of an id, and the word in place of a name."""

_SIGNS: Final = {"sent": "✓ ", "delivered": "✓✓", "read": "read"}


def entry_lines(entry: Entry, width: int) -> list[Content]:
    """Return an entry as lines of at most ``width`` cells."""
    if entry.kind is EntryKind.MARK:
        return _mark(entry, width)
    sign, word = _INTERNAL.get(entry.kind, ("", ""))
    label = Content.assemble(
        (fit(f"{sign or entry.key:>{ID_CELLS}}", ID_CELLS), "$text-disabled"),
        (f" {clock(entry.at)} ", "$text-muted"),
        (fit(word or entry.who, _NAME), _NAME_STYLE[entry.kind]),
        " ",
    )
    words = f"{entry.who} (internal): {entry.text}" if entry.kind in _INTERNAL else entry.text
    room = min(width, _READABLE + label.cell_length)
    beside = _asked_right(entry) if entry.kind is EntryKind.BOT else Content("")
    state = _SIGNS.get(entry.state, "")
    taken = len(state) + bool(state) if state else beside.cell_length + bool(beside)
    lines = hang(label, Content.styled(words, _TEXT_STYLE.get(entry.kind, "")), room - taken)
    if beside:
        lines[-1] = spread(lines[-1], beside, room)
        if entry.mark:
            lines += hang(Content(" " * label.cell_length), Content.styled(entry.mark, "italic $text-warning"), room)
    if state:
        lines[-1] = spread(lines[-1], Content.styled(state, "$text-success"), room)
    return lines + [line for place in range(len(entry.files)) for line in _file(entry, place, label.cell_length, room)]


def _file(entry: Entry, place: int, indent: int, room: int) -> list[Content]:
    """Return a file's line under its message; the key opens the newest without aim."""
    way = button(f"screen.open_file('{entry.key}', {place})", "open")
    lines = hang(Content(" " * indent), Content.styled(f"▤ {entry.files[place]}", "$text-accent"), room - 7)
    return [*lines[:-1], spread(lines[-1], way, room)]


def _asked_right(entry: Entry) -> Content:
    """Return the mouse's way to say whether the bot was right; the key needs no aim."""
    return button(f"screen.mark_bot('{entry.key}')", "mark again" if entry.mark else "right?")


def _mark(entry: Entry, width: int) -> list[Content]:
    words = [line.plain.rstrip() for line in wrapped(Content(entry.text), max(10, width - 16))]
    heads = [("── ", "$text-muted"), *[("   ", "")] * (len(words) - 1)]
    lines = [Content.assemble(head, (line, "italic")) for head, line in zip(heads, words, strict=True)]
    lines[-1] += Content.styled(f" · {clock(entry.at)} ──", "$text-muted")
    return lines
