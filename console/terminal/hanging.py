"""Text with a label in front and its lines indented to stand under each other."""

from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size
from textual.content import Content


def fit(text: str, width: int) -> str:
    """Return ``text`` cut (with an ellipsis) or padded to exactly ``width`` cells."""
    if cell_len(text) > width:
        return set_cell_size(text, max(0, width - 1)) + "…" if width else ""
    return set_cell_size(text, width)


def hang(label: Content, text: Content, width: int, most: int = 0) -> list[Content]:
    """Return ``text`` wrapped to ``width`` cells behind ``label``; with ``most``, cut to that many lines.

    The label's cells are the indent of the following lines.
    """
    indent = label.cell_length
    room = max(4, width - indent)
    lines = wrapped(text, room)
    if most and len(lines) > most:
        last = lines[most - 1]
        lines = [*lines[: most - 1], last.truncate(room - 1).rstrip() + Content("…")]
    pad = Content(" " * indent)
    return [Content.assemble(label if number == 0 else pad, line) for number, line in enumerate(lines)]


def wrapped(text: Content, width: int) -> list[Content]:
    """Return ``text`` in lines of at most ``width`` cells; at least one line."""
    lines: list[Content] = []
    for line in text.split("\n", allow_blank=True):
        lines.extend(line.wrap(width) if line.cell_length > width else [line])
    return lines or [Content("")]


def stack(lines: Iterable[Content]) -> Content:
    """Return lines under each other."""
    return Content("\n").join(lines)


def spread(left: Content, right: Content, width: int) -> Content:
    """Return one line with ``left`` and ``right`` at its ends; the left is cut when there is no room for both."""
    room = max(0, width - right.cell_length - 1)
    if left.cell_length > room:
        left = left.truncate(room, ellipsis=True)
    gap = max(1, width - left.cell_length - right.cell_length)
    return Content.assemble(left, " " * gap, right)
