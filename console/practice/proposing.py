"""Whether a sentence puts something to who reads it, only states how things are, or cannot be meant as an offer. Pure.

How near a sentence comes to what settles a matter is told by its vector, which hardly tells an offer from a wish that
is said back, a case that is not this one, or a question for what was: that is told by its words, here.
"""

import re
from enum import Enum
from typing import Final


class Form(Enum):
    """How a sentence stands to what it speaks of."""

    PROPOSES = "proposes"
    """Somebody does it, will, or could; or the reader may have it, or is told to do it."""
    STATES = "states"
    """It says how things are."""
    NEVER = "never"
    """It asks for what was, says back what the reader wishes, speaks of what would be, or says that it need not be."""


_WOULD_BE: Final = re.compile(
    r"\b(?:would|could|might|should)(?:n[’']t| not)? (?:\w+ )?have (?:had|been|got|\w+ed)\b|"
    r"\bif (?:\w+ ){1,3}(?:were|was|had (?:been|\w+ed|had))\b|^\W*had (?:you|it|we|they|the)\b|\bif only\b|"
    r"\bif (?:\w+(?:[’']s)? ){1,2}(?:not? |a |an )?.{0,40}\byou would\b",
    re.IGNORECASE,
)
"""What would be or would have been, if things stood otherwise."""
_IF_I_WERE: Final = re.compile(r"\bif (?:i were you|it (?:were|was) (?:me|mine|my \w+))\b,?", re.IGNORECASE)
"""How advice begins."""
_WISH: Final = re.compile(
    r"^\W*(?:so |and |i (?:see|understand|know) (?:that )?|of course )*you(?:[’']d| would)(?: \w+)? "
    r"(?:like|love|prefer|rather)\b(?! me\b| us\b)|"
    r"^\W*(?:so |and |i (?:see|understand|know) (?:that )?)*you(?:[’']re| are)?(?: \w+)? "
    r"(?:want(?:ed|ing)?|wish(?:ed)?|ask(?:ed|ing)? for|hop(?:e|ed|ing)|expect(?:ed|ing)?|were (?:told|"
    r"promised)|need(?:ed)?)\b",
    re.IGNORECASE,
)
"""What the reader wants, said back to them."""
_WAS_IT: Final = re.compile(
    r"^\W*(?:so |and |but |or |first |then )*(?:did|have|has|had|was|were) (?:you|he|she|it|they|the|your|our|"
    r"my|that|this|"
    r"somebody|anybody|someone|anyone|any|a|an)\b[^?]*\?\W*$",
    re.IGNORECASE,
)
"""A question for what was."""
_NEED_NOT: Final = re.compile(
    r"\b(?:need(?:n[’']t| not)|don[’']t (?:need|have) to|no need to) (?:\w+ )?"
    r"(?:call|phone|ring|talk|speak|write|ask|contact|go)\b(?![^.;]*\balone\b)|"
    r"\b(?:no|not an?|isn[’']t an?|nothing) (?:matter|case|thing|question|job) for\b|"
    r"\b(?:can(?:[’']?t|not)|won[’']t|couldn[’']t) (?:do|help)\b|^\W*(?:no|neither|none) (?:of )?\w+|\bsays? no\b",
    re.IGNORECASE,
)
_FREE: Final = (
    r"\b(?:free|on us|at (?:no|our) (?:cost|charge|expense)|for nothing|without (?:charge|cost)|no (?:charge|cost)|"
    r"(?:cost|costs|pay|pays) (?:you )?nothing|(?:wo|do|does)n[’']t (?:cost|have to pay|pay)|nothing to pay|"
    r"(?:is|are) yours|back to you)\b"
)
_WE_DO: Final = (
    r"\b(?:i|we)(?:[’']m|[’']re|[’']ll|[’']ve|[’']d| am| are| will| have| can| could| may| would)?"
    r"(?: (?:just|also|now|already|gladly|then|simply|even|happily|both|like to|going to|able to)){0,2} "
    r"(?!(?:is|are|will|can|could|may|would|'ve|see|know|think|hope|guess|wish|believe|imagine|feel|am|was|were|"
    r"have (?!swiftfoot|the|our|a|my|it)|had|need|understand|sorry|afraid|sure|glad|"
    r"happy|aware|said|told|read|not|never|no|mean|get it|follow|appreciate|doubt|remember|wonder|do|did|don[’']?t|"
    r"seen|understood|a|an|the|here|there|with|one|and|or|but|at|in|so)\b)[a-z]+"
)
_YOU_GET: Final = (
    r"\b(?:you(?:[’']ll| will| can| may| could| might)|you (?:get|decide|have our|hear|receive|collect|keep|"
    r"swap|exchange|"
    r"just|simply|pay nothing|don[’']t pay)|(?:get|gets|goes|go|comes?|is|are) (?:back )?to (?:you|your))\b"
)
_ASKS_LEAVE: Final = (
    r"\b(?:let me|let[’']s|(?:shall|may|can|could|should) (?:i|we)|how about|what (?:if|about)|"
    r"would (?:it|that) (?:help|be|suit|work)|would you (?:like|prefer|rather|take|mind)|do you want (?:me|us)|"
    r"(?:may|could|can|might|shall) (?:a|an|our|my|the|somebody|one)\b|could you (?:get|borrow|take|use|fetch))"
)
_MOVES: Final = (
    r"\b(?:on (?:its|their|the) way|(?:goes|go|going|sent|comes?|coming) (?:out|back|off|in the post|straight|"
    r"to|with|by|as)|"
    r"(?<!was )(?<!were )(?:leaves?|leaving|starts?|returns?|ends?|waits?|returned|refunded|reserved|redirected|"
    r"released|credited|cancelled|"
    r"withdrawn|replaced|delivered|approved|exchanged|repaired|mended|ordered|put aside|set up|opened|covered|"
    r"belongs?)\b(?! (?:on|in) (?:monday|tuesday|may|june)))\b"
)
_OTHERS: Final = (
    r"\b(?:colleagues?|lead|manager|team|desk|carrier|courier|somebody|someone|person|people|complaints|he|she|"
    r"they|who)\b"
    r"[^.;?]{0,40}?\b(?:will|can|(?:is|are) \w+ing|(?:has|have) been asked|(?:is|are) (?:now )?(?:responsible|"
    r"in charge)|"
    r"takes?|calls?|rings?|looks?|writes?|contacts?|goes|go|gets?|see to|sees to|deals? with|answers?|asks?|"
    r"lets? you|tells?|"
    r"names?|brings?|joins?|makes?|carry|carries|checks?|reviews?|speaks?|informs?|arranges?|helps?)\b"
)
_VERBS: Final = (
    r"(?:call|ring|phone|get|take|borrow|send|swap|exchange|keep|use|hand|put|leave|ask|push|bring|refuse|go|"
    r"stop|wait|"
    r"pay|choose|collect|return|pick|save|lend|forget|read|give|tell|write|let|block|skip|accept|reject|hold|"
    r"fetch|start|find)"
)
_DO_IT: Final = (
    rf"^\W*(?:(?:please|just|first(?: of all)?|then|now|so|and|or|my tip|done|maybe)\W+)*{_VERBS}\b(?! (?:is|"
    rf"are|was|were)\b)|"
    rf"[,;:–] (?:(?:please|just|then|and|or) )*{_VERBS}\b(?! (?:is|are|was|were)\b)|\b(?:please|has to|have to|"
    rf"best) (?:\w+ )?{_VERBS}\b"
)
_FORECAST: Final = re.compile(
    r"\b(?:(?:i|we) (?:promise|guarantee|expect)(?: you)?(?: that)?\b|"
    r"(?:will|should|['’]ll) (?:\w+ly )?(?:be with you|be there|arrive|reach you))\b",
    re.IGNORECASE,
)
"""When something comes, which offers nothing; and how that is promised."""
_REFERS: Final = re.compile(r"\b(?:it|them|that|this|those|these|one|she|he|they)\b", re.IGNORECASE)
"""Words for what the sentence before spoke of."""
_PUTS: Final = re.compile("|".join((_FREE, _WE_DO, _YOU_GET, _ASKS_LEAVE, _MOVES, _OTHERS, _DO_IT)), re.IGNORECASE)


def form_of(text: str, sentence: str = "") -> Form:
    """Return how a sentence stands to what it speaks of; or ``text``, a part of ``sentence``."""
    plain = _IF_I_WERE.sub(" ", text)
    if any(rule.search(plain) for rule in (_WISH, _WAS_IT, _NEED_NOT)):
        return Form.NEVER
    if _WOULD_BE.search(_IF_I_WERE.sub(" ", sentence or text)):
        return Form.NEVER
    return Form.PROPOSES if _PUTS.search(_FORECAST.sub(" ", text)) else Form.STATES


def takes_up(first: str, second: str) -> bool:
    """Return whether the second sentence proposes what only the first one names (“I'm getting them”)."""
    proposes = form_of(first) is not Form.NEVER and form_of(second) is Form.PROPOSES
    return proposes and _REFERS.search(second) is not None
