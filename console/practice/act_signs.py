"""What in the words of a sentence tells its act: signs for the head, and courtesies that stand beside another act.

Who apologises, promises, asks or has done something is recognised elsewhere already; here that is asked, not told anew.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from console.assist.courtesy import hears
from console.assist.greetings import without_greeting
from console.assist.ports import Vectors
from console.assist.questions import asked_in, label_of, offers
from console.assist.replies.tone import apologises, feels_with
from console.assist.summary.promises import is_no_commitment, promise_in
from console.conversation.deeds import claims_a_deed
from console.conversation.goodbyes import says_goodbye
from console.practice.acts import Act

FEWEST: Final = 2
"""Words that must follow a courtesy for it to be only the beginning of something else."""

_SHORT, _MIDDLE = 3, 8
"""Words up to which a sentence is short, and of middle length."""

_THANKS: Final = re.compile(
    r"\b(?:thanks|thank you|thx|cheers|much appreciated|(?:grateful|obliged)|(?:i|we)(?: really| do)? appreciate)\b",
    re.IGNORECASE,
)
_FORMULA: Final = re.compile(
    r"\bsorry\b\W{0,3}(?:but|no|(?:i|we|that|there|this)\b[^,.;]{0,30}(?:n['’]t|\bnot|\bcannot|\bno|\bunable))\b",
    re.IGNORECASE,
)
"""“Sorry, we don’t”: how a no begins, or that somebody did not understand."""
_LASTS: Final = re.compile(r"(?:within|in|takes?|up) ", re.IGNORECASE)
"""How long something takes in general, which nobody has promised."""
_WILL_NOT: Final = re.compile(
    r"\b(?:i|we)(?: will not|['’]ll not| won['’]t|(?:['’]m| am|['’]re| are) not going to)\b", re.IGNORECASE
)
_ANSWERS_THANKS: Final = re.compile(
    r"^\W*(?:you(?:['’]re| are) (?:very |most |so )?welcome|(?:(?:it['’]s|it is|it was) )?my pleasure|"
    r"no (?:problem|worries)|don['’]t mention it|(?:happy|glad) to help|any ?time)\b[\w ,]{0,20}\W*$",
    re.IGNORECASE,
)
_READS_BACK: Final = re.compile(
    r"^\W*(?:so,? |and |ok(?:ay)?,? |right,? )*(?:just (?:to (?:confirm|check|be (?:sure|clear)|make sure|recap)|"
    r"checking|double[- ]checking)|to (?:confirm|be sure|make sure|sum (?:it |this )?up|recap|be clear)|"
    r"let me (?:just )?(?:repeat|recap|sum|read (?:that|it|this) back|confirm|make sure|check (?:that )?i|"
    r"double[- ]check)|(?:can|could|may) i (?:just )?(?:confirm|double[- ]check|check that)|"
    r"if i(?:['’]ve| have)? (?:understand|understood|read|got|get)|"
    r"(?:am i|i am|i['’]m) (?:right|correct)|(?:did|do|have) i (?:get|got|understand|understood)\b|in other words|"
    r"is it (?:right|correct|true) that|i take it|what you(?:['’]re| are) saying|you mean\b)|"
    r"^\W*so,? (?:you|what you|that['’]s|your)\b|"
    r"\b(?:right|correct|yes|(?:is|are|do|does|did|have|has|was|were)n['’]t (?:it|you|they|that|he|she)|"
    r"(?:is|was) (?:that|this|it) (?:still )?(?:right|correct|so)|still (?:right|correct)|have i got that)\?\W*$",
    re.IGNORECASE,
)
"""How what was understood is read back, or asked about."""
_INTRODUCES: Final = re.compile(
    r"(?i:\b(?:my name(?:['’]s| is)|this is|you(?:['’]re| are) (?:through to|(?:speaking|chatting|talking) (?:to|with)|"
    r"with)|you(?:['’]ve| have) reached|welcome(?: back)?\b(?! to keep)|nice to meet|taking over from|i am|i['’]m))"
    r"(?i: (?:a|the|to|our|your|my|\w+))? ?(?:[A-Z]\w+|team|chat|colleague|person|human|you\b)|"
    r"(?:^|[,.!] ?)[A-Z]\w+(?: from [\w ]{2,30})? here\b|\b[A-Z]\w+ (?:speaking|here)\W*$"
)
"""How somebody says who is writing."""
_ADDRESSED: Final = re.compile(
    r"^(?:(?:M[rsi]{1,3}|Dr)\.? )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?(?:[,!.:–]+ ?| (?=and\b)|$)"
)
"""Whom a greeting is for."""
_HEAD: Final = re.compile(
    r"^(?P<head>[^,;:–!.?]{0,70}?)(?:[,;:–!]| and(?= (?:i|we|what|your|the|you|then|which)\b)| but(?= \w))+\s*"
    r"(?:but |and |so )?(?=\w)",
    re.IGNORECASE,
)
"""The first clause of a sentence, with what parts it from the rest."""

_DEEDS: Final = (
    r"(?:added|agreed|approved|arranged|asked|blocked|booked|cancell?ed|changed|cleared|closed|corrected|credited|deleted|"
    r"ended|escalated|extended|filed|fixed|forwarded|issued|logged|made|moved|noted|opened|ordered|paid|passed|placed|"
    r"processed|put|raised|refunded|released|removed|replaced|reserved|reset|restored|saved|scheduled|sent|set|"
    r"sorted|spoke|spoken|stopped|submitted|taken|took|told|unlocked|updated|upgraded|waived|written|wrote)"
)
"""Deeds of a desk."""
_WORDS: Final = tuple(
    re.compile(rule, re.IGNORECASE)
    for rule in (
        r"\?\W*$",
        r"!\W*$",
        r"^\W*(?:and |so |ok(?:ay)?,? )?(?:what|which|when|where|who|whom|whose|why|how)\b",
        r"^\W*(?:and |so |ok(?:ay)?,? )?(?:do|did|does|have|has|are|is|was|were) (?:you|it|the|your|there|they)\b",
        r"^\W*(?:and |so )?(?:could|can|would|will) you\b",
        r"\b(?:shall|should|may|can|could) (?:i|we)\b",
        r"\b(?:would you (?:like|prefer|rather)|do you want|if (?:you(?:['’]d)? (?:like|prefer|want|wish)|that "
        r"(?:helps|suits|works))|how about|what about|would (?:that|it) (?:help|work|suit)|(?:i|we) (?:can|could|would|"
        r"['’]d) (?:offer|suggest)|happy to|let me offer)\b",
        r"\blike (?:me|us) to\b|\bwant (?:me|us) to\b",
        r"^\W*(?:how|what) about\b|\bhow (?:does|do|would) .{2,40} sound|\bwould (?:\w+ ){1,6}(?:work|suit|help|be "
        r"(?:fair|ok|okay|all right|alright|better|enough))\b|\bfancy\b|\boption\b|\bprefer\b|\brather\b|\binstead\b",
        r"\b(?:can|could|may|shall|should) i\b(?! (?:have|get|ask|help|know|do)\b)",
        r"\b(?:i|we) (?:can|could)\b(?! ?not|['’])",
        r"\b(?:may|could|can|might) (?:i|we) (?:also |please |just )?(?:have|get|ask|know)\b",
        r"\b(?:i|we)(?:['’]d| would|['’]ll| will)? (?:just |also )?need\b",
        r"\bplease\b",
        r"^\W*(?:please|kindly)\b",
        r"^\W*(?:hold|press|open|take|turn|click|tap|go|use|check|make|unplug|plug|choose|select|wait|walk|drive|get)\b",
        r"\b(?:i|we)(?:['’]ll| will| am going| are going|['’]m going|['’]re going)\b",
        r"\b(?:will|won['’]t|going to|goes out)\b",
        r"\blet me\b|\b(?:one|a) (?:moment|second|minute)\b|\bbear with\b",
        r"\b(?:i|we)(?:['’]ve| have)(?: \w+){0,2} \w+(?:ed|en|nt|ut|ne|de|ld|d)\b",
        r"^\W*(?:\w+,? )?(?:i|we) (?:just |also |already |now )?\w+ed\b",
        r"\b(?:has|have) been\b|\b(?:is|are) (?:now |all |already )*(?:\w+ed|done|set|sent|sorted)\b",
        r"\b(?:success\w*|done|complete|completed|confirmed|booked|sorted|submitted|scheduled|reserved)\b",
        r"\b(?:can(?:no|['’]?)t|can not|unable|not able|not possible|impossible|won['’]t be possible|not allowed)\b",
        r"\b(?:not|no|none|nothing|never|nobody)\b|n['’]t\b",
        r"\b(?:unfortunately|afraid|regret\w*|sadly)\b",
        r"\b(?:fail\w*|unavailable|declined|refused|rejected|sold out|out of stock|unsuccessful|expired|too late|"
        r"excluded|not available)\b",
        r"\bsorry\b",
        r"\b(?:understand|imagine|frustrat\w+|upset\w*|annoy\w+|disappoint\w+|must (?:be|have)|right to|no wonder)\b",
        r"\b(?:anything|something|else|further|any (?:other|more)|everything)\b",
        r"\b(?:bye|goodbye|good bye|farewell|see you|take care|enjoy|wish\w*|regards)\b|"
        r"\bhave an? (?:\w+ )?(?:day|one|week\w*|evening|night|time|trip|ride|good|nice|great)\b",
        r"\b(?:hi|hello|hey|welcome|good (?:morning|afternoon|evening|day))\b",
        r"\b(?:my name is|my name['’]s|i am|i['’]m|this is) [A-Z]\w+|\bhere\W*$|\bspeaking\W*$",
        r"^\W*so\b|\byou (?:mean|said|want|wanted|ordered)\b",
        r"\b(?:don['’]t|do not|didn['’]t|did not|not sure)(?: quite| really)? (?:i )?(?:get|catch|follow|understand|"
        r"what you)\b|"
        r"\bwhat (?:do )?you(?: are)? (?:mean|asking)|\b(?:rephrase|clarify|other words)\b",
        r"\b(?:today|tonight|tomorrow|shortly|soon|by \w+day|within|until|(?:in|next) (?:a|the|\w+) "
        r"(?:few )?(?:minutes?|hours?|days?|weeks?))\b",
        r"\d",
        r"\byour?\b",
        r"\b(?:i|my|me)\b",
        rf"\b(?:i|we)(?:['’]ve| have)?(?: just| also| already| now)? {_DEEDS}\b",
        rf"\b(?:is|are|was|were|has been|have been|['’]s)(?: now| all| already)? {_DEEDS}\b",
        r"\b(?:i|we|a colleague|somebody|someone)(?:['’]m| am|['’]re| are| is)(?: just| now)? \w+ing\b",
        r"\b(?:we|it|that|this|the \w+|our \w+)(?: \w+)? (?:do|does|is|are|wo)(?:n['’]t| not)\b|\bonly\b",
        r"\b(?:what an?|such an?|how) (?!about|long|many|much|can|may|do|does)\w+|\b(?:awful|terrible|horrible|"
        r"dreadful|hard|tiring|scary|nuisance|pain|mess|bad luck|fed up|worr\w+|upsetting|stress\w+|nervous|angry|"
        r"cross|unpleasant|exhausting)\b",
        r"\b(?:luck|look after|journey|closing (?:this|the)|close (?:this|the)|ending (?:this|the) chat)\b",
        r"\b(?:our|my)(?: own)? (?:mistake|error|fault|doing|slip)\b|\b(?:mix-?up|messed|mess up|got (?:it|this|that) "
        r"wrong|should(?:n['’]t| not| never)? have|let you down|apolog\w+|regret)\b",
        _WILL_NOT.pattern,
        r"\b(?:we|our|us)\b",
    )
)


def does_nothing(text: str) -> bool:
    """Return whether a sentence only answers thanks, or says that something was heard: “ok”, “you’re welcome”."""
    if _ANSWERS_THANKS.match(text):
        return True
    return len(text.split()) <= _SHORT and hears(text) and not says_goodbye(text)


def reads_back(text: str) -> bool:
    """Return whether a sentence says what was understood, or asks whether that is right."""
    return _READS_BACK.search(text) is not None


def _offers(text: str) -> bool:
    return text.endswith("?") and (bool(asked_in(text).action) or offers(text))


def _promises(text: str) -> bool:
    found = promise_in(text)
    if found is None or _LASTS.match(found.group()) or _WILL_NOT.search(text):
        return False
    return not is_no_commitment(text) and not text.endswith("?")


def _introduces(text: str) -> bool:
    return _INTRODUCES.search(text) is not None


def _greets(text: str) -> bool:
    return without_greeting(text) != text.strip()


_READ: Final[Sequence[Callable[[str], bool]]] = (
    _greets,
    apologises,
    feels_with,
    _promises,
    claims_a_deed,
    _offers,
    says_goodbye,
    hears,
    lambda text: bool(label_of(text)),
    reads_back,
    _introduces,
    lambda text: bool(_THANKS.search(text)),
    lambda text: bool(_FORMULA.search(text)),
    lambda text: len(text.split()) <= _SHORT,
    lambda text: len(text.split()) <= _MIDDLE,
)

SIGNS: Final = len(_WORDS) + len(_READ)


def signs(pieces: Sequence[str]) -> Vectors:
    """Return one row of :data:`SIGNS` zeros and ones a sentence."""
    rows = [
        [*(rule.search(piece) is not None for rule in _WORDS), *(read(piece) for read in _READ)] for piece in pieces
    ]
    return np.array(rows, np.float32).reshape(len(pieces), SIGNS)


def courtesies(text: str) -> frozenset[Act]:
    """Return what a sentence says out of courtesy, whatever else it does: greets, thanks, is sorry, feels with."""
    thanks = _THANKS.search(text) is not None
    said = {
        Act.GREET: _greets(text),
        Act.THANK: thanks,
        Act.APOLOGISE: apologises(text) and not _FORMULA.search(text),
        Act.EMPATHISE: feels_with(text) and not thanks and not reads_back(text),
    }
    return frozenset(act for act, found in said.items() if found)


def parted(text: str) -> tuple[str, str]:
    """Return the courtesy that a sentence begins with, and the rest of it; no courtesy where it says nothing else."""
    bare = without_greeting(text)
    if bare != text:
        bare = _ADDRESSED.sub("", bare)
    head, rest = text[: len(text) - len(bare)], bare
    for _ in range(2):
        first = _HEAD.match(rest)
        if first is None or not (courtesies(first.group("head")) or _FORMULA.search(first.group())):
            break
        head, rest = head + first.group(), rest[first.end() :]
    return (head, rest) if head and len(rest.split()) >= FEWEST else ("", text)


def by_signs(text: str) -> Act | None:
    """Return what the words alone tell of a sentence's main act: what is left where no head can be asked."""
    told = (
        (Act.CONFIRM, reads_back(text)),
        (Act.ASK, bool(label_of(text)) and text.endswith("?")),
        (Act.OFFER, _offers(text)),
        (Act.ASK, text.endswith("?")),
        (Act.DONE, claims_a_deed(text)),
        (Act.PROMISE, _promises(text)),
        (Act.GOODBYE, says_goodbye(text) and not _THANKS.search(text)),
    )
    found = next((act for act, holds in told if holds), None)
    return found or next((act for act in Act if act in courtesies(text)), None)
