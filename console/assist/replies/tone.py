"""Which of several replies sounds right: no cheer for an angry customer, an acknowledgement first, no second apology.

Scores are weighed; no text is altered. Where the mood is not bad only a repeated apology counts.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from console.assist.greetings import without_greeting
from console.assist.replies.candidate import Candidate
from console.assist.sentences import texts

BAD: Final = -0.4
"""Mood score from which a customer is at least frustrated (the label of :mod:`console.assist.mood.course`)."""

BREEZY: Final = 0.6
"""What remains of the score of a reply that opens cheerfully, where the mood is bad."""

ACKNOWLEDGED: Final = 1.1
"""What the score of a reply that acknowledges is raised by, where the mood is bad and nobody has done so yet: among
replies that fit about alike it goes first, and it passes none that fits much better."""

AGAIN: Final = 0.9
"""What remains of the score of a reply that opens with an apology, where the agent's last message had one."""

HIGHEST: Final = 0.97

_OPENS_BREEZILY: Final = re.compile(
    r"^(?:that(?:['’]s| is) )?(?:great|awesome|perfect|fantastic|wonderful|brilliant|lovely|excellent|amazing|super|"
    r"cool|cheers|good news|no (?:problem|worries)|my pleasure|happy to|glad to|you(?:['’]re| are) (?:very )?welcome|"
    r"enjoy)\b",
    re.IGNORECASE,
)
_APOLOGISES: Final = re.compile(
    r"\b(?:i(?:['’]m| am)(?: so| very| really| truly)? sorry\b(?![ ,]+(?:but|no)\b)|(?:i|we) apologi[sz]e|apologies|"
    r"sorry (?:to hear|about|for|that|you)\b)",
    re.IGNORECASE,
)
_FEELS_WITH: Final = re.compile(
    r"\b(?:i (?:do |quite |completely |fully )?understand|i (?:can )?see (?:why|that|how|this)|"
    r"you(?:['’]re| are) right|you(?:['’]ve| have) every right|"
    r"that(?:['’]s| is| must be)(?: a| very| really| quite| real){0,2} "
    r"(?:frustrating|annoying|upsetting|disappoint\w{2,5}|worrying|long wait)|should(?:n['’]t| not)? have (?:been|had)|"
    r"thank you for (?:waiting|your patience|telling))\b",
    re.IGNORECASE,
)


def in_tone(candidates: Iterable[Candidate], mood: float, answered: Sequence[str]) -> Iterator[Candidate]:
    """Yield the candidates with their scores weighed.

    ``mood`` is the customer's, from -1 to 1; ``answered`` are the texts that agents have sent them, oldest first.
    """
    angry = mood <= BAD
    owed = angry and not any(map(acknowledges, answered))
    apologised = bool(answered) and apologises(answered[-1])
    for candidate in candidates:
        weight = 1.0
        if angry and opens_breezily(candidate.text):
            weight *= BREEZY
        elif owed and acknowledges(candidate.text):
            weight *= ACKNOWLEDGED
        if apologised and apologises(_opening(candidate.text)):
            weight *= AGAIN
        yield candidate if weight == 1.0 else replace(candidate, score=min(HIGHEST, candidate.score * weight))


def opens_breezily(text: str) -> bool:
    """Return whether a reply begins cheerfully."""
    return _OPENS_BREEZILY.search(without_greeting(text)) is not None


def acknowledges(text: str) -> bool:
    """Return whether a reply says in its opening that it understands or is sorry."""
    opening = _opening(text)
    return apologises(opening) or feels_with(opening)


def apologises(text: str) -> bool:
    """Return whether a text says sorry for something, anywhere."""
    return _APOLOGISES.search(text) is not None


def feels_with(text: str) -> bool:
    """Return whether a text says, anywhere, that it is understood how the customer feels."""
    return _FEELS_WITH.search(text) is not None


def _opening(text: str) -> str:
    """Return the first two sentences after the greeting."""
    return " ".join(texts(without_greeting(text))[:2])
