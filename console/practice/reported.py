"""Whether words are somebody else's: what the customer expected, what the bot or a page told them. Pure.

To say such words back promises nothing; who makes them their own (“as you were told”, “and that is right”) does.
"""

import re
from typing import Final

_ADVERB: Final = (
    r"(?:(?:only|also|just|had|have|were|may|might|must|probably|obviously|surely|first|already|been|even) )*"
)
_OURS: Final = r"(?:the |our |that |this )?(?:bot|robot|page|site|website|article|e-?mail|message|advert|invoice)"
_REPORT: Final = re.compile(
    # what the customer had in mind, and what they were told
    rf"(?<!as )(?<!like )\byou(?:['’]d|['’]ve|['’]re)? {_ADVERB}(?:expect(?:ed|ing)|hop(?:ed|ing)|thought|thinking|"
    r"believed|assumed|understood|reckoned|counted on|counting on|wanted|took it|told|promised|assured|informed|"
    r"led to \w+|read|heard|wrote|said|(?:given|under) the impression|quoted)\b|"
    # what others told them, and what stands where nobody speaks; who says “my lead said so” makes it their own
    r"(?<!as )\b(?!(?:my|i) )(?:\w+) (?:(?:seems?|appears?) to )?(?:had |have |has )?(?:wrongly |once |first )?"
    r"(?:told|promised|assured|gave) you\b|"
    rf"(?<!as )\b{_OURS} (?:wrongly |clearly )?(?:wrote|writes|said|says|stated|states|claimed|claims|guarantees|"
    r"guaranteed|suggests|suggested|promises|promised)\b|"
    r"\bi (?:can )?(?:read|see|saw)(?: it)? (?:above|in the chat|there|here) that\b",
    re.IGNORECASE,
)
"""Begins what somebody else said or had in mind."""

_OWN: Final = re.compile(
    r"\b(?:is|was|['’]s|are) (?:\w+ )?(?:true|right|correct|so)\b(?<!n['’]t so)(?<!not so)|\b(?:rightly|correctly)\b|"
    r"\bwe (?:promised|guaranteed) (?:that|it)\b|\b(?:still|indeed) (?:holds|stands|true)\b|"
    r"\b(?:i|we)(?:['’]ll| will| can)? (?:promise|guarantee|confirm|agree|keep (?:to )?that|stand by)\b",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(
    r"[;:–—]\s|,\s+(?:and|but|so|yet)\s+|\s(?:but|however)\s|"
    r"\s(?:and|so)\s+(?=(?:i|we|you|it|they|that|the)(?:['’]ll|['’]re|['’]m|['’]ve)?\s)|,\s+(?=(?:i|we)\b)",
    re.IGNORECASE,
)
"""Where somebody goes on in words of their own."""


def is_reported(piece: str, sentence: str) -> bool:
    """Return whether a part of a sentence, or all of it, tells what somebody else said or expected."""
    found = _REPORT.search(sentence)
    if found is None or _OWN.search(sentence):
        return False
    begins = sentence.find(piece)
    end = _ENDS.search(sentence, found.end())
    until = end.start() if end else len(sentence)
    return begins < until and begins + len(piece) > found.start()
