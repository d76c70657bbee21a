"""Whether a customer agrees to what was offered, as agents read it; before an action see :mod:`agreeing`."""

import re
from typing import Final

AGREED: Final = "Agreed"
DECLINED: Final = "Declined"

_YES: Final = re.compile(
    r"^(?:(?:oh|ok|okay|well|great|perfect|awesome|cool|fine|alright|wonderful|good|excellent|thanks|"
    r"thank you)\b[,.! ]*)*"
    r"(?:yes|yeah|yep|yup|sure|please|of course|certainly|absolutely|definitely|go ahead|do it|sounds (?:good|great)|"
    r"that(?:'?s| is| would be| works| sounds)(?: just)? ?(?:fine|good|great|perfect|ok|okay|for me)?|"
    r"(?:ok|okay|great|perfect|alright|fine|thanks|thank you)[.! ]*$|let'?s (?:do|book|go)|"
    r"(?:book|send|cancel|refund|replace|order|reserve|confirm) (?:it|that|me))\b",
    re.IGNORECASE,
)
_NO: Final = re.compile(
    r"^(?:(?:oh|well|um+|hmm+|sorry|actually)\b[,.! ]*)*(?:no|nope|nah|not (?:yet|now|really)|don'?t|please don'?t|"
    r"never ?mind)\b",
    re.IGNORECASE,
)
_BUT: Final = re.compile(
    r"\b(?:but|actually|instead|wait|except|not|no|never|stop|leave|keep)\b|n['’]t\b", re.IGNORECASE
)


def consent_to(text: str) -> str:
    """Return :data:`AGREED` or :data:`DECLINED`; empty where the answer is neither, or agrees with a “but”."""
    if _NO.match(text):
        return DECLINED
    return AGREED if _YES.match(text) and not _BUT.search(text) else ""
