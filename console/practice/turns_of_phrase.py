"""Turns of phrase that are understood whatever the matter: asking for a yes, for a moment, for the story."""

import re
from collections.abc import Sequence
from typing import Final

from console.practice.acts import Act

Said = Sequence[tuple[str, frozenset[Act]]]
"""Sentences, each with what it does."""

CONSENT: Final = re.compile(
    r"\b(?:(?:shall|should|may) (?:i|we)|(?:would you like|do you want) (?:me|us) to|(?:is|would|does) (?:that|this|it)"
    r"(?: all| be| sound| work| suit| help| make| okay| ok| fine| alright|$)|(?:are you|would you be) (?:ok|okay|happy|"
    r"all right|fine|comfortable)|agreed|sound(?:s)? (?:good|ok|fair)|okay with|all right with|which (?:would|do) you "
    r"(?:like|prefer|rather)|what would you (?:like|prefer|rather))\b",
    re.IGNORECASE,
)
OPENING: Final = re.compile(
    r"\bhow (?:can|may|could) (?:i|we) (?:help|assist|be of)|what (?:can|may) (?:i|we) do for you|what seems to be|"
    r"what(?:['’]s| is) (?:the (?:problem|issue|matter)|it about|wrong)|(?:tell me|explain)\b.{0,30}\b(?:what happened|"
    r"from the (?:beginning|start)|the problem|the issue)",
    re.IGNORECASE,
)
_HOLD: Final = re.compile(
    r"\b(?:bear with me|(?:give|allow|grant) me (?:a|one|two|five)|(?:one|just a|a) (?:moment|second|minute)\b.{0,12}$|"
    r"hold on|are you able to (?:wait|hold)|can you (?:wait|hold)|still (?:there|with me))",
    re.IGNORECASE,
)
_SORRY: Final = re.compile(
    r"\A\W*(?:(?:so|very|really|oh|i['’]?m|we['’]?re|again|truly) )*sorry(?: again| about that)?\W*$",
    re.IGNORECASE,
)
_SIGNS: Final = {
    Act.GOODBYE: re.compile(
        r"\b(?:good ?bye|bye|take care|good ?night|all the best|enjoy|regards|speak soon|see you|look after yourself|"
        r"cheers|have an?|(?:nice|lovely|great|good|pleasant|safe) (?:day|evening|weekend|rest|trip|walk|time|journey|"
        r"travels)|thank(?:s| you) for (?:contacting|getting|writing|your (?:time|patience|call|message))|"
        r"good luck|happy \w+ing)\b",
        re.IGNORECASE,
    ),
    Act.REFUSE: re.compile(
        r"\b(?:can(?:no|['’]?)t|unable|afraid|unfortunately|impossible|not (?:able|possible|allowed|an option)|"
        r"no longer|"
        r"won['’]?t|too late|nothing (?:i|we) can|sorry,? (?:but|no)|no can do|"
        r"don['’]?t (?:do|offer|give|have)|no)\b",
        re.IGNORECASE,
    ),
    Act.ASK_MORE: re.compile(
        r"\b(?:(?:any|some)thing (?:else|more|further)|what else|any(?: more| other| further)? questions?|"
        r"else (?:i|we|you)|any other)\b",
        re.IGNORECASE,
    ),
    Act.APOLOGISE: re.compile(
        r"\b(?:sorry|apolog\w+|regret\w*|forgive|excuse|pardon|ashamed|careless of (?:us|me)|wrong of (?:us|me)|"
        r"(?:on|is) (?:us|me|ours|mine|entirely mine)\b|"
        r"(?<!your )(?<!your own )(?:mistake|error|fault|doing|slip)s?\b(?! of yours)|"
        r"(?:we|i)(?:['’]ve| have)? (?:\w+ )?(?:messed|let you down|failed|got (?:it|this|that) wrong|missed|"
        r"overlooked|forgot|misread|mixed|slipped)|(?<!you )should(?: never|n['’]t| not)? have|"
        r"was(?:n['’]t right| the wrong| wrong)|went wrong)",
        re.IGNORECASE,
    ),
    Act.EMPATHISE: re.compile(
        r"\b(?:underst\w+|imagine|feel\w*|frustrat\w+|annoy\w+|upset\w*|disappoint\w+|worr(?:y|ied|ying)|stress\w*|"
        r"scar(?:y|ed)|fright\w*|angry|cross|furious|madd\w+|nervous|anxious|tir(?:ed|ing)|exhaust\w+|painful|hurt\w*|"
        r"sad|sorry|awful|terrible|horrible|dreadful|nasty|rotten|unpleasant|uncomfortable|nuisance|pain|mess|shame|"
        r"pity|luck|rough|tough|hard|difficult|patien\w+|loss|condolences|must (?:be|have)|right|no wonder|of course|"
        r"poor (?:you|thing)|wears? (?:anyone|anybody|you)|no fun|counting on|looking forward|serious\w*|a lot|long|"
        r"too many|(?:i|we) (?:can )?(?:see|hear|know|tell|believe)|i['’]d|sounds?|what an?|matters?|deserv\w+|brave|"
        r"courage|blame yourself|not your fault|not alone|(?:nobody|no one|who) (?:should|wants?|would|likes?)|"
        r"should(?:n['’]t| not| never)|thank(?:s| you) for)\b",
        re.IGNORECASE,
    ),
}
"""Words without which a sentence does not take leave, say no, ask for more, say sorry or feel with anybody."""


_WAITS: Final = re.compile(
    r"\b(?:(?:one|just a|a|another|two|five|few) (?:moment|second|sec|minute|min)s?|bear with me|hold on|hang on|"
    r"let me (?:just |quickly )?(?:read|look|check|see|have a look)|"
    r"i(?:['’]m| am) (?:just |still )?(?:reading|looking|checking|on it))\b",
    re.IGNORECASE,
)
_LONGEST_WAIT: Final = 16
"""Words up to which a message can say no more than that somebody needs a moment."""


def only_waits(text: str) -> bool:
    """Return whether a message says no more than that its writer is there and needs a moment."""
    return len(text.split()) <= _LONGEST_WAIT and "?" not in text and bool(_WAITS.search(text))


def plain_acts(said: Said) -> Said:
    """Return what was said, without acts that the words do not bear out: one heard wrongly must not end a session.

    Only the last two sentences take leave, and none that greets; to ask for a moment is no question.
    """
    return [
        (sentence, acts - {Act.GOODBYE} if place < len(said) - 2 or Act.GREET in acts else acts)
        for place, (sentence, acts) in enumerate((sentence, _acts(sentence, acts)) for sentence, acts in said)
    ]


def _acts(sentence: str, acts: frozenset[Act]) -> frozenset[Act]:
    """Return what a sentence does: what ends a session has to stand in its words, and a moment is no question."""
    if _SORRY.match(sentence):
        return frozenset({Act.APOLOGISE})
    acts -= {act for act, sign in _SIGNS.items() if not sign.search(sentence)}
    return acts - {Act.ASK} | {Act.PROMISE} if _HOLD.search(sentence) else acts
