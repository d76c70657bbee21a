"""The passage of an article that answers a question, quoted as it stands: a section, or as much of it as is read."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from console.assist.bot.sections import Piece, Section, sections
from console.assist.ports import Embed
from console.assist.recognise.words import words_of
from console.assist.replies.articles import OutOfPlace
from console.assist.sentences import texts
from console.assist.vectors import likeness
from console.conversation.assistance import Citation, KnowledgeHit, SourceType

FLOOR: Final = 0.5
"""Cosine of a section, or of anything in it, with the customer's words below which nothing is quoted."""

WORDS: Final = 0.3
"""What it is worth beside a cosine that a section has all the words of the question that its article has."""

ROW: Final = 0.05
"""How much nearer a row of a table must be than what is written in sentences: those read better."""

MOST_CHARACTERS: Final = 420
"""Characters of a quotation; an answer in a chat is read, not studied."""

FEWEST_WORDS: Final = 3

_WORD: Final = re.compile(r"[a-z]{3,}|\d+")
_ENDING: Final = re.compile(r"(?<=[a-z]{3})(?:ing|ed|es|s|ly)$")
_COMMON: Final = words_of(
    """
    the and for you your our are can could would does did how what when where why which who will with have has had not
    this that any there here from into was were been being please need want like get got know tell let may its they
    them then than too also just about much many long
    """
)
"""Words of a question that say nothing of what it is about."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What is quoted, with its source, and how near it is to the customer's words, -1 to 1."""

    text: str
    source: Citation
    nearness: float
    score: float
    """The same, and more the more of the question's words it has."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A section as it was compared: how near it is, the words it shares, and how near each piece is."""

    section: Section
    nearness: float
    shared: float
    near: tuple[float, ...]

    @property
    def score(self) -> float:
        return self.nearness + WORDS * self.shared


def quote(question: str, hit: KnowledgeHit, text: str, embed: Embed, out_of_place: OutOfPlace) -> Quote | None:
    """Return what of an article's ``text`` answers a question; what somebody has planted in it is never quoted."""
    planted = frozenset(out_of_place(text))
    found = [section for section in sections(hit.title, text) if not planted & {p.said for p in section.pieces}]
    asked = [t for t in texts(question) if len(t.split()) >= FEWEST_WORDS]
    wanted = embed.encode([*asked, question])
    shares = _shared(question, hit.title, [_all(section) for section in found])
    read = []
    for section, shared in zip(found, shares, strict=True):
        said = [piece.said for piece in section.pieces]
        # under its title a heading says what it is about; the title alone is true of every section
        headed = [section.heading, f"{hit.title}: {section.heading}"] if section.heading != hit.title else []
        near = likeness(embed.encode([*said, *headed, _all(section)[:1000]]), wanted).max(axis=1)
        pieces = [float(n) - ROW * piece.row for n, piece in zip(near, section.pieces, strict=False)]
        read.append(_Read(section, float(near.max()), shared, tuple(pieces)))
    best = max(read, key=lambda one: one.score, default=None)
    if best is None or best.nearness < FLOOR:
        return None
    chosen = _chosen(best.section.pieces, best.near)
    source = Citation(SourceType.ARTICLE, hit.document, "\n".join(piece.written for piece in chosen), hit.title)
    return Quote(_joined(chosen), source, best.nearness, best.score)


def _all(section: Section) -> str:
    return f"{section.heading}. {_joined(section.pieces)}"


def _chosen(pieces: Sequence[Piece], near: Sequence[float]) -> list[Piece]:
    """Return the pieces to quote: one row, or the sentences and lists, from the best one on where that is long."""
    best = max(range(len(pieces)), key=near.__getitem__)
    if pieces[best].row:
        return [pieces[best]]
    written = [piece for piece in pieces if not piece.row]
    if len(_joined(written)) <= MOST_CHARACTERS:
        return written
    chosen: list[Piece] = []
    for piece in written[written.index(pieces[best]) :]:
        if chosen and len(_joined([*chosen, piece])) > MOST_CHARACTERS:
            break
        chosen.append(piece)
    return chosen


def _shared(question: str, title: str, texts_: Sequence[str]) -> list[float]:
    """Return, for each text, the share of the question's words that it has, rare ones weighing more, 0 to 1.

    Words of the title tell the article, and not one of its texts.
    """
    have = [_words(text) for text in texts_]
    weights = {
        word: math.log(1 + len(have) / among)
        for word in _words(question) - _words(title)
        if (among := sum(word in words for words in have))
    }
    total = sum(weights.values())
    return [sum(w for word, w in weights.items() if word in words) / total if total else 0.0 for words in have]


def _words(text: str) -> frozenset[str]:
    return frozenset(_ENDING.sub("", word) for word in _WORD.findall(text.lower().replace("e-mail", "email"))) - _COMMON


def _joined(pieces: Sequence[Piece]) -> str:
    text = ""
    for piece in pieces:
        between = "" if not text else "\n" if piece.listed else " "
        text += f"{between}{piece.said}"
    return text
