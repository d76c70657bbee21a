"""Values that a customer names without meaning them: what does not suit, and what stands already."""

import re
from typing import Final

_REACH: Final = 60
"""Characters before and after a value that are looked at."""

_BEFORE: Final = re.compile(
    r"\b(?:(?:(?:can['’]?t|cannot|can not|couldn['’]?t|won['’]?t|unable to|not able to) "
    r"(?:be able to )?(?:make|do|manage|come|attend|be there)(?: it| there| in)?|not|no longer|except|other than|"
    r"instead of|rather than|anything but|any day but|from)(?: on| for)? "
    r"|(?:appointment|fitting|booking|call|slot)(?: (?:is|was))?(?: booked)?(?: (?:on|for))? )$",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    r"^(?: (?:is|was|will|does|would))?(?:n['’]t| not| no good| no longer| (?:does|wo|is|ca)n['’]?t)\b"
    r"|^(?:['’]s)? (?:appointment|fitting|booking|slot)\b",
    re.IGNORECASE,
)


def ruled_out(text: str, start: int, end: int) -> bool:
    """Return whether the value at ``start`` to ``end`` is not what is wanted: “I can't make Tuesday”."""
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    return _BEFORE.search(before) is not None or _AFTER.match(after) is not None
