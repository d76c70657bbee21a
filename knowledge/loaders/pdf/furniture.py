"""Finds what is on every page and is no text of the document: running heads, footers, page numbers."""

import re
from collections import defaultdict
from collections.abc import Sequence

from knowledge.loaders.pdf.lines import Line

_EDGE_LINES = 3
"""Lines at the top and at the bottom of a page among which furniture stands."""

_MARGIN = 0.1
"""Share of the height of all pages, at the top and at the bottom, in which it stands."""

_SHARE = 0.5
"""Share of the pages on which a line has to return; left and right pages may have heads of their own."""

_SAME_HEIGHT = 4.0
"""Points by which the height of a running line may differ from page to page."""

_NUMBER = re.compile(r"(?:page|seite|p\.)?\s*[-–—|]?\s*\d{1,4}\s*(?:(?:of|von|/)\s*\d{1,4})?\s*[-–—|]?", re.IGNORECASE)


def without_furniture(pages: Sequence[Sequence[Line]], body_size: float) -> list[list[Line]]:
    """The pages without their running lines; a line that is larger than the body's size is a heading, and stays."""
    heights = [line.y for lines in pages for line in lines]
    if not heights:
        return [list(lines) for lines in pages]
    margin = _MARGIN * (max(heights) - min(heights))
    inner = (min(heights) + margin, max(heights) - margin)
    running = _running(pages, body_size, inner)
    kept: list[list[Line]] = []
    for lines in pages:
        edges = _edges(lines, inner)
        kept.append(
            [line for line in lines if id(line) not in edges or not (_pattern(line) in running or _is_number(line))]
        )
    return kept


def _running(pages: Sequence[Sequence[Line]], body_size: float, inner: tuple[float, float]) -> set[str]:
    """What the lines say that stand at the edge of many pages, at the same height, but for their figures."""
    heights: dict[str, list[float]] = defaultdict(list)
    for lines in pages:
        edges = _edges(lines, inner)
        seen: set[str] = set()
        for line in lines:
            pattern = _pattern(line)
            if id(line) in edges and line.size <= body_size and pattern not in seen:
                seen.add(pattern)
                heights[pattern].append(line.y)
    needed = max(2, _SHARE * len([lines for lines in pages if lines]) - 1)
    return {pattern for pattern, found in heights.items() if _together(found) >= needed}


def _together(heights: list[float]) -> int:
    """How many of the heights lie about the middle one."""
    middle = sorted(heights)[len(heights) // 2]
    return sum(abs(height - middle) <= _SAME_HEIGHT for height in heights)


def _edges(lines: Sequence[Line], inner: tuple[float, float]) -> set[int]:
    """The highest and lowest lines of a page, unless they stand far inside; a footer may be drawn first."""
    by_height = sorted(lines, key=lambda line: line.y)
    low, high = inner
    edge = (*by_height[:_EDGE_LINES], *by_height[-_EDGE_LINES:])
    return {id(line) for line in edge if not low <= line.y <= high}


def _pattern(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.casefold())


def _is_number(line: Line) -> bool:
    return bool(_NUMBER.fullmatch(line.text.strip()))
