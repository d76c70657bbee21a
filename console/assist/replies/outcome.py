"""Replies that say yes where the look-up said no, or the other way round."""

import re
from typing import Final

from console.assist.lookups import labelled

_STATE: Final = re.compile(r"status|state|result|outcome|message|error|success|reason|confirmation")
_REFUSES: Final = re.compile(
    r"\b(?:un(?:available|able|successful\w{0,2})|not (?:available|possible|found|successful\w{0,2}|able)|"
    r"fail(?:s|ed|ure)?|declined|denied|rejected|conflict\w{0,5}|invalid|incorrect|sold out|"
    r"(?:booked|taken|full|closed) at that time|too (?:small|late|far|many)|no \w+ (?:left|available|found)|"
    r"cannot|can['’]t|could ?n[o'’]t)\b",
    re.IGNORECASE,
)
"""How a look-up says no."""
_GRANTS: Final = re.compile(
    r"\b(?:available|confirmed|booked|reserved|scheduled|submitted|changed|success\w{0,5}|approved|done|unlocked|accepted)\b",
    re.IGNORECASE,
)
"""How it says yes."""
_SORRY: Final = re.compile(
    r"\b(?:sorry|unfortunately|unavailable|unable|unsuccessful|(?:is|are|was|were|has|have)(?: not|n['’]t) (?:\w+ )?"
    r"(?:able|available|possible|successful)|no longer|failed|no \w+ available|can(?:not|['’]t) (?!wait))\b",
    re.IGNORECASE,
)
"""How a reply says no."""
_GLAD: Final = re.compile(
    r"\b(?:confirmed|success\w{0,5}|(?:is|are|was|were|been|['’]s)(?: now| still| all)? (?:booked|reserved|scheduled|"
    r"available|done|changed|unlocked)|happy to (?:accommodate|accomodate)|can i (?:book|confirm|reserve)|"
    r"(?:have|['’]ve) (?:\w+ )?(?:booked|reserved|scheduled|changed|updated))\b",
    re.IGNORECASE,
)
"""How it says yes."""


def contradicts(reply: str, look_up: str) -> bool:
    """Return whether ``reply`` says the opposite of a look-up result in JSON; never where that says neither."""
    states = " ".join(value for name, value in labelled(look_up).items() if _STATE.search(name))
    if _REFUSES.search(states):
        return _GLAD.search(reply) is not None and _SORRY.search(reply) is None
    return _GRANTS.search(states) is not None and _SORRY.search(reply) is not None
