"""What a person can be called, as far as its letters tell. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from console.assist.recognise.words import words_of

NAMES: Final = ("name", "first_name")
"""The fields of a customer's name in what a tool answers."""

MOST_WORDS: Final = 4
LONGEST: Final = 40

_APOSTROPHE: Final = re.compile(r"^(?:[dlDL]?['’])")
"""What may stand before the capital: “d'Arc”."""

_PARTICLES: Final = words_of(
    "van von vom zu zum zur der den de del della di da das do dos du la le las los ter ten te het 't bin bint ibn al "
    "el y e i af av st ap ab ferch san"
)
"""Small words that stand before or between the parts of a name."""

_IN_NO_NAME: Final = words_of(
    "your our their its is are was were has have had will please the this that these and not but if here there refund "
    "refunded pay paid click account order cancelled confirmed approved"
)
"""Words that make a sentence of it; whoever should bear one as a name is not called by it, which harms nobody."""


def can_be_a_name(value: str) -> bool:
    """Return whether a value can be somebody's name: a few words of letters, each with a capital or a known particle.

    Where a script has no capitals, every letter counts. A sentence of capitalised words cannot be told from a name,
    but for one with words that names do not have.
    """
    words = value.split()
    if not 0 < len(words) <= MOST_WORDS or len(value) > LONGEST or value != " ".join(words):
        return False
    if not all(map(_of_letters, words)) or not _IN_NO_NAME.isdisjoint(word.lower() for word in words):
        return False
    begins = [not _APOSTROPHE.sub("", word)[:1].islower() for word in words]
    particles = [word.lower().replace("’", "'") in _PARTICLES for word in words]
    return any(begins) and begins[-1] and all(b or p for b, p in zip(begins, particles, strict=True))


def without_odd_names(fields: Mapping[str, str]) -> Mapping[str, str]:
    """Return a tool's fields without names that cannot be any: whose the record is does not depend on them."""
    return {key: value for key, value in fields.items() if key not in NAMES or can_be_a_name(value)}


def _of_letters(word: str) -> bool:
    """Return whether a word is of letters, with an apostrophe, hyphen or dot where names have one."""
    inner = word.removesuffix(".") if len(word) <= len("St.") else word
    return any(c.isalpha() for c in inner) and all(
        c.isalpha() or unicodedata.category(c).startswith("M") or (c in "'’-·" and place < len(inner) - 1)
        for place, c in enumerate(inner)
    )
