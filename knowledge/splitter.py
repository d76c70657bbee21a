"""Documents to passages, along their structure: sections, paragraphs and lists stay together where they fit.

A passage is a stretch of the text as it stands, so that it can be shown and highlighted in place. It never crosses
a heading; it is filled up to a target and never passes what the embedder reads.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.document import Document, Passage
from knowledge.structure import Block, Section, sections, sentences

TARGET_TOKENS = 140
"""Word pieces a passage is filled up to: one or two paragraphs, the length MiniLM was trained on."""

SMALL_TOKENS = 24
"""A rest shorter than this joins the passage before it instead of standing alone."""

PREFIX_TOKENS = 64
"""Most of the embedder's room that title and headings may take."""

MAX_CHARACTERS = 2000
"""Longest passage in characters; text that a vocabulary does not know counts few word pieces for many characters."""

VERSION = 1
"""Raised when the same document is split or embedded differently, so that old indexes are made anew."""

WordPieces = Callable[[str], Sequence[int]]
"""The offset at which each word piece of a text begins, ascending."""


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    tokens: int


def split(document: Document, word_pieces: WordPieces, max_tokens: int) -> list[Passage]:
    """The passages of a document, in order; together they hold everything in it that is not blank.

    `max_tokens` is what the embedder reads of one text; title, heading path and passage fit in it together.
    """
    starts = word_pieces(document.text)
    passages: list[Passage] = []
    for section in sections(document.text, document.format):
        head = heading_path(document.title, section.headings)
        room = max_tokens - min(len(word_pieces(head)), PREFIX_TOKENS)
        for span in _pack(document.text, section, _Counter(starts), room):
            text = document.text[span.start : span.end]
            passages.append(Passage(document.id, len(passages), section.headings, span.start, span.end, text))
    return passages


def heading_path(title: str, headings: Sequence[str]) -> str:
    """Title and headings as one line, "title > heading > heading"; a heading that repeats the title is left out."""
    return " > ".join([title, *(heading for heading in headings if heading.casefold() != title.casefold())])


def embedded_text(title: str, headings: Sequence[str], text: str) -> str:
    """What is embedded for a passage: its heading path above its text, each heading said once."""
    body = _HEADING_LINES.sub("", text) if headings else text
    return f"{heading_path(title, headings)[: PREFIX_TOKENS * 4]}\n{body}"


_HEADING_LINES = re.compile(r"\A(?:#{1,6}[ \t][^\n]*(?:\n\s*|\Z))+")


class _Counter:
    """Counts word pieces between two offsets of one text."""

    def __init__(self, starts: Sequence[int]) -> None:
        self._starts = starts

    def __call__(self, start: int, end: int) -> int:
        return bisect_left(self._starts, end) - bisect_left(self._starts, start)

    def cut(self, start: int, end: int, tokens: int) -> int:
        """The offset after which at most `tokens` word pieces and MAX_CHARACTERS characters have passed."""
        index = bisect_left(self._starts, start) + tokens
        limit = self._starts[index] if index < len(self._starts) else end
        return min(limit, end, start + MAX_CHARACTERS)


def _pack(text: str, section: Section, count: _Counter, room: int) -> Iterator[_Span]:
    """Fill passages with the section's blocks: up to the target, or to the brim before one is left half empty."""
    full = max(room, 8)
    target = min(TARGET_TOKENS, full)
    packed: list[_Span] = []
    for piece in _pieces(text, section.blocks, count, full):
        last = packed[-1] if packed else None
        joined = _Span(last.start, piece.end, count(last.start, piece.end)) if last else piece
        fits = joined.tokens <= full and joined.end - joined.start <= MAX_CHARACTERS
        wanted = last is not None and (
            joined.tokens <= target or last.tokens < target // 2 or piece.tokens < SMALL_TOKENS
        )
        if last and fits and wanted:
            packed[-1] = joined
        else:
            packed.append(piece)
    yield from packed


def _pieces(text: str, blocks: Sequence[Block], count: _Counter, full: int) -> Iterator[_Span]:
    """Blocks that fit whole; those that do not in items, then sentences, then runs of words."""
    for block in blocks:
        tokens = count(block.start, block.end)
        if tokens <= full and block.end - block.start <= MAX_CHARACTERS:
            yield _Span(block.start, block.end, tokens)
        elif block.parts:
            yield from _pieces(text, block.parts, count, full)
        else:
            for start, end in sentences(text, block.start, block.end):
                yield from _runs(text, start, end, count, full)


def _runs(text: str, start: int, end: int, count: _Counter, full: int) -> Iterator[_Span]:
    """A sentence, cut at a blank where it is too long, or in the middle of a word where it has no blank."""
    while count(start, end) > full or end - start > MAX_CHARACTERS:
        limit = count.cut(start, end, full)
        blank = max(text.rfind(" ", start + 1, limit), text.rfind("\n", start + 1, limit))
        cut = blank if blank > start else max(limit, start + 1)
        yield _Span(start, cut, count(start, cut))
        start = cut + (len(text[cut:end]) - len(text[cut:end].lstrip()))
    if start < end:
        yield _Span(start, end, count(start, end))
