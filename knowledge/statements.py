"""What a document states with figures: each sentence, list item or cell of a table that holds one, with its subject."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.document import Document
from knowledge.figures import Figure, figures
from knowledge.structure import Block, sections, sentences

_MARK = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+")
_HEADING = re.compile(r"\A(?:\s*#{1,6}[ \t][^\n]*(?:\n|\Z))+")
_RULE = re.compile(r"\A[\s|:-]+\Z")


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with the figures in it."""

    document: Document
    text: str
    """As it stands in the document; of a table, the row's name, the column's and the cell."""
    bare: str
    """The same without the figures: what the statement is about."""
    headings: tuple[str, ...]
    figures: tuple[Figure, ...]


def statements(document: Document) -> Iterator[Statement]:
    """The statements of a document that hold a figure, in order."""
    for section in sections(document.text, document.format):
        for block in section.blocks:
            for text in _pieces(document.text, block):
                found = figures(text)
                if found:
                    yield Statement(document, text, _bare(text, found), section.headings, found)


def _pieces(text: str, block: Block) -> Iterator[str]:
    """The sentences of a block; of a table, each cell with the names of its row and column."""
    whole = _HEADING.sub("", text[block.start : block.end])
    rows = [line.strip() for line in whole.splitlines() if line.strip().startswith("|")]
    if rows:
        yield from _cells([_split(row) for row in rows if not _RULE.match(row)])
        return
    for start, end in sentences(whole, 0, len(whole)):
        yield _MARK.sub("", whole[start:end]).strip()


def _cells(rows: list[list[str]]) -> Iterator[str]:
    if not rows:
        return
    names, *rest = rows
    for row in rest:
        for name, cell in zip(names[1:], row[1:], strict=False):
            yield f"{row[0]} – {name}: {cell}" if name else f"{row[0]}: {cell}"


def _split(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def _bare(text: str, found: tuple[Figure, ...]) -> str:
    for figure in reversed(found):
        text = f"{text[: figure.start]} {text[figure.end :]}"
    return " ".join(text.split())
