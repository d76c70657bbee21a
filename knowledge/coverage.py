"""How much of what is looked for stands in a passage, and how much of a title was named; rare words count more."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from knowledge.lexical.port import Lexical
from knowledge.vectors.port import Numbers
from knowledge.words import key

_COMMON = 0.1
"""Share of the passages above which a word says too little about any of them to be searched for."""

_MOST_PASSAGES = 50_000
"""Passages above which a word takes too long to search for; with this limit a million passages take 3 ms."""

_MOST_TERMS = 24
"""Terms that are searched for, those that weigh most; on DSTC11, 16 cost 0.01, 32 add 0.006 at most."""

_COMMONPLACE = 0.5
"""How much a title's words must weigh, as a share of the rarest word there is, before it is raised by half.

Keeps a title of one common word ("Orders") from being raised by every message that holds it.
"""


Weights = NDArray[np.float64]

Keys = NDArray[np.uint64]
"""Words as numbers; see `knowledge.words.key`."""


class TitleCounts(Protocol):
    """Knows the titles."""

    def title_counts(self, keys: Keys) -> Numbers:
        """In how many titles each word stands; of a whole title, how many there are."""
        ...


@dataclass(frozen=True, slots=True)
class Titles:
    """The words of some titles."""

    wholes: Keys
    """Of each title as a whole: the key of its words in order."""
    keys: Keys
    """Of all their words, each word of a title once."""
    owners: Numbers
    """The title that each belongs to, from 0."""

    @classmethod
    def none(cls) -> Self:
        """No titles."""
        return cls(np.zeros(0, np.uint64), np.zeros(0, np.uint64), np.zeros(0, np.int64))

    @property
    def count(self) -> int:
        """How many titles."""
        return len(self.wholes)

    @classmethod
    def together(cls, several: Sequence[Self]) -> Self:
        """All titles of several, one after the other."""
        before = np.cumsum([0, *(one.count for one in several)])
        return cls(
            np.concatenate([one.wholes for one in several]),
            np.concatenate([one.keys for one in several]),
            np.concatenate([one.owners + first for one, first in zip(several, before.tolist(), strict=False)]),
        )

    def sums(self, weights: Weights) -> Weights:
        """For each title the sum of what its words weigh, given for each of `keys`."""
        return np.asarray(np.bincount(self.owners, weights, self.count), np.float64)


@dataclass(frozen=True, slots=True)
class Asked:
    """The terms that are searched for."""

    terms: Mapping[str, float]
    """Each with how much it was named, 0 to 1."""
    weights: Mapping[str, float]
    """Each with how much a passage that holds it scores for it: how much it was named times how rare it is."""
    total: float
    """What a passage scores that holds every term of the query that stands in any passage; 0 where none does."""
    unheard: float
    """What it would score for the terms that stand in none."""

    def shares(self, scores: Weights) -> Weights:
        """Of what is looked for, how much passages of these scores hold, 0 to 1."""
        return np.minimum(scores / self.total, 1.0) if self.total else np.zeros_like(scores)

    def held(self, scores: Weights) -> Weights:
        """Of all that was asked, known or not, how much passages of these scores hold, 0 to 1."""
        everything = self.total + self.unheard
        return np.minimum(scores / everything, 1.0) if everything else np.zeros_like(scores)

    def in_titles(self, titles: Titles) -> Weights:
        """For each title, what a passage scores for the terms that stand in it."""
        return titles.sums(weights_of(self.weights, titles.keys))


def asked(named: Mapping[str, float], lexical: Lexical) -> Asked:
    """What to search for of the terms that were named: those that are known, not common, and weigh most."""
    passages = lexical.count
    counts = lexical.frequencies(named)
    frequencies = {term: count for term, count in counts.items() if count}
    unheard = rarity(0, passages) * (len(counts) - len(frequencies))
    weights = {term: named[term] * rarity(count, passages) for term, count in frequencies.items()}
    most = max(1.0, min(_COMMON * passages, _MOST_PASSAGES))
    rare = [term for term, count in frequencies.items() if count <= most]
    chosen = sorted(rare, key=lambda term: (-weights[term], term))[:_MOST_TERMS]
    return Asked(
        {term: named[term] for term in chosen},
        {term: weights[term] for term in chosen},
        sum(weights.values()),
        unheard,
    )


def rarity(count: int, passages: int) -> float:
    """The weight of a word that stands in `count` of the passages, as BM25 has it."""
    return math.log(1 + max(passages - count + 0.5, 0.5) / (count + 0.5))


def title_coverage(titles: Titles, named: Mapping[str, float], shelf: TitleCounts, documents: int) -> Weights:
    """How much of each title was named, 0 to 1; rare words count more, by the logarithm of how few titles hold them."""
    keys, places = np.unique(titles.keys, return_inverse=True)
    rarities = np.log1p(documents / np.maximum(shelf.title_counts(keys), 1))
    said = rarities * weights_of(named, keys)
    commonplace = _COMMONPLACE * math.log1p(documents)
    return titles.sums(said[places]) / (titles.sums(rarities[places]) + commonplace)


def shared_titles(titles: Titles, shelf: TitleCounts) -> NDArray[np.bool_]:
    """Whether each title is that of several documents."""
    return shelf.title_counts(titles.wholes) > 1


def weights_of(named: Mapping[str, float], keys: Keys) -> Weights:
    """The weight of each of the keys; 0 where its word was not named."""
    if not named:
        return np.zeros(len(keys))
    known = np.asarray([key(word) for word in named], np.uint64)
    order = np.argsort(known)
    places = np.searchsorted(known[order], keys).clip(max=len(known) - 1)
    weights = np.asarray([*named.values()], np.float64)[order]
    return np.where(known[order][places] == keys, weights[places], 0.0)
