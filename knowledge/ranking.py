"""From near passages to the documents that are shown: by meaning, by the words they share, by the title that was named.

A passage scores the cosine of query and passage, what its title adds, and what its words add: the share of the
query's words that it holds, where rare words count more. Words that its title holds count half, since the title adds
for them already. A passage that holds nearly all that was asked, be it a sentence that was copied or a few key words,
is what is looked for whatever the cosine says; so the fifth power of its share is added too, here of all words, also
those that no passage holds. It is little for shares below 0.7, and less where a title was named: who names a subject
does not copy a sentence.

A title that several documents share is the name of what they are about, which a vector blurs: it adds much, and less
the more of what was asked a single passage holds, name or no name. A title that only one document has is in its vector
and among its words already: it adds little. And the nearer the nearest passage is, the less title and words say that
the vector does not: what they add shrinks with its distance.

The form and its figures were chosen on the twelve sets of questions of `bench/fusion.py`, all of them seen, so that
what is reported on these sets is no test.
"""

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from knowledge.coverage import Asked, TitleCounts, Titles, Weights, asked, shared_titles, title_coverage
from knowledge.document import Audience
from knowledge.embedding.port import Matrix
from knowledge.lexical.port import Lexical
from knowledge.query import Directions, Query
from knowledge.shelf import Flags, Found, Shelf
from knowledge.vectors import Vectors
from knowledge.vectors.port import Numbers

_CANDIDATES = 128
"""Nearest passages looked at, at least; on twelve sets, 256 change nDCG by at most 0.003."""

_BY_WORDS = 64
"""Passages looked at for their words, at least; with 128 the same."""

_BY_DOCUMENT = 8
"""Passages looked at for each document wanted, since several may be of one document."""

_NAME = 1.2
_NAME_POWER = 1.5
"""What a title adds that several documents share, when every word of it was named; times this power of the share of
what was asked that no passage holds."""

_TITLE = 0.25
"""What a title adds that one document has."""

_SHARED = 0.5
"""What a passage's words add that hold all that was asked."""

_TWICE = 0.5
"""How much of that is left of words that stand in the title too."""

_WHOLE = 1.0
_WHOLE_POWER = 5
"""What holding nearly all of it adds, and how nearly it has to be; times the root of the share of the title named best
that was not named."""

_UNTOLD = 0.5
"""The share that the best passage is taken to hold where words cannot be searched."""

_LITTLE_KNOWN, _WELL_KNOWN = 0.55, 0.9
"""Highest cosine up to which title and words add in full, and from which they add nothing more."""

_TOLD_BY = 10
"""Nearest documents that tell whether there is an answer."""

_FARTHEST = -1.0

_BESIDE = ThreadPoolExecutor(8, "words")

_FEW = 5_000
"""Documents up to which both stores are searched one after the other: waking a thread costs more than a search."""
"""Searches for words while vectors are searched; neither holds Python's lock."""


@dataclass(frozen=True, slots=True)
class Place:
    """A document's place in the ranking, by its best passage."""

    passage: int
    """Its number."""
    cosine: float
    """0 where there are no vectors."""
    score: float
    """What the documents are ordered by."""

    @property
    def relevance(self) -> float:
        """The score, brought below 1 without a change of order."""
        return math.tanh(self.score)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The places, best first, and how near a document that still holds comes to the question alone.

    What was said before draws any question towards the articles that were talked about, so it must not count here.
    """

    places: tuple[Place, ...]
    nearest: float | None
    """The highest cosine of the question and a passage near the whole query; None where there are no vectors."""
    held: float | None
    """The highest share of the question's words that a passage holds; None where there are no words."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where passages are found; one of the two may be missing while it is mended."""

    vectors: Vectors | None
    lexical: Lexical | None
    shelf: Shelf
    documents: int
    """How many there are."""


@dataclass(frozen=True, slots=True)
class _Scored:
    """Passages in ascending order, and a value for each."""

    passages: Numbers
    values: Weights

    def of(self, passages: Numbers) -> Weights:
        """The value of each of some passages; 0 where it is not among these."""
        if not len(self.passages):
            return np.zeros(len(passages))
        rows = np.searchsorted(self.passages, passages).clip(max=len(self.passages) - 1)
        return np.where(self.passages[rows] == passages, self.values[rows], 0.0)


@dataclass(frozen=True, slots=True)
class _Best:
    """The best passage of each document: rows in order of their scores, best first."""

    passages: Numbers
    cosines: Weights
    scores: Weights
    retired: Flags


