"""How much the words that changed speak of what the company binds itself to, by weights that were learned. Pure.

Rules know the words of their lists. Here each common word has two weights, for where it was put in and where it was taken
out, that were learned from labelled edits by way of the words' sentence vectors: words of one meaning weigh alike, also
those that no labelled edit holds. The vectors stay where it was learned (``tools/heads/edits.py``): to weigh an edit takes
a look-up for each word that changed, and no model.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from math import exp, sqrt
from typing import Final

import numpy as np

SURE: Final = 0.6
"""Likelihood from which it is told; chosen on the edits that it was learned from, each set left out in turn."""

NAMED: Final = 4
"""Words that are named as what it was read from, at most."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[!?]")


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of words; those that are not among them weigh nothing."""

    out: dict[str, float]
    put: dict[str, float]
    bias: float


def changed(suggested: str, sent: str) -> tuple[Counter[str], Counter[str]]:
    """Return the words that were taken out and those that were put in, wherever they stand."""
    before, after = (Counter(_words(text)) for text in (suggested, sent))
    return before - after, after - before


def bound(suggested: str, sent: str) -> tuple[str, ...]:
    """Return the words of a change of what the company commits to, the weightiest first; empty where it is none."""
    held = _shipped()
    sides = [(sign, *_shares(words, table)) for sign, words, table in _sides(suggested, sent, held)]
    score = held.bias + sum(total for _, total, _ in sides)
    if 1 / (1 + exp(-score)) < SURE:
        return ()
    found = [(share, f"{sign}{word}") for sign, _, shares in sides for word, share in shares.items() if share > 0]
    return tuple(word for _, word in sorted(found, reverse=True)[:NAMED])


def _sides(suggested: str, sent: str, held: Weights) -> tuple[tuple[str, Counter[str], dict[str, float]], ...]:
    out, put = changed(suggested, sent)
    return ("−", out, held.out), ("+", put, held.put)


def _shares(words: Counter[str], table: dict[str, float]) -> tuple[float, dict[str, float]]:
    """Return what the words of one side add, together and each; many words count as the root of their number."""
    known = {word: count for word, count in words.items() if word in table}
    root = sqrt(sum(known.values())) or 1.0
    shares = {word: count * table[word] / root for word, count in known.items()}
    return sum(shares.values()), shares


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "'"))


@cache
def _shipped() -> Weights:
    content = (files("console.review.edits") / "binding.npz").read_bytes()
    with np.load(BytesIO(content), allow_pickle=False) as held:
        words = held["words"].tobytes().decode("utf-8").split("\n")
        out, put = ((held[side] * float(held["scale"])).tolist() for side in ("out", "put"))
        return Weights(dict(zip(words, out, strict=True)), dict(zip(words, put, strict=True)), float(held["bias"]))
