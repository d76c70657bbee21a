"""Words and pieces of words as hashed numbers: they see spelling and wording, which sentence vectors blur."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final
from zlib import crc32

import numpy as np

from console.assist.ports import Vectors

READ: Final = 1000
"""Characters of a text that are read; of a longer one no more is embedded either."""

_WORD: Final = re.compile(r"[\w']+|\?")

_SMALL: Final = 1e-9
"""Length below which a row has nothing in it."""

Grams = Callable[[str], Iterator[str]]
"""Takes a text apart."""


def word_grams(text: str) -> Iterator[str]:
    """Yield the words of ``text`` and its pairs of words; a pair with ``^`` marks how it begins, ``?`` is a word."""
    words = _WORD.findall(text[:READ].lower())
    yield from words
    yield from (f"{a} {b}" for a, b in zip(("^", *words), words, strict=False))


def piece_grams(text: str, shortest: int = 3, longest: int = 5) -> Iterator[str]:
    """Yield the pieces of so many letters of each word, whose ends are marked: misspelt words share most of them."""
    for word in _WORD.findall(text[:READ].lower()):
        marked = f"<{word}>"
        for size in range(shortest, longest + 1):
            for start in range(max(1, len(marked) - size + 1)):
                yield marked[start : start + size]


def four_grams(text: str) -> Iterator[str]:
    """Yield the pieces of four letters of each word."""
    return piece_grams(text, 4, 4)


def hashed(texts: Sequence[str], grams: Grams, size: int) -> Vectors:
    """Return one row of ``size`` numbers a text, of length one; zeros where a text has no words.

    Each gram adds one or takes one away at a place that follows from its CRC-32, so that no vocabulary is kept.
    """
    rows = np.zeros((len(texts), size), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        for gram in grams(text):
            code = crc32(gram.encode())
            row[code % size] += 1.0 if code >> 31 else -1.0
    lengths: Vectors = np.linalg.norm(rows, axis=1, keepdims=True)
    rows /= np.maximum(lengths, np.float32(_SMALL))
    return rows
