"""Replies that say something has been done. They are right only once it has been, which the engine cannot know."""

import re
from typing import Final

DONE: Final = 0.85
"""What remains of the score of a reply that claims a deed: an offer or a question goes before it."""

_DEED: Final = re.compile(
    r"\b(?:I|we)(?:['’]ve| have)(?: just| now| already)? "
    r"(?:added|applied|arranged|asked|begun|booked|cancel+ed|changed|closed|corrected|"
    r"credited|done|ended|extended|issued|moved|noted|opened|ordered|paid|placed|put|refunded|released|"
    r"removed|replaced|reset|sent|set|started|stopped|switched|taken|unlocked|updated|waived|withdrawn|written)\b"
    r"|\bit(?:['’]s| is| has been)(?: now| all)? (?:booked|cancel+ed|done|ordered|refunded|sent|sorted)\b"
    r"|\bI['’]m (?:sending|refunding|releasing|crediting|ending|reserving|opening|posting|cancel+ing)\b",
    re.IGNORECASE,
)


def claims_a_deed(text: str) -> bool:
    """Return whether the text says that somebody here has done something, or is doing it this moment."""
    return _DEED.search(text) is not None
