"""Greetings at the head of what somebody writes: they say nothing of the matter, nor of the mood."""

import re
from typing import Final

_GREETING: Final = re.compile(
    r"^(?:(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|(?:morning|afternoon|evening)(?=[,.!])|greetings|hiya|"
    r"yo|dear \w+)\b(?: "
    r"there| again| everyone| everybody)?[\s,.!?]*)+"
    r"(?:(?:how are you(?: doing)?(?: today)?|how(?:'s| is) it going)[\s?.!]*)?",
    re.IGNORECASE,
)


def without_greeting(text: str) -> str:
    """Return ``text`` without the greeting it begins with; empty where it is nothing else."""
    return _GREETING.sub("", text).strip()
