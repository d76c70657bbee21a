"""Passages of articles without their markup: for a panel on one line, and for a message to a customer."""

import re
from typing import Final

_HEADING: Final = re.compile(r"\s{0,3}#{1,6}\s++(.*)")
_RULE: Final = re.compile(r"\A[\s|:\-=_*]++$")
_BULLET: Final = re.compile(r"\A\s*+[-*+]\s++(?=\S)")
_EMPHASIS: Final = re.compile(r"(\*\*|__|`)(?=\S)(.{1,300}?)(?<=\S)\1")
_LINK: Final = re.compile(r"\[([^\[\]]{1,300})\]\([^)\s]{1,1000}\)")


def gist(passage: str) -> str:
    """Return a passage on one line, headings and bullets as plain punctuation."""
    lines = [_plain(line, heading=True) for line in passage.splitlines()]
    return " ".join(" ".join(lines).split())


def as_message(passage: str) -> str:
    """Return a passage as one would write it to a customer: no headings, no table rules, no emphasis marks."""
    lines = [_plain(line, heading=False) for line in passage.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() or passage.strip()


def stands_in(passage: str, text: str) -> bool:
    """Return whether a text holds a passage already, however its lines are broken."""
    return " ".join(passage.split()) in " ".join(text.split())


def fitted(passage: str, before: str, after: str) -> str:
    """Return a passage set off from the text it is put between: by a blank line if it has several, else by a space."""
    gap = "\n\n" if "\n" in passage else " "
    left = gap if before and not before[-1].isspace() else ""
    right = gap if after and not after[0].isspace() else ""
    return f"{left}{passage}{right}"


def _plain(line: str, *, heading: bool) -> str:
    found = _HEADING.match(line)
    if found:
        return f"{found[1].rstrip().rstrip('#').rstrip()}:" if heading else ""
    if line.strip() and _RULE.match(line):
        return ""
    if line.lstrip().startswith("|"):
        return " · ".join(cell.strip() for cell in line.strip().strip("|").split("|"))
    line = _LINK.sub(r"\1", _EMPHASIS.sub(r"\2", line))
    return _BULLET.sub("– ", line, count=1)
