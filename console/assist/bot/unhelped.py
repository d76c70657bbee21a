"""Whether the customer says that what the bot told them was no help."""

import re
from typing import Final

_UNHELPED: Final = re.compile(
    r"\b(?:not what i (?:asked|meant|wanted)|(?:did ?n['’]?t|did not|does ?n['’]?t|does not|is ?n['’]?t|not|never) "
    r"(?:help|helpful|helping|answer|work|the question)|useless|already (?:said|told|tried|did|done)|i know that|"
    r"wrong answer|you (?:just )?said that|that['’]?s not (?:it|right|true|an answer))\b",
    re.IGNORECASE,
)


def unhelped(text: str) -> bool:
    """Return whether a message, right after an answer of the bot, says that it was none."""
    return _UNHELPED.search(text) is not None
