"""From near passages to the documents that are shown: by meaning, by the words they share, by the title that was named.

A passage scores the cosine of query and passage, what its title adds, and what its words add: the share of the
query's words that it holds, where rare words count more. Words that its title holds count half, since the title adds
for them already. A passage that holds nearly all that was asked, be it a sentence that was copied or a few key words,
is what is looked for whatever the cosine says; so the fourth power of the share is added too, which is little for
shares below 0.7.

The form and its figures were chosen on twelve sets of questions over six knowledge bases, all questions seen, so what
is reported on these sets is no test. Neighbouring figures give nearly the same; those that are best on one half of
the questions are among the best on the other.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nlargest
from typing import Protocol

import numpy as np

from knowledge.coverage import Asked, TitleCounts, asked, title_coverage
from knowledge.document import Audience, Status
from knowledge.embedding.port import Matrix
from knowledge.lexical.port import Lexical
from knowledge.query import Directions, Query
from knowledge.vectors import Vectors

_CANDIDATES = 256
"""Nearest passages looked at, at least; on DSTC11, 1,024 change nothing."""

_BY_WORDS = 128
"""Passages looked at for their words, at least; 512 change hit rates on twelve sets by at most 0.007."""

_BY_DOCUMENT = 8
"""Passages looked at for each document wanted, since several may be of one document."""

_TITLE = 0.4
"""What a title adds to the cosine whose every word was named."""

_SHARED = 0.5
"""What a passage's words add that hold all that was asked."""

_TWICE = 0.5
"""How much of that is left of words that stand in the title too."""

_WHOLE = 0.5
_WHOLE_POWER = 4
"""What holding nearly all of it adds, and how nearly it has to be."""

_TOLD_BY = 10
"""Nearest documents that tell whether there is an answer."""

_FARTHEST = -1.0
_UNKNOWN = 0.0


class About(Protocol):
    """What is known of the document of a passage."""

    @property
    def document(self) -> int: ...  # noqa: D102 - its number
    @property
    def title(self) -> str: ...  # noqa: D102 - as it is shown
    @property
    def status(self) -> Status: ...  # noqa: D102 - current or retired
    @property
    def audience(self) -> Audience: ...  # noqa: D102 - public or internal


class Shelf(TitleCounts, Protocol):
    """What ranking asks of the articles."""

    def found(self, passages: Iterable[int]) -> Mapping[int, About]:
        """The documents of passages, by number; those that are not there are left out."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """A document's place in the ranking, by its best passage."""

    passage: int
    """Its number."""
    cosine: float
    """0 where there are no vectors."""
    score: float
    """What the documents are ordered by."""
    retired: bool

    @property
    def relevance(self) -> float:
        """The score, brought below 1 without a change of order."""
        return math.tanh(self.score)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The places, best first, and how near a document that still holds comes to the question."""

    places: tuple[Place, ...]
    nearest: float | None
    """The highest cosine of the question alone and a passage near the whole query; None where there are no vectors."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where passages are found; one of the two may be missing while it is mended."""

    vectors: Vectors | None
    lexical: Lexical | None
    shelf: Shelf
    documents: int
    """How many there are."""


def rank(sources: Sources, query: Query, directions: Directions, k: int, audience: Audience | None) -> Ranking:
    """The best k documents, retired ones last; `directions` are the query's own."""
    looked_for = asked(query.named, sources.lexical) if sources.lexical else None
    factor = 1
    while True:
        width = factor * max(_CANDIDATES, _BY_DOCUMENT * k)
        by_words = factor * max(_BY_WORDS, _BY_DOCUMENT * k)
        near = _near(sources.vectors, directions.whole, width)
        shared = _sharing(sources.lexical, looked_for, by_words)
        found = {
            passage: about
            for passage, about in sources.shelf.found(near.keys() | shared.keys()).items()
            if not (audience == "public" and about.audience == "internal")
        }
        near |= _cosines(sources.vectors, directions.whole, found.keys() - near.keys())
        best = _best(sources, query, found, near, shared, looked_for)
        all_seen = (sources.vectors is None or width >= sources.vectors.count) and len(shared) < by_words
        if len(best) >= k or all_seen:
            places = sorted(best.values(), key=lambda place: (-place.score, place.passage))
            return Ranking(tuple(retired_last(places, k)), _nearest(sources.vectors, directions, places))
        factor *= 4


def retired_last(places: list[Place], k: int) -> list[Place]:
    """The first k places with the retired ones at their end; of more than half the places they are kept out.

    A retired article that fits is worth seeing, as what the customer may have read; it must not displace what holds.
    """
    current = [place for place in places if not place.retired]
    retired = [place for place in places[:k] if place.retired][: max(k // 2, k - len(current))]
    return current[: k - len(retired)] + retired


def _near(vectors: Vectors | None, vector: Matrix, width: int) -> dict[int, float]:
    """Cosines of the nearest passages, by number."""
    if vectors is None:
        return {}
    scores, numbers = vectors.search(vector, width)
    return {number: score for number, score in zip(numbers[0].tolist(), scores[0].tolist(), strict=True) if number >= 0}


def _sharing(lexical: Lexical | None, looked_for: Asked | None, width: int) -> dict[int, float]:
    """What passages score for the terms they hold, by number."""
    return dict(lexical.search(looked_for.terms, width)) if lexical and looked_for else {}


def _cosines(vectors: Vectors | None, vector: Matrix, passages: Iterable[int]) -> dict[int, float]:
    """Cosines of passages that were found by their words alone."""
    numbers = sorted(passages)
    if vectors is None or not numbers:
        return dict.fromkeys(numbers, _UNKNOWN)
    cosines = vectors.get(np.asarray(numbers, np.int64)) @ vector[0]
    return dict(zip(numbers, cosines.tolist(), strict=True))


def _best(
    sources: Sources,
    query: Query,
    found: Mapping[int, About],
    near: Mapping[int, float],
    shared: Mapping[int, float],
    looked_for: Asked | None,
) -> dict[int, Place]:
    """Each document's best passage."""
    titles = {about.title for about in found.values()}
    named = title_coverage(titles, query.named, sources.shelf, sources.documents)
    best: dict[int, Place] = {}
    for passage, about in found.items():
        score = near[passage] + _TITLE * named[about.title]
        if looked_for and passage in shared:
            whole = looked_for.share(shared[passage])
            once = looked_for.share(max(shared[passage] - (1 - _TWICE) * looked_for.in_title(about.title), 0.0))
            score += _SHARED * once + _WHOLE * whole**_WHOLE_POWER
        if about.document not in best or best[about.document].score < score:
            best[about.document] = Place(passage, near[passage], score, about.status == "retired")
    return best


def _nearest(vectors: Vectors | None, directions: Directions, places: list[Place]) -> float | None:
    """How near the question comes to the passages that are nearest to the whole query.

    What was said before draws any question towards the articles that were talked about, so it must not count here.
    """
    if vectors is None:
        return None
    current = [place for place in places if not place.retired]
    closest = nlargest(_TOLD_BY, current, key=lambda place: place.cosine)
    own = _cosines(vectors, directions.question, [place.passage for place in closest])
    return max(own.values(), default=_FARTHEST)
