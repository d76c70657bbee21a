"""Whether a reason that somebody wrote gives one: “fine” and “asdf” say nothing to who reads it later. Pure."""

import re
from typing import Final

FEWEST: Final = 2
"""Words that tell something which a reason has to hold."""

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_VOWEL: Final = re.compile(r"[aeiouyäöüéèáíóú]", re.IGNORECASE)
_SAYS_NOTHING: Final = frozenset(
    _WORD.findall(
        "fine ok okay yes yeah no none good great well all right alright sure just because so it is its this that "
        "the an am are was be do does needed need works work whatever reason reasons test send sent please thanks "
        "thank you me my we us to of for in on at as and or but here there now go ahead want wanted must have has "
        "had can will not very really nothing anything something stuff blah bla foo bar qwerty asdf "
    )
)


def says_why(reason: str) -> bool:
    """Return whether a reason holds words that could be one; whether it is a good one is for people to judge."""
    words = {word.casefold() for word in _WORD.findall(reason)}
    told = {word for word in words if word not in _SAYS_NOTHING and _VOWEL.search(word)}
    return len(told) >= FEWEST