def rank(sources: Sources, query: Query, directions: Directions, k: int, audience: Audience | None) -> Ranking:
    """The best k documents, retired ones last; `directions` are the query's own."""
    whole = asked(query.named, sources.lexical) if sources.lexical else None
    own = whole if query.asked is query.named or not sources.lexical else asked(query.asked, sources.lexical)
    factor = 1
    while True:
        width = factor * max(_CANDIDATES, _BY_DOCUMENT * k)
        by_words = factor * max(_BY_WORDS, _BY_DOCUMENT * k)
        near, sharing = _both(sources, whole, by_words, directions, width)
        found = sources.shelf.found(np.union1d(near.passages, sharing.passages), audience)
        cosines = _cosines(sources.vectors, directions.whole, found.passages, near)
        held = sharing.of(found.passages)
        named = title_coverage(found.titles, query.named, sources.shelf, sources.documents)
        shares = whole.shares(held) if whole else np.full(1, _UNTOLD)
        scores = cosines + _unsaid(cosines) * _names(found.titles, sources.shelf, shares) * named
        if whole:
            scores += _unsaid(cosines) * _SHARED * _apart(whole, held, found.titles)
            scores += _WHOLE * math.sqrt(1 - named.max(initial=0.0)) * whole.held(held) ** _WHOLE_POWER
        best = _best(found, cosines, scores)
        all_seen = (sources.vectors is None or width >= sources.vectors.count) and len(sharing.passages) < by_words
        if len(best.passages) >= k or all_seen:
            own_sharing = sharing if own is whole else _sharing(sources.lexical, own, by_words)
            return Ranking(
                _places(best, retired_last(best.retired, k)),
                _nearest(sources.vectors, directions, best),
                float(own.held(own_sharing.of(found.passages[~found.retired])).max(initial=0.0)) if own else None,
            )
        factor *= 4


def retired_last(retired: Flags, k: int) -> Numbers:
    """The first k rows with the retired ones at their end; of more than half the places they are kept out.

    A retired article that fits is worth seeing, as what the customer may have read; it must not displace what holds.
    """
    current = np.flatnonzero(~retired)
    old = np.flatnonzero(retired[:k])[: max(k // 2, k - len(current))]
    return np.concatenate([current[: k - len(old)], old])


def _both(
    sources: Sources, whole: Asked | None, by_words: int, directions: Directions, width: int
) -> tuple[_Scored, _Scored]:
    """Search by meaning and by words, side by side where that is worth a thread."""
    if sources.documents <= _FEW:
        return _near(sources.vectors, directions.whole, width), _sharing(sources.lexical, whole, by_words)
    beside = _BESIDE.submit(_sharing, sources.lexical, whole, by_words)
    near = _near(sources.vectors, directions.whole, width)
    return near, beside.result()


def _near(vectors: Vectors | None, vector: Matrix, width: int) -> _Scored:
    """The nearest passages and their cosines."""
    if vectors is None:
        return _Scored(np.zeros(0, np.int64), np.zeros(0))
    scores, numbers = vectors.search(vector, width)
    order = np.argsort(numbers[0])
    order = order[numbers[0][order] >= 0]
    return _Scored(numbers[0][order], scores[0][order].astype(np.float64))


def _sharing(lexical: Lexical | None, looked_for: Asked | None, width: int) -> _Scored:
    """The passages that hold most of the terms, and what they score for them."""
    listed = sorted(lexical.search(looked_for.terms, width)) if lexical and looked_for else []
    return _Scored(np.asarray([number for number, _ in listed], np.int64), np.asarray([score for _, score in listed]))


def _cosines(vectors: Vectors | None, vector: Matrix, passages: Numbers, near: _Scored) -> Weights:
    """Cosines of passages, of which those that are near have theirs already; 0 where there are no vectors."""
    cosines = near.of(passages)
    others = ~np.isin(passages, near.passages)
    if vectors is not None and others.any():
        cosines[others] = vectors.get(passages[others]) @ vector[0]
    return cosines


def _unsaid(cosines: Weights) -> float:
    """How much of what title and words say the vectors have not said, 0 to 1."""
    nearest = float(cosines.max(initial=0.0))
    return min(max((_WELL_KNOWN - nearest) / (_WELL_KNOWN - _LITTLE_KNOWN), 0.0), 1.0)


def _names(titles: Titles, shelf: TitleCounts, shares: Weights) -> Weights:
    """What each title adds when all of it was named."""
    name = _NAME * (1 - shares.max(initial=0.0)) ** _NAME_POWER
    return np.where(shared_titles(titles, shelf), name, _TITLE)


def _apart(looked_for: Asked, held: Weights, titles: Titles) -> Weights:
    """Of what is looked for, how much each passage holds beside what its title says of it."""
    return looked_for.shares(np.maximum(held - (1 - _TWICE) * looked_for.in_titles(titles), 0.0))


def _best(found: Found, cosines: Weights, scores: Weights) -> _Best:
    """Each document by its best passage; of equal ones by the one that was added first."""
    order = np.argsort(-scores, kind="stable")
    _, first = np.unique(found.documents[order], return_index=True)
    rows = order[np.sort(first)]
    return _Best(found.passages[rows], cosines[rows], scores[rows], found.retired[rows])


def _places(best: _Best, rows: Numbers) -> tuple[Place, ...]:
    columns = (best.passages[rows], best.cosines[rows], best.scores[rows])
    return tuple(Place(*values) for values in zip(*(column.tolist() for column in columns), strict=True))


def _nearest(vectors: Vectors | None, directions: Directions, best: _Best) -> float | None:
    """How near the question comes to the passages that are nearest to the whole query."""
    if vectors is None:
        return None
    current = np.flatnonzero(~best.retired)
    closest = current[np.argsort(-best.cosines[current], kind="stable")[:_TOLD_BY]]
    if not len(closest):
        return _FARTHEST
    return float((vectors.get(best.passages[closest]) @ directions.question[0]).max())
