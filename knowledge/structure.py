"""Where a text has its headings, paragraphs, lists, tables and sentences, as offsets into it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_HEADING = re.compile(r"\A(#{1,6})[ \t]+(\S.*)")
_FENCE = re.compile(r"\A[ \t]{0,3}(```|~~~)")
_ITEM = re.compile(r"\A[ \t]*+(?:[-*+•]|\d{1,3}[.)])[ \t]+\S")
_TABLE = re.compile(r"\A[ \t]*+\|")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"')\]’”]*\s+(?=[\"'(\[‘“]?[A-Z0-9])|\n+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list, table or code block; `parts` are the items or rows it may be divided into."""

    start: int
    end: int
    parts: tuple["Block", ...] = ()


@dataclass(slots=True)
class Section:
    """What stands under one heading; the heading's own line begins the first block."""

    headings: tuple[str, ...]
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


def sections(text: str, markup: str) -> Iterator[Section]:
    """The sections of a text in order; only "markdown" has headings, and lists are recognised in any text."""
    path: list[tuple[int, str]] = []
    waiting: int | None = None  # where headings begin that have no text of their own yet
    for heading, lines in _by_heading(text, markup):
        if heading:
            level = len(heading[1])
            path = [(depth, title) for depth, title in path if depth < level]
            path.append((level, heading[2].rstrip("# \t")))
        blocks = _blocks(lines[1:] if heading else lines)
        if heading and waiting is None:
            waiting = lines[0].start
        if not blocks:
            continue
        if waiting is not None:
            blocks[0] = _from(waiting, blocks[0])
            waiting = None
        yield Section(tuple(title for _, title in path), blocks)
    if waiting is not None:
        end = waiting + len(text[waiting:].rstrip())
        yield Section(tuple(title for _, title in path), [Block(waiting, end)])


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The offsets of each sentence or line between two offsets, without the blanks between them."""
    here = start
    for gap in _SENTENCE_END.finditer(text, start, end):
        # What closes a sentence (a quote, a bracket) belongs to it; only the blank after it does not.
        stop = here + len(text[here : gap.end()].rstrip())
        if stop > here:
            yield here, stop
        here = gap.end()
    if text[here:end].strip():
        yield here, end


def _by_heading(text: str, markup: str) -> Iterator[tuple[re.Match[str] | None, list[_Line]]]:
    """Runs of lines, each but the first opened by a heading; a `#` inside a code block is no heading."""
    opened: re.Match[str] | None = None
    lines: list[_Line] = []
    fence = ""
    for line in _lines(text):
        marker = _FENCE.match(line.text)
        if marker and fence in ("", marker[1]):
            fence = "" if fence else marker[1]
        heading = _HEADING.match(line.text) if markup == "markdown" and not fence else None
        if heading:
            yield opened, lines
            opened, lines = heading, []
        lines.append(line)
    yield opened, lines


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for line in text.split("\n"):
        yield _Line(start, start + len(line), line)
        start += len(line) + 1


def _blocks(lines: list[_Line]) -> list[Block]:
    """Lines to blocks: blank lines part them, a list goes on over blank lines and indented ones, a fence to its end."""
    blocks: list[Block] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        if not line.text.strip():
            index += 1
            continue
        if _FENCE.match(line.text):
            stop = _fence_end(lines, index)
        elif _ITEM.match(line.text):
            stop = _list_end(lines, index)
        else:
            stop, table = index + 1, bool(_TABLE.match(line.text))
            while stop < len(lines) and lines[stop].text.strip() and not _opens(lines[stop].text, table):
                stop += 1
        blocks.append(_block(lines[index:stop]))
        index = stop
    return blocks


def _opens(line: str, table: bool) -> bool:
    """Whether a line begins another block than the table or paragraph that it follows."""
    return bool(_ITEM.match(line) or _FENCE.match(line)) or bool(_TABLE.match(line)) != table


def _fence_end(lines: list[_Line], index: int) -> int:
    fence = lines[index].text.strip()[:3]
    for stop in range(index + 1, len(lines)):
        if lines[stop].text.strip().startswith(fence):
            return stop + 1
    return len(lines)


def _list_end(lines: list[_Line], index: int) -> int:
    """The line after a list: blank lines count as inside it when an item or an indented line follows."""
    stop = here = index + 1
    while here < len(lines):
        text = lines[here].text
        here += 1
        if not text.strip():
            continue
        apart = here - 1 > stop  # a blank line lies between
        if _FENCE.match(text) or _TABLE.match(text) or (apart and not (_ITEM.match(text) or text[:1].isspace())):
            break
        stop = here
    return stop


def _block(lines: list[_Line]) -> Block:
    """One block; a list is divided at its items, a table at its rows."""
    filled = [line for line in lines if line.text.strip()]
    opening = [at for at, line in enumerate(filled) if _ITEM.match(line.text) or _TABLE.match(line.text)]
    start, end = _edges(filled[0], filled[-1])
    if len(opening) < 2:  # noqa: PLR2004 - one item cannot be divided
        return Block(start, end)
    firsts = [0, *opening[1:]]
    parts = (
        Block(*_edges(filled[at], filled[after - 1]))
        for at, after in zip(firsts, [*firsts[1:], len(filled)], strict=True)
    )
    return Block(start, end, tuple(parts))


def _edges(first: _Line, last: _Line) -> tuple[int, int]:
    start = first.start + len(first.text) - len(first.text.lstrip())
    return start, last.start + len(last.text.rstrip())


def _from(start: int, block: Block) -> Block:
    """The block, begun earlier: its headings stand before it."""
    parts = (Block(start, block.parts[0].end), *block.parts[1:]) if block.parts else ()
    return Block(start, block.end, parts)
