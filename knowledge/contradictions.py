"""Articles that contradict each other: two that hold state the same thing with different figures.

The thresholds were chosen on the demo company's 101 articles, their retired versions taken for current ones, and
checked on a made set of pairs (tests/knowledge/test_contradictions.py): they miss some rather than cry wolf.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.document import Document
from knowledge.embedding.port import Matrix
from knowledge.figures import Figure
from knowledge.statements import Statement, statements
from knowledge.subjects import NOTHING, Article, article_of, of_other_things, subject_words, titles_with
from knowledge.words import words

ALIKE = 0.68
"""Cosine of two statements without their figures from which they may be about the same …"""

IN_CONTEXT = 0.5
"""… and of the same with their articles' titles before them …"""

SHARED = 0.64
"""… and share of their words, rare ones counting more, that both have."""

MOST = 20_000
"""Statements that are compared; what is beyond that (some 5,000 articles) is left out."""

_BLOCK = 1024
_LIST = 200
"""Characters from which a statement is taken for a list or a long sentence, of which each figure is but a part."""

_NEAR = 60
"""Characters beside a figure in which …"""

_WORDS_BESIDE = 2
"""… so many words on either side say what it measures."""

_YEAR = re.compile(r"\(?\b20\d\d\b\)?")
_CONTRASTS = tuple(
    tuple(frozenset(side.split()) for side in pair.split("|"))
    for pair in (
        "with including|without excluding",
        "first|second third full final|last",
        "standard|express next-day expres|economy",
        "minimum least|maximum most",
        "before|after",
        "above over more|below under less",
        "open opens|close closes closed",
        "new|used old",
        "monthly month|yearly annual annually year|weekly week",
        "online|shop shops store",
        "adult adults|child children",
        "domestic uk|international abroad european eu",
        "buy buying|sell selling",
        "replacement replace|refund refunded",
        "not no never cannot|",
    )
)
"""Words of which one in one statement and another in the other make them say different things."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two statements of which at most one can be right."""

    first: Statement
    second: Statement
    """Of another article; the two stand in the order of their articles' ids."""
    dimension: str
    """What the figures measure."""
    likeness: float
    """Cosine of the two without their figures, -1 to 1."""


def contradictions(documents: Iterable[Document], encode: Callable[[Sequence[str]], Matrix]) -> list[Contradiction]:
    """The contradictions among documents that hold, the likest statements first; retired ones never count.

    `encode` gives unit rows. Takes about 4 ms a statement with a figure, nearly all of it for embedding.
    """
    held = [document for document in documents if document.status == "current"]
    found = [statement for document in held for statement in statements(document)][:MOST]
    if len(found) < 2:  # noqa: PLR2004 - a pair
        return []
    alone, in_context = encode([s.bare for s in found]), encode([_with_title(s) for s in found])
    subjects = [_subject(statement.bare) for statement in found]
    rarity = _rarity(subjects)
    articles: dict[str, Article] = {}
    titles = titles_with(held)
    pairs: dict[tuple[str, str, str, str], Contradiction] = {}
    for left, right, cosine in _near(alone):
        one, other = sorted((found[left], found[right]), key=lambda s: s.document.id)
        if (
            _disagree(one, other)
            and one.document.id != other.document.id
            and float(in_context[left] @ in_context[right]) >= IN_CONTEXT
            and _overlap(subjects[left], subjects[right], rarity) >= SHARED
            and not _contrast(one.bare, other.bare)
            and not _of_other_things(one, other, articles, titles)
            and (dimension := _disagree(one, other, closely=True))
        ):
            key = (one.document.id, other.document.id, one.text, other.text)
            pairs[key] = Contradiction(one, other, dimension, round(cosine, 3))
    return sorted(pairs.values(), key=lambda c: (-c.likeness, c.first.document.id, c.second.document.id, c.first.text))


