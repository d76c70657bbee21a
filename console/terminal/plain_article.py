"""An article to be read: its headings bold, its tables as rows, its marks left out. Nothing in it is run or obeyed."""

import re
from typing import Final

from textual.content import Content

from console.conversation.passages import as_message

_HEADING: Final = re.compile(r"\A\s{0,3}#{1,6}\s++(?=\S)")
_RULE: Final = re.compile(r"\A\s{0,3}[|:\-=_*`~]{3}[|:\-=_*`~ a-z]*+$")
"""A line under a heading or between the rows of a table, and the fence around a listing."""

_BETWEEN_CELLS: Final = " · "


def read_plainly(text: str, start: int, end: int) -> tuple[Content, int, int]:
    """Return the article as it is read, and where in that the passage from ``start`` to ``end`` of ``text`` stands.

    Where only a part of a line is cited and its marks hide which, the whole line is the passage. An empty range stays
    empty.
    """
    lines: list[Content] = []
    marks: list[tuple[int, int]] = []
    place = at = 0
    raws = text.split("\n")
    for number, raw in enumerate(raws):
        under = raws[number + 1] if number + 1 < len(raws) else ""
        shown = _line(raw, under)
        if shown is not None:
            cited = raw[max(0, start - place) : max(0, end - place)]
            if cited.strip():
                first = shown.plain.find(_plain(cited)) if cited.strip() != raw.strip() else 0
                length = len(_plain(cited)) if first >= 0 and cited.strip() != raw.strip() else len(shown.plain)
                marks.append((at + max(0, first), at + max(0, first) + length))
            lines.append(shown)
            at += len(shown.plain) + 1
        place += len(raw) + 1
    content = Content("\n").join(lines)
    return (content, marks[0][0], marks[-1][1]) if marks else (content, 0, 0)


def _line(raw: str, under: str) -> Content | None:
    """Return a line as it is read; nothing for one that only draws. ``under`` is the line below it."""
    if _RULE.match(raw):
        return None
    if heading := _HEADING.match(raw):
        return Content.styled(_plain(raw[heading.end() :].rstrip().rstrip("#")), "bold")
    names_columns = _is_row(raw) and _is_row(under) and bool(_RULE.match(under))
    return Content.styled(_plain(raw), "bold" if names_columns else "")


def _plain(raw: str) -> str:
    if not raw.strip():
        return ""
    if _is_row(raw):
        return _BETWEEN_CELLS.join(as_message(cell) for cell in raw.strip().strip("|").split("|"))
    indent = raw[: len(raw) - len(raw.lstrip())]
    return f"{indent}{as_message(raw)}"


def _is_row(raw: str) -> bool:
    return raw.lstrip().startswith("|")
