"""What the words that changed speak of, tone or policy, by weights that were learned. Pure.

Rules know the words of their lists. Here each common word has weights, for where it was put in and where it was taken
out, that were learned from labelled edits by way of the words' sentence vectors: words of one meaning weigh alike, also
those that no labelled edit holds. The vectors stay where it was learned (``tools/heads/edits.py``): to weigh an edit
takes a look-up for each word that changed, and no model.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from math import exp, sqrt
from typing import Final

import numpy as np

from console.conversation.edits import Reason

SURE: Final = {Reason.TONE: 0.7, Reason.POLICY: 0.6}
"""Likelihood from which a reason is told: where nine of ten are right in edits of a set that was left out."""

NAMED: Final = 4
"""Words that are named as what it was read from, at most."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[!?]")


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of words for a reason; those that are not among them weigh nothing."""

    out: Mapping[str, float]
    put: Mapping[str, float]
    bias: float


def changed(suggested: str, sent: str) -> tuple[Counter[str], Counter[str]]:
    """Return the words that were taken out and those that were put in, wherever they stand."""
    before, after = (Counter(_words(text)) for text in (suggested, sent))
    return before - after, after - before


def weighed(reason: Reason, suggested: str, sent: str) -> tuple[str, ...]:
    """Return the words by which an edit has a reason of :data:`SURE`, the weightiest first; empty where it has not."""
    held = _shipped()[reason]
    out, put = changed(suggested, sent)
    sides = ("−", *_shares(out, held.out)), ("+", *_shares(put, held.put))
    score = held.bias + sum(total for _, total, _ in sides)
    if 1 / (1 + exp(-score)) < SURE[reason]:
        return ()
    found = [(share, f"{sign}{word}") for sign, _, shares in sides for word, share in shares.items() if share > 0]
    return tuple(word for _, word in sorted(found, reverse=True)[:NAMED])


def _shares(words: Counter[str], table: Mapping[str, float]) -> tuple[float, dict[str, float]]:
    """Return what the words of one side add, together and each; many words count as the root of their number."""
    known = {word: count for word, count in words.items() if word in table}
    root = sqrt(sum(known.values())) or 1.0
    shares = {word: count * table[word] / root for word, count in known.items()}
    return sum(shares.values()), shares


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "'"))


@cache
def _shipped() -> Mapping[Reason, Weights]:
    content = (files("console.review.edits") / "weighed.npz").read_bytes()
    with np.load(BytesIO(content), allow_pickle=False) as held:
        words = held["words"].tobytes().decode("utf-8").split("\n")
        found = {}
        for reason in SURE:
            scale, bias = held[f"{reason.value}-scale"].tolist()
            out, put = (held[reason.value].astype(np.float64) * scale).tolist()
            found[reason] = Weights(dict(zip(words, out, strict=True)), dict(zip(words, put, strict=True)), bias)
        return found
