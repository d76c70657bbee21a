"""Fragments of text as they are drawn on a page, put together to lines with their place, size and weight."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_CHARACTER_WIDTH = 0.5
"""Mean width of a character, in parts of the font size; the widths of Helvetica and Times lie about it."""

_CELL_GAP = 1.5
"""Blank, in parts of the font size, from which what follows on a line is another cell of a table."""

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of a line without a wide gap in it."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; lengths are in points, `y` grows upwards."""

    page: int
    y: float
    size: float
    """Font size of most of its characters."""
    bold: bool
    """Whether all of it is set in a bold font."""
    cells: tuple[Cell, ...]

    @property
    def text(self) -> str:
        """What stands on the line."""
        return " ".join(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Fragment:
    """Text as one operation draws it; a newline in it ends the line."""

    text: str
    x: float
    y: float
    size: float
    bold: bool


class PageLines:
    """Collects the fragments of a page, in the order in which they are drawn."""

    def __init__(self, page: int) -> None:
        self.lines: list[Line] = []
        self._page = page
        self._open: list[Fragment] = []

    def draw(self, text: str, user: Sequence[float], matrix: Sequence[float], font: object, size: float) -> None:
        """Take a fragment, as pypdf gives it: text, user matrix, text matrix, font dictionary, font size."""
        if not text:
            return
        x, y, scale = _placed(user, matrix)
        name = str(font.get("/BaseFont", "")) if isinstance(font, dict) else ""
        bold = any(word in name.lower() for word in ("bold", "black", "heavy", "semibold", "demi"))
        for number, part in enumerate(text.translate(_LIGATURES).split("\n")):
            if number:
                self.end_line()
            if part:
                self._open.append(Fragment(part, x, y, abs(size * scale), bold))

    def end_line(self) -> None:
        """Put what was drawn since the last line together."""
        filled = [fragment for fragment in self._open if fragment.text.strip()]
        if filled:
            sizes: Counter[float] = Counter()
            for fragment in filled:
                sizes[round(fragment.size * 2) / 2] += len(fragment.text.strip())
            size = sizes.most_common(1)[0][0]
            bold = all(fragment.bold for fragment in filled)
            self.lines.append(Line(self._page, filled[0].y, size, bold, tuple(_cells(self._open))))
        self._open = []


def _placed(user: Sequence[float], matrix: Sequence[float]) -> tuple[float, float, float]:
    """Place and scale of a fragment on the page."""
    x = matrix[4] * user[0] + matrix[5] * user[2] + user[4]
    y = matrix[4] * user[1] + matrix[5] * user[3] + user[5]
    upward = (matrix[2] * user[0] + matrix[3] * user[2], matrix[2] * user[1] + matrix[3] * user[3])
    scale = math.hypot(*upward)
    return (x, y, scale) if math.isfinite(x + y + scale) else (0.0, 0.0, 1.0)


def _cells(fragments: Sequence[Fragment]) -> list[Cell]:
    cells: list[Cell] = []
    start, text, end = 0.0, "", math.inf
    for fragment in fragments:
        # The space that pypdf puts before a fragment has no width of its own.
        drawn = fragment.text.lstrip()
        if text.strip() and drawn and fragment.x - end > _CELL_GAP * fragment.size:
            cells.append(Cell(start, " ".join(text.split())))
            text = ""
        if not text.strip():
            start = fragment.x
        text += fragment.text
        if drawn:
            end = fragment.x + len(drawn.rstrip()) * fragment.size * _CHARACTER_WIDTH
    if text.strip():
        cells.append(Cell(start, " ".join(text.split())))
    return cells
