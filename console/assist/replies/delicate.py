"""What is not said back to an insult, nor where something is dangerous: cheer to the one, sales talk to the other.

Such a reply makes it worse however well it fits otherwise, so it is left out, not put last.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from console.assist.flags import abuse
from console.assist.replies.candidate import Candidate
from console.assist.replies.tone import opens_breezily
from console.assist.talk import Talk

_SAFETY: Final = re.compile(r"safety|danger|injur|recall|(?:^|-)(?:gas|fire)(?:-|$)")
"""How policies on what may hurt somebody are called, the product's and companies' own."""

_CHEER: Final = re.compile(
    r"!|[😀😃😄😁😊🙂☺😉😎🥳🎉✨🌟👍❤]|(?<!\w)[:;]-?\)|"
    r"\b(?:(?:have|enjoy) (?:a|your|the|this) (?:\w+ )?(?:day|weekend|evening|trip|time)|(?:happy|glad|delighted|"
    r"pleased) to|"
    r"how (?:can|may) i help|(?:good|great|wonderful|exciting) news|thank you for (?:shopping|choosing|contacting|"
    r"reaching)|"
    r"welcome|cheers|enjoy)\b",
    re.IGNORECASE,
)
_SOURCE: Final = re.compile(
    r"\b(?:gas|stoves?|burners?|canisters?|cartridges?|fuel|flames?|lanterns?|heaters?|batter(?:y|ies)|chargers?|"
    r"cookers?|"
    r"power ?banks?)\b",
    re.IGNORECASE,
)
_HAZARD: Final = re.compile(
    r"\b(?:hiss\w*|leak\w*|flar(?:e|es|ed|ing)|smell\w*|stinks?|fumes?|smok(?:e|es|ed|ing|y)|spark\w*|fires?|"
    r"burn(?:s|ed|t|ing)?|"
    r"explo\w+|bang(?:ed)?|pop(?:s|ped)?|swollen|swell\w*|bulg\w+|overheat\w*|too hot|very hot|melt\w*|carbon monoxide|"
    r"dizzy|(?:in|inside) (?:the|a|my|our) (?:tent|van|hut|car|porch|bedroom)|indoors|dangerous|safe(?:ly|ty)?|unsafe|"
    r"(?:won['’]?t|will not|does(?:n['’]?t| not)) (?:turn|shut|switch|go) (?:off|out))\b",
    re.IGNORECASE,
)
_SELLS: Final = re.compile(
    r"\b(?:final[- ]sale|on sale|returns?|returned|refund\w*|exchange\w*|money back|warranty|prices?|costs?|"
    r"discount\w*|voucher|"
    r"in stock|our range|recommend\w*|suggest (?:the|our|a)|best[- ]?sellers?|popular|you (?:might|may|would|"
    r"['’]d) (?:also )?"
    r"(?:like|love)|upgrade|buy|buying|purchase|replacement|reship|delivery|sizes?)\b|£ ?\d",
    re.IGNORECASE,
)
_SAFE: Final = re.compile(
    r"\b(?:stop using|(?:do not|don['’]t|never) (?:use|light|cook|keep|try|touch|charge)|move away|open (?:a|"
    r"the) window|"
    r"emergency|999|112|safe(?:ty|ly)?|everybody (?:is )?(?:all right|ok)|hurt|turn (?:it|the \w+) off|unplug)\b",
    re.IGNORECASE,
)


def without_harm(candidates: Iterable[Candidate], talk: Talk) -> Iterator[Candidate]:
    """Yield the candidates but for those that would make it worse, as of what the customer wrote last."""
    insulted, grave = is_insult(talk), is_danger(talk)
    for candidate in candidates:
        cheerful = _CHEER.search(candidate.text) or opens_breezily(candidate.text)
        sells = _SELLS.search(candidate.text) and not _SAFE.search(candidate.text)
        if not (insulted and cheerful) and not (grave and (sells or cheerful)):
            yield candidate


def is_insult(talk: Talk) -> bool:
    """Return whether the customer's newest words are abuse."""
    return abuse.POLICY in talk.flagged or bool(abuse.insult(talk.last_customer_text))


def is_danger(talk: Talk) -> bool:
    """Return whether the customer's newest words are of something that may hurt somebody."""
    said = talk.last_customer_text
    return any(map(_SAFETY.search, talk.flagged)) or bool(_SOURCE.search(said) and _HAZARD.search(said))