def _near(vectors: Matrix) -> Iterator[tuple[int, int, float]]:
    """The pairs of rows that are alike, each once."""
    for start in range(0, len(vectors), _BLOCK):
        cosines = vectors[start : start + _BLOCK] @ vectors[start:].T
        for row, column in zip(*np.nonzero(cosines >= ALIKE), strict=True):
            if column > row:
                yield start + int(row), start + int(column), float(cosines[row, column])


def _disagree(one: Statement, other: Statement, *, closely: bool = False) -> str:
    """The first dimension in which no figure of one fits any of the other; empty where there is none.

    `closely` compares only figures that may belong to one thing, which takes longer to tell.
    """
    for dimension in dict.fromkeys(figure.dimension for figure in one.figures):
        mine = [figure for figure in one.figures if figure.dimension == dimension]
        theirs = [figure for figure in other.figures if figure.dimension == dimension]
        pairs = [(a, b) for a in mine for b in theirs if not closely or _of_one_thing(one, a, other, b)]
        # the least of one and the most of the other are no two figures for one thing
        pairs = [(a, b) for a, b in pairs if {a.bound, b.bound} != {"least", "most"}] or pairs
        if pairs and all(a.differs(b) for a, b in pairs):
            return dimension
    return ""


def _of_one_thing(one: Statement, figure: Figure, other: Statement, its: Figure) -> bool:
    """Whether two figures may belong to one thing: in a long list, to what stands beside them."""
    if min(len(one.text), len(other.text)) < _LIST:
        return True
    return not _beside(one.text, figure).isdisjoint(_beside(other.text, its))


def _beside(text: str, figure: Figure) -> frozenset[str]:
    """The words next to a figure that say something."""
    before = [word for word in words(text[: figure.start][-_NEAR:]) if not NOTHING.fullmatch(word)]
    after = [word for word in words(text[figure.end :][:_NEAR]) if not NOTHING.fullmatch(word)]
    return frozenset((*before[-_WORDS_BESIDE:], *after[:_WORDS_BESIDE]))


def _of_other_things(one: Statement, other: Statement, articles: dict[str, Article], titles: Mapping[str, int]) -> bool:
    """Whether two statements are about different things; `articles` remembers what is known of theirs, by id."""
    for document in (one.document, other.document):
        if document.id not in articles:
            articles[document.id] = article_of(document, titles)
    mine, theirs = articles[one.document.id], articles[other.document.id]
    return of_other_things(mine, subject_words(one.bare), theirs, subject_words(other.bare))


def _subject(bare: str) -> frozenset[str]:
    return frozenset(word for word in words(bare) if not NOTHING.fullmatch(word) and not word.isdecimal())


def _rarity(subjects: Sequence[frozenset[str]]) -> Mapping[str, float]:
    counts = Counter(word for subject in subjects for word in subject)
    return {word: math.log(1 + len(subjects) / count) for word, count in counts.items()}


def _overlap(left: frozenset[str], right: frozenset[str], rarity: Mapping[str, float]) -> float:
    """Dice's coefficient of two sets of words, each weighing by its rarity."""
    whole = sum(rarity[word] for word in left) + sum(rarity[word] for word in right)
    return 2 * sum(rarity[word] for word in left & right) / whole if whole else 0.0


def _contrast(left: str, right: str) -> bool:
    """Whether one says a word that the other's counterpart stands against (first and second, with and without)."""
    a, b = set(words(left)), set(words(right))
    only_a, only_b = a - b, b - a
    for sides in _CONTRASTS:
        at_a = {number for number, side in enumerate(sides) if side & only_a}
        at_b = {number for number, side in enumerate(sides) if side & only_b}
        if not sides[-1]:
            if at_a != at_b:
                return True
        elif at_a and at_b and at_a != at_b:
            return True
    return False


def _with_title(statement: Statement) -> str:
    return f"{_YEAR.sub('', statement.document.title).strip()}: {statement.bare}"
