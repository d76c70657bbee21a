"""Text into sentences, with their places in it, so that whatever is read from a sentence can be pointed at."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from console.assist.recognise.words import words_of

LONGEST_WHOLE: Final = 80
"""Words up to which a text is compared or read whole, as people wrote the examples; a longer one by its sentences."""

_ABBREVIATIONS: Final = words_of(
    """
    mr mrs ms dr prof st no nos approx e.g i.e etc vs inc ltd co dept ref tel ext jan feb mar apr jun jul aug sep
    sept oct nov dec fig vol
    """
)
_END: Final = re.compile(r"(?<![.!?…])[.!?…]++[\"')\]”’]*+(?=\s)|\n+")
_LONGEST_ABBREVIATION: Final = 20
"""Characters before a full stop that are looked at; no abbreviation is as long."""

_LAST_WORD: Final = re.compile(r"(?<![\w.])([\w.]+)\.$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where it stands: ``source[start:end] == text``; never blank, no blank edges."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of ``text`` in order; a new line ends one, an abbreviation or an initial does not."""
    found: list[Sentence] = []
    start = 0
    for match in _END.finditer(text):
        if match.group().startswith("\n") or not _abbreviated(
            text[max(start, match.end() - _LONGEST_ABBREVIATION) : match.end()]
        ):
            _add(found, text, start, match.end())
            start = match.end()
    _add(found, text, start, len(text))
    return tuple(found)


def texts(text: str) -> tuple[str, ...]:
    """Return the sentences of ``text`` as plain texts."""
    return tuple(sentence.text for sentence in sentences(text))


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text that are short enough to be compared as a whole; the first where none is.

    To embed many words at once takes long, and says little of each.
    """
    found = [line for line in text.split("\n") if line.strip()]
    return list(dict.fromkeys(line for line in found if len(line.split()) <= LONGEST_WHOLE)) or found[:1]


def _abbreviated(piece: str) -> bool:
    last = _LAST_WORD.search(piece)
    if last is None:
        return False
    word = last.group(1).lower()
    return word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word != "i")


def _add(found: list[Sentence], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        begin = start + piece.index(stripped)
        found.append(Sentence(stripped, begin, begin + len(stripped)))
