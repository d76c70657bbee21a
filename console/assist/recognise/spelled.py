"""Numbers, codes and addresses spelled out in words: “double o seven”, “d a n a”, “dana at example dot com”.

Read aloud or written around a filter, they name one thing as well as their digits do.
"""

import re
from itertools import pairwise
from typing import Final

from console.assist.recognise.words import words_of

FEWEST: Final = 3
"""Digits, letters or number words in a row that are no longer a quantity but somebody's number."""

_NUMBERS: Final = words_of(
    """
    zero nought naught nil one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
    """
)
_LETTERS: Final = words_of(
    """
    oh alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar papa
    quebec romeo sierra tango uniform victor whiskey xray yankee zulu
    """
)
_TIMES: Final = {"double": 2, "triple": 3, "treble": 3}
"""How many digits a word makes of the next one."""

_LETTER: Final = r"(?<!['’])[^\W\d_](?!['’]|\.?m\b|\.g\b|\.e\b)"
"""A letter by itself; the first of “a.m.”, “e.g.” and “i.e.” is none."""

_UNIT: Final = rf"(?:\d{{1,4}}|{_LETTER}|{'|'.join(sorted(_NUMBERS | _LETTERS | _TIMES.keys()))})"
_RUN: Final = re.compile(rf"\b{_UNIT}\b(?:[ .,:;/_–-]{{1,3}}{_UNIT}\b)+", re.IGNORECASE)
_ALSO_WORDS: Final = frozenset("ai")
_WORD: Final = re.compile(r"[^\W_]+")
_DOT: Final = r" (?:dot|\(dot\)|\[dot\]) "
_PART: Final = rf"[\w-]{{1,40}}(?:{_DOT}[\w-]{{1,40}}){{0,3}}?"
_USER: Final = rf"[\w.+'-]{{1,40}}(?:{_DOT}[\w.+'-]{{1,40}}){{0,3}}?"
_ADDRESS: Final = re.compile(
    rf"(?<![\w.+'-])(?:{_USER} (?:at|\(at\)|\[at\]) )?{_PART}{_DOT}(?:com|org|net|info|biz|uk|eu|de|fr)\b",
    re.IGNORECASE,
)


def spelled(text: str) -> tuple[tuple[int, int], ...]:
    """Return the places of what is spelled out in ``text``, in order; they do not overlap."""
    found = [match.span() for match in _ADDRESS.finditer(text)]
    for run in _RUN.finditer(text):
        apart = all(run.end() <= start or end <= run.start() for start, end in found)
        if apart and _names_one_thing(run.group().lower()):
            found.append(run.span())
    return tuple(sorted(found))


def _names_one_thing(run: str) -> bool:
    """Return whether a run is long enough; where all of it is digits, other patterns know what it is.

    “A” and “I” are words of their own, and count only among other letters.
    """
    words = _WORD.findall(run)
    if all(len(word) > 1 or word in _ALSO_WORDS or word.isdecimal() for word in words):
        words = [word for word in words if word not in _ALSO_WORDS]
    length = sum(_TIMES.get(before, 1) for before, word in pairwise(["", *words]) if word not in _TIMES)
    return length >= FEWEST and not all(word.isdecimal() for word in words)
