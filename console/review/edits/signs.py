"""The words that tell why a text was changed: facts, tone, promises. Pure; lists that anybody can read and extend."""

import re
from collections import Counter
from typing import Final

from console.assist.sentences import texts

_MONTHS: Final = (
    r"january|february|march|april|june|july|august|september|october|november|december|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tonight|tomorrow|yesterday|noon|midnight"
)
_COUNTS: Final = (
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|forty|fifty|"
    r"sixty|hundred|dozen"
)
_FACT: Final = re.compile(rf"[£$€]?\w*\d(?:[\w.,:/-]*\w)?%?|\b(?:{_MONTHS}|{_COUNTS})\b", re.IGNORECASE)
_NAME: Final = re.compile(r"(?<=[\w,;:’'] )(?!I\b)[A-Z][\w-]+")
_GREETED: Final = re.compile(
    r"^\W*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b(?: (?:mr|mrs|ms|dr)\.?)?(?: [A-Z][\w-]*)?",
    re.IGNORECASE,
)
_SIGNED: Final = re.compile(r"\b(?:regards|wishes|cheers|sincerely)\b[,\s]*[A-Z]?[\w ]*\W*$", re.IGNORECASE)

_TONE: Final = re.compile(
    r"\b(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|sorry|apolog\w+|please|kindly|thanks?|thank you|"
    r"unfortunately|sadly|(?:i['’]m )?afraid|regret\w*|appreciate\w*|understand(?:able|ably)?|frustrat\w+|annoy\w+|"
    r"disappoint\w+|inconvenience|happy to|glad|pleased|delighted|lovely|wonderful|great|good news|welcome|regards|"
    r"best wishes|cheers|take care|no worries|don['’]t worry|of course|absolutely|let me know|anything else|feel free|"
    r"just write|have a (?:nice|good|lovely|great)|would you mind|could you|can you|would you|"
    r"if that is okay|if you like|"
    r"you (?:must|have to|need to)|as (?:already )?said|calm down|fault|obviously|clearly|hope|i see\b)|"
    r"[\U0001f300-\U0001faff\u2600-\u27bf]|!",
    re.IGNORECASE,
)

_STRONG: Final = re.compile(
    r"\b(?:guarantee\w*|promis\w+|definitely|certainly|surely|no matter what|my word|make sure|100 ?%|in any case)\b|"
    r"\b(?:will|won['’]t|shall)\b|['’]ll\b|\b(?:is|are) (?:refunded|replaced|credited)\b",
    re.IGNORECASE,
)
_HEDGE: Final = re.compile(
    r"\b(?:should|may|might|could|can|usually|normally|typically|generally|mostly|estimated|expected|aims?|try|tries|"
    r"hopefully|likely|probably|approximately|up to|subject to|whether|ask my|each case|made to|"
    r"as a rule|if possible)\b",
    re.IGNORECASE,
)


def facts(text: str) -> Counter[str]:
    """Return the numbers, amounts, days and names of a text; whom it greets and who signs it are none of them."""
    plain = _SIGNED.sub("", _GREETED.sub("", text))
    found = [match.group().lower() for match in _FACT.finditer(plain)]
    return Counter([*found, *(name for sentence in texts(plain) for name in _NAME.findall(sentence))])


def tone(text: str) -> Counter[str]:
    """Return the words of greeting, apology, politeness and feeling, and how often each stands there."""
    return Counter(match.group().lower() for match in _TONE.finditer(text))


def strong(text: str) -> list[str]:
    """Return the words that bind the company."""
    return [match.group().lower() for match in _STRONG.finditer(text)]


def hedges(text: str) -> list[str]:
    """Return the words that leave it open."""
    return [match.group().lower() for match in _HEDGE.finditer(text)]
