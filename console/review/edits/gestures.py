"""What one person does to another in a text, beside the matter: by the shape of a sentence, not by a list of feelings.

Exclaiming, saying how it looks from the other side, speaking of one's own mind, finding fault, a word or two that stand
by themselves; and asking for what was ordered. Shapes are few, and feelings are many. Pure.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from rapidfuzz import fuzz

from console.assist.mood.reading import word_valence
from console.assist.sentences import texts
from console.review.edits.signs import about_us, facts, strong

LIKE: Final = 55
"""Likeness (0 to 100, whatever the order of the words) from which a sentence asks for what another one ordered."""

FELT: Final = 0.5
"""Valence from which a word is one of feeling, whatever it is said of."""

_SHAPES: Final = tuple(
    re.compile(rule, re.IGNORECASE)
    for rule in (
        # exclaims
        r"(?:^|[,:–-] )what an? [^?]*$|(?:^|[,:–-] )how (?:very |truly |absolutely )?\w+(?: of you)?!",
        # says how it looks or feels
        r"\b(?:that|this|it|things?) (?:does |did |must |may |all |really )*"
        r"(?:sounds?|sounded|feels?|felt|seems?|seemed|look(?:s|ed)? (?:as|like|very|so|pretty|quite))\b|"
        r"\bthat must (?:have been|have felt|be|feel|come as)\b",
        # speaks of the writer's own mind
        r"\b(?:i|we)(?:['’](?:d|ve)| do| did| really| totally| fully| quite| must| can| have to| would| truly|"
        r" sincerely| only| just| also)* "
        r"(?:wish|hope|admit|grant|confess|feel|fear|love|hate|imagine|know|reali[sz]e|understand|appreciate|"
        r"agree|sympathi[sz]e|bet|guess|get (?:why|how|that|it))\b|\b(?:get|see) (?:why|how) \w+",
        r"\b(?:i|we)(?:['’](?:m|re)| am| are|['’]ll be| will be)(?: (?:so|really|very|rather|quite|truly|all|a bit|"
        r"ever so|genuinely|terribly|deeply|just|always|only too|more than)\b)+ (?!sure|able|likely|full|far|close|"
        r"near)\w+|\b(?:i|we)(?:['’](?:m|re)| am| are) (?:glad|sad|happy|grateful|thankful|proud|excited|thrilled|"
        r"delighted|touched|embarrassed|ashamed|gutted|relieved|pleased|shocked|sorry)\b|\blook(?:ing)? forward\b",
        # finds fault
        r"\byou(?:['’]re| are| were) (?:too|confusing|mistaken|wrong|mixing|being|not (?:reading|listening|paying))\b|"
        r"\byour (?:\w+ ){1,2}(?:is|was|are|were|makes?) (?:un\w+|ridiculous|absurd|wrong|nonsense|no sense|baseless|"
        r"silly)\b|^\W*that(?:['’]s| is) (?:wrong|nonsense|not true)\b|\byou (?:ought to|should (?:really|at least))\b",
    )
)
_ALONE: Final = re.compile(r"^\W*[^\W\d_]+(?:['’-][^\W\d_]+)?(?: [^\W\d_]+)?\s*[.!]+\W*$")
"""A sentence of a word or two."""
_BEFORE: Final = re.compile(
    r"^\W*([^\W\d_]+(?:['’-][^\W\d_]+)?(?: [^\W\d_]+(?:['’][^\W\d_]+)?){0,2})[,:!] (?!\w+(?:,| and\b| or\b))"
)
"""Up to three words that stand before the sentence itself, where no list begins."""
_JOINING: Final = re.compile(
    r"^(?:if|when|once|in|on|at|to|for|from|with|without|until|by|while|as|since|because|although|though|however|also|"
    r"otherwise|instead|either|both|now|there|here|most|some|all|first|second|third|then|next|after|before|last|"
    r"finally|so|and|or|but|under|over|during|where|whether|unless|not|\w+ly|\w+ing|(?:the|a|an|your|our|my|this|that|"
    r"these) \w+.*)\b",
    re.IGNORECASE,
)
"""What joins a sentence to others, or says when, where and how."""

_ORDERS: Final = re.compile(
    r"^\W*(?:(?:just|then|first|now|simply|always|never) )?(?!(?:i|you|he|she|it|we|they|this|that|these|those|there|"
    r"here|what|which|who|how|when|where|why|if|and|or|but|so|as|let|is|are|was|were|do|does|did|has|have|had|will|would|"
    r"can|could|may|might|must|shall|should|not|no|all|both|each|\w+ing|\w+ly)\b)[a-z]{2,}(?<!s) "
    r"(?:(?:it|me|us|them|up|down|out|off|back|the|a|an|your|our|my|that|this|both|all)\b)",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"\?|\b(?:would|could|might|may i|can i|can you|if (?:you|it|we|that)|please|kindly|suggest|feel free)\b",
    re.IGNORECASE,
)


def gestures(text: str) -> Counter[str]:
    """Return the words by which a text turns to whoever reads it, in lower case, and how often each stands there."""
    return Counter(words.lower() for sentence in texts(text) for words in _of(sentence))


def asked(suggested: str, sent: str) -> tuple[str, ...]:
    """Return what was ordered and is asked for now, or the other way round."""
    before, after = texts(suggested), texts(sent)
    return (*_asked(before, after, "+"), *_asked(after, before, "−"))


def _of(sentence: str) -> Iterator[str]:
    for shape in _SHAPES:
        if match := shape.search(sentence):
            yield match.group().strip(" ,:–-")
    if facts(f"x {sentence.lower()}") or strong(sentence):
        return
    if _ALONE.match(sentence):
        yield sentence.strip(" .!")
    elif (match := _BEFORE.match(sentence)) and not _JOINING.match(match[1]) and not _ORDERS.match(sentence):
        yield match[1]
    if about_us(sentence):
        valence, words = word_valence(sentence)
        if abs(valence) >= FELT:
            yield from words


def _asked(before: Sequence[str], after: Sequence[str], sign: str) -> Iterator[str]:
    """Yield each sentence of the second text that asks for what one of the first, which is gone, ordered."""
    gone, come = ([s for s in side if s not in other] for side, other in ((before, after), (after, before)))
    for order in gone:
        if _ORDERS.match(order) and not _ASKS.search(order):
            near = max(come, key=lambda other: fuzz.token_set_ratio(order.lower(), other.lower()), default="")
            if _ASKS.search(near) and fuzz.token_set_ratio(order.lower(), near.lower()) >= LIKE:
                yield f"{sign}{near}"
