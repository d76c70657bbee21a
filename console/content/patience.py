"""Authored regular expressions are tried before they are used: one that a text can keep busy would stop the desk.

A search cannot be interrupted and lets nothing else run meanwhile. So each expression that repeats something without
an end meets a few texts that are hard for careless ones, a little longer each time; the trial ends at the first that
takes too long, well before it could take really long.
"""

import re
from functools import lru_cache
from time import thread_time
from typing import Final

TOO_LONG: Final = 0.08
"""Seconds of computing after which a text has kept an expression too busy.

Times that grow with the square of the text stay below it (many honest expressions do that, and no text of a customer
is analysed beyond some thousand characters); those that grow with the cube, or double, do not.
"""

_SIZES: Final = (*range(4, 33), 40, 48, 64, 96, 160, 320, 700, 1500)
"""Characters of the texts; one by one where a time may grow fivefold with every character."""

_PIECES: Final = ("a", "1", " ", "a ", "1-", "a.", "1,", "\n")
_MOST_WORDS: Final = 2
_MOST_REPEATED: Final = 12
_WORD: Final = re.compile(r"(?<![\\\w])[A-Za-z][a-z]+")
_LITERAL: Final = re.compile(r"\\.|\[[^\]]{1,200}\]")
_LONG: Final = re.compile(r"[*+]|\{\d{0,9},\}|\{(?:\d{0,9},)?\d{3,9}\}|\)\{(?:\d{0,9},)?\d{2,9}\}")
"""Repeats without an end, of hundreds, or of groups by tens: the others end before a text is long."""

_REPEATED: Final = re.compile(r"(?:\[(?P<set>(?:\\.|[^\]\\\[]){1,60})\]|(?P<one>\\.|[^\s\\()|]))\){0,8}[*+{]")
"""What a repeat is of, where that is a character or a set of them."""

_OF_KIND: Final = {"d": "1", "w": "a", "s": " ", "D": "a", "W": ".", "S": "a", "n": "\n", "t": "\t"}


@lru_cache(maxsize=4096)
def busy_with(pattern: str) -> str:
    """Return what a text consists of that keeps ``pattern`` busy for long; empty when none was found."""
    if not _LONG.search(_LITERAL.sub("x", pattern)):
        return ""
    compiled = re.compile(pattern)
    words = [f"{word} " for word in _WORD.findall(pattern)[:_MOST_WORDS]]
    pieces = dict.fromkeys((*_PIECES, *words, *_repeated(pattern)))
    return next((piece for piece in pieces if _busy(compiled, piece)), "")


def _repeated(pattern: str) -> tuple[str, ...]:
    """Return a character for each repeat of the pattern that it may match, the first of them."""
    found: dict[str, None] = {}
    for match in _REPEATED.finditer(pattern):
        piece = (match["one"] or match["set"]).removeprefix("^")
        found[_OF_KIND.get(piece[1:2], piece[1:2]) if piece.startswith("\\") else piece[:1]] = None
    return tuple(piece for piece in found if piece)[:_MOST_REPEATED]


def _busy(pattern: re.Pattern[str], piece: str) -> bool:
    for size in _SIZES:
        text = (piece * size)[: size - 1] + "\x01"
        # a second time, because the first may have been disturbed
        if _seconds(pattern, text) > TOO_LONG and _seconds(pattern, text) > TOO_LONG:
            return True
    return False


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    began = thread_time()
    for _ in pattern.finditer(text):
        pass
    return thread_time() - began
