"""What an agent or bot asks for: the fact that a question is about, in a word or two."""

import re
from functools import lru_cache
from typing import Final

from console.assist.sentences import texts

_LABELS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), label)
    for pattern, label in (
        (r"\bname of (?:the |your )?((?:\w+ )?\w+)", ""),
        (
            r"\b(?:do|will|would) you (?:also )?(?:require|need|have|want)(?: any| a| an)? (?!to\b|"
            r"anything\b|help\b|me\b)((?:\w+ )?\w+)",
            "",
        ),
        (r"\b(?:full |first |last |sur)?name\b|\bwho am i (?:speaking|talking)", "Name"),
        (r"\baccount (?:number|no)\b", "Account"),
        (r"\border (?:number|no|id|reference)\b", "Order"),
        (r"\btracking (?:number|no|code|reference)\b", "Tracking"),
        (r"\b(?:booking|reservation|reference|confirmation|ticket|case|invoice) (?:number|no|code|id)\b", "Reference"),
        (r"\bpin\b", "PIN"),
        (r"\bdate of birth\b|\bborn\b|\bbirth ?da(?:y|te)\b", "Born"),
        (r"\be-?mail\b", "E-mail"),
        (r"\b(?:phone|mobile|telephone|contact|callback) (?:number|no)\b|\bnumber to (?:call|reach)", "Phone"),
        (r"\bpost ?code\b|\bzip ?code\b", "Postcode"),
        (r"\baddress\b", "Address"),
        (r"\bsecurity question\b|\bmother'?s\b|\bmaiden\b", "Security answer"),
        (r"\bsize\b", "Size"),
        (r"\bcolou?r\b", "Colour"),
        (r"\bhow many (\w+)", ""),
        (
            r"\b(?:what|which|at what|on what|for what|in what|in which) (?!is\b|are\b|would\b|can\b|do\b|"
            r"was\b|kind\b|type\b|sort\b|else\b|can\b)(\w+)",
            "",
        ),
        (r"\b(?:kind|type|sort) of (\w+)", ""),
        (
            r"\byour ((?:\w+ )?(?:number|code|id|name|date|day|time|rank|budget|destination|location|"
            r"doctor|company|employer|model|city))\b",
            "",
        ),
        (r"\bthe ((?:\w+ )?(?:number|code|id|name|date|day|time|location|model|city|type))\b", ""),
        (r"\bwhat(?:'s| is| was| are) (?:your |the )?((?:\w+ )?\w+)", ""),
        (r"\bwhen\b", "When"),
        (r"\bwhere\b", "Where"),
        (r"\bwhy\b|\breason\b", "Reason"),
    )
)
_TRAILING: Final = re.compile(
    r" (?:at|for|of|in|on|to|with|from|is|are|would|do|you|your|the|a|be|we|i)$", re.IGNORECASE
)
_OFFERED: Final = re.compile(
    r"\b(?:anything|something|else|help you|(?:can|shall|should|may) (?:i|we)\b(?! (?:have|get|ask))|"
    r"like me to|continue|welcome|happy to)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def question_in(text: str) -> str:
    """Return the sentence of an agent's message that asks for something; empty when none does."""
    asking = [
        s for s in texts(text) if s.endswith("?") or re.match(r"(?i)(?:please|kindly|and|could|can|may|right)\b", s)
    ]
    return asking[-1] if asking else ""


@lru_cache(maxsize=4096)
def label_of(question: str) -> str:
    """Return what a question asks for, in a word or two; empty when it does not ask for a fact."""
    for pattern, label in _LABELS:
        match = pattern.search(question)
        if match:
            return label or _TRAILING.sub("", match.group(1)).capitalize()
    return ""


def offers(question: str) -> bool:
    """Return whether a question offers something, so that the answer to it is no fact."""
    return bool(_OFFERED.search(question))
