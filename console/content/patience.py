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

_SIZES: Final = (*range(16, 33, 2), 40, 48, 64, 96, 160, 320, 700, 1500)
"""Characters of the texts; in small steps where a time may double with every character."""

_PIECES: Final = ("a", "1", " ", "a ", "1-", "a.", "1,", "\n")
_MOST_WORDS: Final = 2
_WORD: Final = re.compile(r"(?<![\\\w])[A-Za-z][a-z]+")
_LITERAL: Final = re.compile(r"\\.|\[[^\]]{1,200}\]")
_ENDLESS: Final = re.compile(r"[*+]|\{\d{0,9},\}")


@lru_cache(maxsize=4096)
def busy_with(pattern: str) -> str:
    """Return what a text consists of that keeps ``pattern`` busy for long; empty when none was found."""
    if not _ENDLESS.search(_LITERAL.sub("x", pattern)):
        return ""
    compiled = re.compile(pattern)
    words = [f"{word} " for word in _WORD.findall(pattern)[:_MOST_WORDS]]
    return next((piece for piece in (*_PIECES, *words) if _busy(compiled, piece)), "")


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
