"""Finds what is on every page and is no text of the document: running heads, footers, page numbers, contents."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.loaders.pdf.lines import Line

_EDGE_LINES = 3
"""Lines at the top and at the bottom of a page among which furniture stands."""

_MARGIN = 0.1
"""Share of the height of all pages, at the top and at the bottom, in which it stands."""

_SHARE = 0.5
"""Share of the pages on which a line has to return, at most; left and right pages may have heads of their own."""

_MANY = 6
"""Pages on which a line has returned often enough, however many there are: a chapter's head."""

_SAME_HEIGHT = 2.0
"""Points by which the height of a running line may differ from page to page."""

_NUMBER = re.compile(
    r"\A(?:page|seite|p\.)?\s*+(?:[-–—|]\s*+)?(?:\d{1,4}|[ivxlc]{1,7})\s*+(?:(?:of|von|/)\s*+\d{1,4}\s*+)?[-–—|]?\Z",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?:[.…·_] ?){6,}\s*\S{0,6}$")
"""Dots that lead from an entry in the table of contents to its page."""


@dataclass(slots=True)
class _Running:
    """What returns from page to page, and at which heights such lines stand."""

    patterns: set[tuple[float, str]] = field(default_factory=set)
    heights: list[float] = field(default_factory=list)


def without_furniture(pages: Sequence[Sequence[Line]], body_size: float) -> list[list[Line]]:
    """The pages without running lines and tables of contents."""
    heights = [line.y for lines in pages for line in lines]
    if not heights:
        return [list(lines) for lines in pages]
    margin = _MARGIN * (max(heights) - min(heights))
    inner = (min(heights) + margin, max(heights) - margin)
    running = _running(pages, body_size, inner)
    kept: list[list[Line]] = []
    for lines in pages:
        edges = _edges(lines, inner)
        outermost = {id(line) for line in (*edges[:1], *edges[-1:])}
        furniture = {id(line) for line in edges if _is_furniture(line, running, body_size, id(line) in outermost)}
        kept.append([line for line in lines if id(line) not in furniture and not _LEADERS.search(line.text)])
    return kept


def _is_furniture(line: Line, running: _Running, body_size: float, outermost: bool) -> bool:
    if _pattern(line, body_size) in running.patterns or _NUMBER.fullmatch(line.text.strip()):
        return True
    # Where one chapter has its running head, the head of the next stands at the same height.
    at_height = any(abs(line.y - height) <= _SAME_HEIGHT for height in running.heights)
    return outermost and at_height and line.size <= body_size


def _running(pages: Sequence[Sequence[Line]], body_size: float, inner: tuple[float, float]) -> _Running:
    """The lines at the edge of many pages, at the same height, that say the same but for their figures."""
    heights: dict[tuple[float, str], list[float]] = defaultdict(list)
    for lines in pages:
        seen = {_pattern(line, body_size): line.y for line in _edges(lines, inner)}
        for pattern, height in seen.items():
            heights[pattern].append(height)
    needed = max(2.0, min(_MANY, _SHARE * (sum(map(bool, pages)) + 1)))
    running = _Running()
    for pattern, found in heights.items():
        middle = sorted(found)[len(found) // 2]
        if sum(abs(height - middle) <= _SAME_HEIGHT for height in found) >= needed:
            running.patterns.add(pattern)
            running.heights.append(middle)
    return running


def _edges(lines: Sequence[Line], inner: tuple[float, float]) -> list[Line]:
    """The lowest and highest lines of a page, upwards, unless they stand far inside; a footer may be drawn first."""
    by_height = sorted(lines, key=lambda line: line.y)
    edge = by_height if len(by_height) <= 2 * _EDGE_LINES else by_height[:_EDGE_LINES] + by_height[-_EDGE_LINES:]
    low, high = inner
    return [line for line in edge if not low <= line.y <= high]


def _pattern(line: Line, body_size: float) -> tuple[float, str]:
    """A line as it is compared with those of other pages; the figures of a heading count, those of a footer do not."""
    text = line.text.casefold()
    return line.size, text if line.size > body_size else re.sub(r"\d+", "#", text)
