"""Lines to Markdown: paragraphs joined, words at line ends mended, lists and tables kept, headings marked."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from knowledge.loaders.pdf.headings import body_size, headings
from knowledge.loaders.pdf.lines import Line
from knowledge.loaders.tables import table

_BULLET = re.compile(r"^[•◦▪▫■□●○‣⁃∙·\uf0b7\uf0a7–—*-]\s+(?=\S)")
_NUMBERED = re.compile(r"^(?:\d{1,3}|[a-z])[.)]\s+(?=\S)")
_FULL = 0.7
"""Share of the usual length of a line from which it counts as filled, so that the next one goes on with it."""

_WIDER = 1.3
"""How much more than usual two lines are apart where a paragraph ends."""

_ALIGNED = 6.0
"""Points by which the cells of a column may be out of line."""

_LONGEST_CELL = 80
_BROKEN = re.compile(r"\b(\w{2,}+)[-\u00ad\u2010]$")
_COMPOUND = re.compile(r"\b\w++(?:[-\u2010]\w++)+")


@dataclass(slots=True)
class _Block:
    text: str
    level: int = 0
    """Of a heading; 0 for everything else."""
    item: bool = False
    lines: list[Line] = field(default_factory=list)


def markdown(pages: Sequence[Sequence[Line]], bookmarks: Mapping[str, int]) -> str:
    """The text of pages whose furniture is gone; `bookmarks` gives levels of headings by `headings.key`."""
    lines = [line for page in pages for line in page]
    if not lines:
        return ""
    layout = _Layout(lines, bookmarks)
    parts: list[str] = []
    before: _Block | None = None
    for block in layout.blocks():
        text = f"{'#' * block.level} {block.text}" if block.level else block.text
        parts.append("\n" if before and before.item and block.item else "\n\n" if parts else "")
        parts.append(text)
        before = block
    return "".join(parts)


class _Layout:
    """The lines of a document and what is usual among them."""

    def __init__(self, lines: Sequence[Line], bookmarks: Mapping[str, int]) -> None:
        body = body_size(lines)
        self._lines = lines
        self._levels = headings(lines, body, bookmarks)
        lengths = sorted(len(line.text) for line in lines if line.size == body)
        self._usual_length = lengths[int(0.9 * (len(lengths) - 1))]
        self._usual_gap = _usual_gap(lines, body)
        self._compounds = Counter(
            word.casefold() for line in lines for word in _COMPOUND.findall(line.text.rstrip("-\u00ad\u2010"))
        )

    def blocks(self) -> list[_Block]:
        blocks: list[_Block] = []
        at = 0
        while at < len(self._lines):
            rows = self._rows_at(at)
            if rows:
                cells = [[cell.text for cell in line.cells] for line in self._lines[at : at + rows]]
                blocks.append(_Block(table(cells)))
                at += rows
                continue
            self._take(blocks, at)
            at += 1
        return blocks

    def _take(self, blocks: list[_Block], at: int) -> None:
        """Add a line to the last block, or begin another with it."""
        line, level = self._lines[at], self._levels.get(at, 0)
        text, item = _marked(line.text)
        last = blocks[-1] if blocks else None
        if level:
            # A heading may take two lines; two headings of one level one after the other are rare.
            if last and last.level == level and last.lines and self._near(last.lines[-1], line):
                last.text = f"{last.text} {line.text}"
                last.lines.append(line)
            else:
                blocks.append(_Block(line.text, level, lines=[line]))
        elif last and last.lines and not last.level and not item and self._goes_on(last.lines[-1], line):
            last.text = self._joined(last.text, text, last.lines[-1])
            last.lines.append(line)
        else:
            blocks.append(_Block(text, item=item, lines=[line]))

    def _goes_on(self, before: Line, line: Line) -> bool:
        """Whether a line belongs to the paragraph or item of the one before it."""
        if abs(before.size - line.size) > 1:
            return False
        if before.page == line.page and before.y > line.y:
            return self._near(before, line)
        # Over the end of a page or column, a sentence goes on that was not at its end.
        return self._is_full(before) and before.text[-1] not in ".!?:" and line.text[:1].islower()

    def _near(self, before: Line, line: Line) -> bool:
        return before.page == line.page and 0 <= before.y - line.y <= _WIDER * self._usual_gap * line.size

    def _is_full(self, line: Line) -> bool:
        return len(line.text) >= _FULL * self._usual_length

    def _joined(self, text: str, more: str, before: Line) -> str:
        broken = _BROKEN.search(text)
        if broken and more[:1].islower():
            rest = re.match(r"\w+", more)
            word = f"{broken[1]}-{rest[0] if rest else ''}".casefold()
            kept = text[-1] == "-" and self._compounds[word] > 0
            return (text if kept else text[:-1]) + more
        return f"{text} {more}" if self._is_full(before) else f"{text}\n{more}"

    def _rows_at(self, at: int) -> int:
        """How many lines from here on are the rows of one table; 0 where they are none."""
        first = self._lines[at]
        if _marked(first.text)[1]:
            return 0
        end = at
        while end < len(self._lines) and self._is_row(first, self._lines[end]) and end not in self._levels:
            end += 1
        return end - at if end - at > 1 else 0

    @staticmethod
    def _is_row(first: Line, line: Line) -> bool:
        if len(line.cells) < 2 or len(line.cells) != len(first.cells):  # noqa: PLR2004 - a table has columns
            return False
        in_line = (
            abs(cell.x - above.x) <= _ALIGNED or any(map(str.isdigit, cell.text))
            for above, cell in zip(first.cells, line.cells, strict=True)
        )
        return all(in_line) and max(len(cell.text) for cell in line.cells) <= _LONGEST_CELL


def _usual_gap(lines: Sequence[Line], body: float) -> float:
    """The distance of two lines of one paragraph, in parts of the font size."""
    gaps = sorted(
        (before.y - line.y) / line.size
        for before, line in pairwise(lines)
        if line.size == body == before.size and before.page == line.page and before.y - line.y > 0.5 * body > 0
    )
    return gaps[len(gaps) // 4] if gaps else 1.2


def _marked(text: str) -> tuple[str, bool]:
    """A line with Markdown's mark in place of its bullet, and whether it begins an item."""
    if _BULLET.match(text):
        return _BULLET.sub("- ", text), True
    return text, bool(_NUMBERED.match(text))
