"""A known value wherever it stands in a text, however it is written: its case, its marks, what sets it apart."""

import string
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

LOOSE: Final = 6
"""Fewest letters and digits of a value that is found however it is set apart; “an n” is not “Ann”."""

_SIGNS: Final = string.punctuation
"""What a value may begin or end with that is part of it: “(020) 7946 0142”, “Moved house.”"""


@dataclass(frozen=True, slots=True)
class Plain:
    """The letters and digits of a text in one form, without marks and case, and where each of them stood."""

    letters: str
    origin: tuple[int, ...]


@lru_cache(maxsize=512)
def plain(text: str) -> Plain:
    """Return the plain form of ``text``."""
    kept: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(text):
        for letter in (character if character.isascii() else _without_marks(character)).casefold():
            if letter.isalnum():
                kept.append(letter)
                origin.append(place)
    return Plain("".join(kept), tuple(origin))


def written(text: str, value: str, *, capital: bool = False) -> Iterator[tuple[int, int]]:
    """Yield where ``value`` stands as a whole in ``text``; with ``capital`` only where it begins with one."""
    wanted, there = plain(value).letters, plain(text)
    head = value[: len(value) - len(value.lstrip(_SIGNS))]
    tail = value[len(value.rstrip(_SIGNS)) :]
    place = there.letters.find(wanted) if wanted else -1
    while place >= 0:
        start, end = there.origin[place], there.origin[place + len(wanted) - 1] + 1
        whole = not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()
        near = len(wanted) >= LOOSE or end - start <= len(value)
        if whole and near and not (capital and text[start].islower()):
            start -= len(head) * text.endswith(head, 0, start)
            end += len(tail) * text.startswith(tail, end)
            yield start, end
        place = there.letters.find(wanted, place + 1)


def _without_marks(character: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
