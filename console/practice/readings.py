"""What an agent's words repeat of the customer's, and whether they are words at all. Pure."""

import re
from collections.abc import Iterable
from typing import Final

from console.past.english import english

REAL: Final = 0.5
"""Share of a message's words that have to be words, or it is nonsense."""

CODE: Final = 4
"""Digits from which on a number is known again without the letters before it."""

_NUMBERS: Final = {
    word: str(number)
    for row in (
        "one two three four five six seven eight nine ten eleven twelve",
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth",
    )
    for number, word in enumerate(row.split(), 1)
} | {
    word: f"{tens}0"
    for tens, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_AROUND: Final = ".,;:!?()\"'“”…"


def marks_of(wrong: str, right: Iterable[str]) -> tuple[str, ...]:
    """Return what tells a wrong telling from the right ones: words that hold a figure, else all words of its own."""
    known = {word for text in right for word in _words(text)}
    own = [word for word in _words(wrong) if word not in known]
    return tuple([word for word in own if any(c.isdigit() for c in word)] or own)


def nonsense(text: str) -> bool:
    """Return whether a message has no words, or mostly none that are any."""
    written = [word for word in text.replace("’", "'").split() if word.strip(_AROUND).isalpha()]
    words = [word.strip(_AROUND) for word in written if not word[0].isupper() or word.casefold() in english()]
    if not words:  # names and numbers alone say something; signs alone do not
        return not any(c.isalnum() for c in text)
    return sum(word.casefold() in english() for word in words) < REAL * len(words)


def _words(text: str) -> list[str]:
    return [word for raw in text.casefold().replace("’", "'").split() if (word := raw.strip(_AROUND))]


def _same(mark: str, word: str) -> bool:
    """Return whether a word is what a mark says: a number also in words, a long one also without its letters."""
    if _number(mark) == _number(word):
        return True
    digits = "".join(c for c in mark if c.isdigit())
    return len(digits) >= CODE and "".join(c for c in word if c.isdigit()) == digits


def _number(word: str) -> str:
    """Return a small number, a sum or a place in a row as its figures; any other word as it is."""
    plain = re.sub(r"^£?(\d+)(?:st|nd|rd|th)?$", r"\1", word)
    return _NUMBERS.get(plain, plain)


def repeats(text: str, marks: Iterable[str]) -> bool:
    """Return whether a text repeats all of some marks, and that there are any."""
    plain, marks = _words(text), tuple(marks)
    return bool(marks) and all(any(_same(mark, word) for word in plain) for mark in marks)
