"""Values that a customer names without meaning them: what does not suit, and what stands already."""

import re
from typing import Final

_REACH: Final = 60
"""Characters before and after a value that are looked at."""

_BEFORE: Final = re.compile(
    r"\b(?:(?:can['’]?t|cannot|can not|couldn['’]?t|won['’]?t|unable to|not able to) "
    r"(?:be able to )?(?:make|do|manage|come|attend|be there)(?: it| there| in)?|not|no longer|except|other than|"
    r"instead of|rather than|anything but|any day but|from)(?: on| for)? $",
    re.IGNORECASE,
)
_STANDS: Final = re.compile(
    r"\b(?:appointment|fitting|booking|call|slot)(?P<is> (?:is|was))?(?: booked)?(?: (?P<link>on|for|at))? $",
    re.IGNORECASE,
)
"""What behind it a time is named of that stands already …"""
_WISHED: Final = re.compile(
    r"\b(?:(?:re)?book|(?:re)?schedule|arrange|make|need|want|like|have|get|take)\b[^.!?]*$", re.IGNORECASE
)
"""… but for one that is wished for: “rebook my fitting for Thursday”."""
_HAS: Final = re.compile(r"\b(?:i|we)(?:['’]ve| have| had)(?: got| already)? (?:a|an|my|our|this|the)\b", re.IGNORECASE)
_ANOTHER: Final = re.compile(r"\b(?:a|an|another|new) (?:[\w-]+ ){0,3}$", re.IGNORECASE)
_INSTEAD: Final = re.compile(r"^[^.!?]{0,25}\binstead\b(?! of)", re.IGNORECASE)
_AFTER: Final = re.compile(
    r"^(?: (?:is|was|will|does|would))?(?:n['’]t| not| no good| no longer| (?:does|wo|is|ca)n['’]?t)\b"
    r"|^(?:['’]s)? (?:appointment|fitting|booking|slot)\b",
    re.IGNORECASE,
)
_CODE: Final = re.compile(r"\d{4}|[a-z]-?\d|\d(?!(?:st|nd|rd|th|am|pm)\b)[a-z]", re.IGNORECASE)
"""How what names one thing is written: nobody says of an order number that it does not suit."""
_NOT_THE_CODE: Final = re.compile(
    r"\b(?:not|other than|instead of|rather than|except)(?: (?:the )?(?:order|number|no\.?|code|postcode))* $",
    re.IGNORECASE,
)
_WRONG_CODE: Final = re.compile(
    r"^,? (?:(?:is|was)(?:n['’]?t| not)|not) (?:mine|my|ours?|it\b|the (?:one|right|order)|right|correct)"
    r"|^,? (?:is|was) (?:wrong|a mistake|a typo)\b",
    re.IGNORECASE,
)


def ruled_out(text: str, start: int, end: int) -> bool:
    """Return whether the value at ``start`` to ``end`` is not what is wanted: “I can't make Tuesday”.

    Of a code that is so only where it is said to be the wrong one: “LF-88213 is not here yet” means this very order.
    """
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    if _CODE.search(text[start:end]):
        return _NOT_THE_CODE.search(before) is not None or _WRONG_CODE.match(after) is not None
    return _BEFORE.search(before) is not None or _stands(before, after) or _AFTER.match(after) is not None


def _stands(before: str, after: str) -> bool:
    """Return whether a time is the one that something has already."""
    named = _STANDS.search(before)
    if named is None or (_INSTEAD.match(after) and not named["is"]):
        return False
    ahead = before[: named.start()]
    wished = _WISHED.search(ahead) and not _HAS.search(ahead) and not named["is"]
    return not (wished and (named["link"] == "for" or _ANOTHER.search(ahead)))
