"""The few replies that are shown: near-duplicates removed, the best first, other kinds where scores are close."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Final

from rapidfuzz import fuzz

from console.assist.ports import Embed
from console.assist.replies.candidate import Candidate
from console.assist.replies.claims import DONE, claims_a_deed
from console.assist.replies.differing import differ
from console.assist.vectors import likeness

MOST: Final = 3

PAST: Final = "past"

LEAST_SCORE: Final = 0.2
"""Below this, silence is better."""

FAR: Final = 0.4
"""A macro or article reply that scores less than this share of the best one is noise beside it."""

CLOSE: Final = 0.12
"""How much worse a reply of another kind may be and still take the last place."""

_SAME_WORDS: Final = 85
_SAME_MEANING: Final = 0.85


Order = Callable[[Sequence[Candidate]], Sequence[Candidate]]
"""Puts candidates that may be shown, given best first by their scores, into the order in which they are taken."""


def as_scored(candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """Leave candidates in the order of their scores."""
    return candidates


def best_of(candidates: Iterable[Candidate], embed: Embed, order: Order = as_scored) -> tuple[Candidate, ...]:
    """Return up to :data:`MOST` different candidates, best first.

    Scores say which may be shown, and which of two that say the same stays; ``order`` says which come first.
    """
    weighed = (replace(c, score=c.score * DONE) if claims_a_deed(c.text) else c for c in candidates)
    ordered = sorted((c for c in weighed if c.score >= LEAST_SCORE), key=lambda c: -c.score)[:12]
    best = ordered[0].score if ordered else 0.0
    distinct = list(order(_distinct([c for c in ordered if c.kind == PAST or c.score >= FAR * best], embed)))
    chosen = distinct[:MOST]
    if len(chosen) == MOST and len({c.kind for c in chosen}) == 1:
        other = next((c for c in distinct[MOST:] if c.kind != chosen[0].kind), None)
        if other and other.score >= chosen[-1].score - CLOSE:
            chosen[-1] = other
    return tuple(chosen)


def _distinct(ordered: Sequence[Candidate], embed: Embed) -> list[Candidate]:
    vectors = embed.encode([c.text for c in ordered])
    same = likeness(vectors, vectors)
    kept: list[int] = []
    for place, candidate in enumerate(ordered):
        if not any(_same(candidate.text, ordered[k].text, float(same[place][k])) for k in kept):
            kept.append(place)
    return [ordered[k] for k in kept]


def _same(text: str, other: str, cosine: float) -> bool:
    alike = cosine >= _SAME_MEANING or fuzz.token_set_ratio(text, other) >= _SAME_WORDS
    return alike and not differ(text, other)
