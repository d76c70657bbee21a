"""What an agent or bot asks for: the fact that a question is about, in a word or two."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from console.assist.sentences import texts

_LABELS: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), label)
    for pattern, label in (
        (
            r"\b(?:have|did) you (?:already |ever |yet )?((?:paid|tried|received|ordered|used|changed|reset|contacted|"
            r"reported|returned|got|seen|checked|signed|sent|made|had)(?: (?!for\b|at\b|in\b|on\b)\w+){1,3})",
            "",
        ),
        (r"\bneed to have (?:a |an |any )?((?:\w+ )?\w+)\?", ""),
        (r"\bname of (?:the |your )?((?:\w+ )?\w+)", ""),
        (
            r"\b(?:do|will|would) you (?:also )?(?:require|need|have|want)(?: any| a| an)? (?!to\b|"
            r"anything\b|help\b|me\b)((?:\w+ )?\w+)",
            "",
        ),
        (r"\bsecurity question\b|\bmother'?s\b|\bmaiden\b", "Security answer"),
        (r"\b(?:full |first |last |sur)?name\b|\bwho am i (?:speaking|talking)", "Name"),
        (r"\baccount (?:number|no)\b", "Account"),
        (r"\border (?:number|no|id|reference)\b", "Order"),
        (r"\btracking (?:number|no|code|reference)\b", "Tracking"),
        (r"\b(?:booking|reservation|reference|confirmation|ticket|case|invoice) (?:number|no|code|id)\b", "Reference"),
        (r"\bpin\b", "PIN"),
        (r"\bdate of birth\b|\bborn\b|\bbirth ?da(?:y|te)\b", "Born"),
        (r"\be-?mail\b", "E-mail"),
        (r"\b(?:phone|mobile|telephone|contact|callback) (?:number|no)\b|\bnumber to (?:call|reach)", "Phone"),
        (r"\bpost ?code\b", "Postcode"),
        (r"\bzip(?: ?code)?\b", "Zip code"),
        (r"\baddress\b", "Address"),
        (r"\bdescribe (?:your |the )?((?:\w+ )?\w+)", ""),
        (r"\b(fraud report|symptoms)\b", ""),
        (r"\brequests?\b", "Request"),
        (r"\bsize\b", "Size"),
        (r"\bcolou?r\b", "Colour"),
        (r"\bhow many (\w+)", ""),
        (
            r"\b(?:what|which|at what|on what|for what|in what|in which) (?!is\b|are\b|would\b|can\b|do\b|"
            r"was\b|kind\b|type\b|sort\b|else\b|will\b|were\b|does\b|did\b|should\b|could\b|has\b|have\b|had\b|about\b|"
            r"if\b|happen\w*\b)(\w+)",
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
_NO_LABEL: Final = frozenset(
    {
        "It",
        "That",
        "This",
        "There",
        "You",
        "I",
        "We",
        "He",
        "She",
        "They",
        "Me",
        "Up",
        "Suits",
        "Works",
        "Fits",
        "Of",
        "One",
        "Been",
    }
)
"""Words that labels do not begin with: “What is it that you want?” asks for anything."""
_OFFERED: Final = re.compile(
    r"\b(?:anything|something|else|help you|(?:can|shall|should|may) (?:i|we)\b(?! (?:have|get|ask))|"
    r"like me to|continue|welcome|happy to|proceed|more detailed instructions|do you know (?:how|where|if|that))",
    re.IGNORECASE,
)


_YES_NO: Final = re.compile(
    r"(?:^|[,;:] )(?:and |so )?(?:do|does|will|would|are|is|have|has|did|was|were) ", re.IGNORECASE
)
_ACTION: Final = re.compile(
    r"\b(?:(?:can|shall|should|may|could) i|would you like (?:me|us) to|do you want (?:me|us) to|like me to) "
    r"(?!have\b|get\b|ask\b|help\b|proceed\b|know\b|please\b|assist\b|be\b|see\b|take your\b|also have\b)"
    r"(?:then |also |now |please |go ahead and )?([a-z]+(?: [\w'’-]+){0,4}?)"
    r"(?: (?:for you|with them|now|then|to you))*\?",
    re.IGNORECASE,
)
_ASK_FOR_A_VALUE: Final = frozenset(
    {
        "",
        "Chose",
        "Size",
        "Colour",
        "Name",
        "Account",
        "Order",
        "Tracking",
        "Reference",
        "PIN",
        "Born",
        "E-mail",
        "Phone",
    }
    | {"Postcode", "Zip code", "Address", "Security answer", "When", "Where", "Reason"}
)
"""Labels to which yes or no is no answer."""
_CHOICE: Final = re.compile(
    r"\bor\b|\b(?:which|would you (?:like|prefer|rather)|what would you like|shall (?:i|we))\b", re.IGNORECASE
)
CHOSE: Final = "Chose"
"""The label of an answer to a question that leaves a choice."""
_STORY: Final = re.compile(
    r"\b(?:describe|tell (?:me|us) (?:more|what|about)|what happened|"
    r"what(?:'s| is) (?:wrong|the (?:problem|issue|matter))|"
    r"(?:detailed|full) \w+|symptoms|requests?|reason|why)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an agent or bot asks for."""

    question: str = ""
    """The sentence that asks."""
    label: str = ""
    """What it asks for, in a word or two; empty where nobody can tell."""
    action: str = ""
    """What it offers to do, such as “book it”; empty where it offers nothing."""
    yes_or_no: bool = False
    story: bool = False
    """Whether it asks to be told something at length."""


@lru_cache(maxsize=4096)
def asked_in(text: str) -> Asked:
    """Return what a message asks for; empty where it asks for nothing, or offers anything else than to do something."""
    question = question_in(text)
    action = _ACTION.search(question)
    if action:
        return Asked(question, action=action.group(1))
    if not question or offers(question):
        return Asked()
    label = label_of(question) or (CHOSE if _CHOICE.search(question) else "")
    closed = bool(label and label not in _ASK_FOR_A_VALUE and _YES_NO.search(question))
    return Asked(question, label, "", closed, bool(label and _STORY.search(question)))


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
            found = label or _TRAILING.sub("", match.group(1)).capitalize()
            if found.split()[0] not in _NO_LABEL:
                return found
    return ""


def offers(question: str) -> bool:
    """Return whether a question offers something, so that the answer to it is no fact."""
    return bool(_OFFERED.search(question))
