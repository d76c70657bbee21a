"""How much of what is looked for stands in a passage, and how much of a title was named; rare words count more."""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from knowledge.lexical.port import Lexical
from knowledge.words import words

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


class TitleCounts(Protocol):
    """Knows the titles."""

    def title_counts(self, names: Iterable[str]) -> Mapping[str, int]:
        """In how many titles each word stands."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """The terms that are searched for."""

    terms: Mapping[str, float]
    """Each with how much it was named, 0 to 1."""
    weights: Mapping[str, float]
    """Each with how much a passage that holds it scores for it: how much it was named times how rare it is."""
    total: float
    """What a passage scores that holds every term of the query that stands in any passage; 0 where none does."""

    def share(self, score: float) -> float:
        """Of what is looked for, how much a passage of this score holds, 0 to 1."""
        return min(score / self.total, 1.0) if self.total else 0.0

    def in_title(self, title: str) -> float:
        """What a passage scores for terms that stand in its title."""
        return sum(self.weights[word] for word in title_words(title) & self.weights.keys())


def asked(named: Mapping[str, float], lexical: Lexical) -> Asked:
    """What to search for of the terms that were named: those that are known, not common, and weigh most."""
    passages = lexical.count
    frequencies = {term: count for term, count in lexical.frequencies(named).items() if count}
    weights = {term: named[term] * rarity(count, passages) for term, count in frequencies.items()}
    most = max(1.0, min(_COMMON * passages, _MOST_PASSAGES))
    rare = [term for term, count in frequencies.items() if count <= most]
    chosen = sorted(rare, key=lambda term: (-weights[term], term))[:_MOST_TERMS]
    return Asked(
        {term: named[term] for term in chosen}, {term: weights[term] for term in chosen}, sum(weights.values())
    )


def rarity(count: int, passages: int) -> float:
    """The weight of a word that stands in `count` of the passages, as BM25 has it."""
    return math.log(1 + max(passages - count + 0.5, 0.5) / (count + 0.5))


def title_coverage(
    titles: Collection[str], named: Mapping[str, float], shelf: TitleCounts, documents: int
) -> dict[str, float]:
    """How much of each title was named, 0 to 1; rare words count more, by the logarithm of how few titles hold them."""
    covered = dict.fromkeys(titles, 0.0)
    touched = {title: held for title in covered if not (held := title_words(title)).isdisjoint(named)}
    counts = shelf.title_counts(frozenset().union(*touched.values()))
    weight = {word: math.log(1 + documents / max(count, 1)) for word, count in counts.items()}
    commonplace = _COMMONPLACE * math.log(1 + documents)
    for title, held in touched.items():
        said = sum(weight.get(word, 0.0) * named[word] for word in held & named.keys())
        covered[title] = said / (sum(weight.get(word, 0.0) for word in held) + commonplace)
    return covered


@lru_cache(maxsize=20_000)
def title_words(title: str) -> frozenset[str]:
    """The words of a title, each once."""
    return frozenset(words(title))
