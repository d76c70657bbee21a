"""What the customer's words do in the conversation, where that decides what fits as an answer. Read, not compared."""

import re
from typing import Final

LONGEST_GOODBYE: Final = 40
"""Words up to which thanks can be all that a message says."""

_THANKS: Final = re.compile(
    r"\b(?:thanks?|thank you|thx|cheers|ta|much obliged|bye|goodbye|take care|appreciate[ds]?|grateful|"
    r"that(?:['’]?s| is) (?:all|everything|it)|all (?:good|sorted|done|set)|(?:very|really|so) (?:kind|helpful)|"
    r"(?:a|my) (?:star|hero|legend|lifesaver)|brilliant|perfect|lovely|wonderful|great stuff|fair enough|"
    r"(?:been|were|was|are) (?:a |of )?(?:great|good|helpful|lovely|kind|brilliant|alright|all right|more help)|"
    r"have a (?:good|nice|great|lovely))\b",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"\?|\b(?:can|could|would|will) (?:you|i|we)\b|\bplease (?!and thank)|\bi (?:still )?(?:need|want)\b|"
    r"\b(?:what|when|how|where|why|which|who) (?:about|do|does|did|is|are|will|can|should|if|happens|much|long)\b|"
    r"\bbut\b(?!.*\b(?:thank|better)).*\b(?:not|still|never|n['’]t)\b",
    re.IGNORECASE,
)


def says_goodbye(text: str) -> bool:
    """Return whether the customer thanks or takes their leave, and asks for nothing more."""
    return len(text.split()) <= LONGEST_GOODBYE and bool(_THANKS.search(text)) and not _ASKS.search(text)
