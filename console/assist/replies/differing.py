"""Texts alike in words and meaning that still say different things: first and second, when and how many, not."""

import re
from typing import Final

from console.assist.recognise.words import words_of

_TELLING: Final = words_of(
    """
    first second third last next previous left right north south east west up down on off in out not no never none
    yes correct incorrect wrong true false before after more less with without can cannot is isn't was wasn't does
    doesn't do don't did didn't will won't successful unsuccessful failed confirmed available unavailable open closed
    who whom whose where when why many much long far often
    """
)
_WORD: Final = re.compile(r"[\w']+")


def differ(left: str, right: str) -> bool:
    """Return whether the words that only one of two texts has make another statement of it."""
    apart = set(_WORD.findall(left.lower())) ^ set(_WORD.findall(right.lower()))
    return any(word in _TELLING or word.isdecimal() for word in apart)
