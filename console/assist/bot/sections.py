"""An article as the bot quotes it: its sections, each with its heading and what can be said of it piece by piece."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from console.assist.sentences import texts

_HEADING: Final = re.compile(r"^#{1,6} (?P<words>\S.{0,200})$")
_ITEM: Final = re.compile(r"^(?:[-*]|\d{1,2}\.) (?P<words>\S.{0,400})$")
_ROW: Final = re.compile(r"^\|.{1,400}\|$")
_RULE: Final = re.compile(r"^[|: -]+$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, an item of a list, or a row of a table: as it is said, and as it stands in the article."""

    said: str
    written: str
    listed: bool = False
    """Whether it is an item of a list, which is said with the others."""
    row: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an article; the first one has the article's title for its heading."""

    heading: str
    pieces: tuple[Piece, ...]


@lru_cache(maxsize=1024)
def sections(title: str, text: str) -> tuple[Section, ...]:
    """Return the sections of an article's text in order, those without anything to say left out."""
    found: list[Section] = []
    heading, lines = title, list[str]()
    for line in (*(line.strip() for line in text.splitlines()), "# end"):
        match = _HEADING.match(line)
        if match is None:
            lines.append(line)
            continue
        pieces = tuple(_pieces(lines))
        if pieces:
            found.append(Section(heading, pieces))
        heading, lines = match["words"], []
    return tuple(found)


def _pieces(lines: list[str]) -> Iterator[Piece]:
    for kind, group in groupby(lines, _kind):
        several = list(group)
        if kind == "row":
            yield from (_row(line) for line in several[2:] if not _RULE.match(line))  # after its head and the rule
        elif kind == "item":
            yield from (Piece(line, line, listed=True) for line in several)
        elif kind == "words":
            yield from (Piece(sentence, sentence) for sentence in texts(" ".join(several)))


def _kind(line: str) -> str:
    if _ROW.match(line):
        return "row"
    return "item" if _ITEM.match(line) else "words" if line else ""


def _row(line: str) -> Piece:
    first, *rest = (cell.strip() for cell in line.strip("|").split("|"))
    said = f"{first}: {', '.join(cell for cell in rest if cell)}"
    return Piece(said if said.endswith((".", "!")) else f"{said}.", line, row=True)
