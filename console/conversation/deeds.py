"""Words that say something has been done. They are true only once it has been, which software cannot know."""

import re
from typing import Final

_DEED: Final = re.compile(
    r"\b(?:I|we)(?:['’]ve| have)(?: just| now| already)? "
    r"(?:added|applied|arranged|asked|begun|booked|cancel+ed|changed|closed|corrected|"
    r"credited|done|ended|extended|issued|moved|noted|opened|ordered|paid|placed|put|refunded|released|"
    r"removed|replaced|reset|sent|set|started|stopped|switched|taken|unlocked|updated|waived|withdrawn|written)\b"
    r"|\bit(?:['’]s| is| has been)(?: now| all)? (?:booked|cancel+ed|done|ordered|refunded|sent|sorted)\b"
    r"|\byour (?:[\w£$€.,-]{1,20} ){0,2}(?:refund|money|voucher|credit|replacement)\b[^.!?\n]{0,30} (?:is|has been)"
    r"(?: now| all| just| already)? (?:on (?:its|the) way|approved|processed|sent|issued|back)\b"
    r"|\bI['’]m (?:sending|refunding|releasing|crediting|ending|reserving|opening|posting|cancel+ing)\b",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"(?<=[.!?])\s+|\n+")


def claims_a_deed(text: str) -> bool:
    """Return whether the text says that somebody here has done something, or is doing it this moment."""
    return _DEED.search(text) is not None


def deeds_claimed(text: str) -> tuple[str, ...]:
    """Return the sentences of the text that say so, in their order."""
    return tuple(sentence.strip() for sentence in _BETWEEN.split(text) if claims_a_deed(sentence))
