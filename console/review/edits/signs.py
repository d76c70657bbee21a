"""The words that tell why a text was changed: facts, tone, promises. Pure; lists that anybody can read and extend."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from console.assist.sentences import texts

_MONTHS: Final = (
    r"january|february|march|april|june|july|august|september|october|november|december|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tonight|tomorrow|yesterday|noon|midnight"
)
_COUNTS: Final = (
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|forty|fifty|"
    r"sixty|hundred|dozen"
)
_FACT: Final = re.compile(rf"[£$€]?\w*\d(?:[\w.,:/-]*\w)?%?|\b(?:{_MONTHS}|{_COUNTS})\b", re.IGNORECASE)
_NAME: Final = re.compile(r"(?<=[\w,;:’'] )(?!I\b)[A-Z][\w-]+")
_GREETED: Final = re.compile(
    r"^\W*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b(?: (?:mr|mrs|ms|dr)\.?)?(?: [A-Z][\w-]*)?",
    re.IGNORECASE,
)
_SIGNED: Final = re.compile(r"\b(?:regards|wishes|cheers|sincerely)\b[,\s]*[A-Z]?[\w ]*\W*$", re.IGNORECASE)

_TONE: Final = re.compile(
    r"\b(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|sorry|apolog\w+|please|kindly|thanks?|thank you|"
    r"unfortunately|sadly|(?:i['’]m )?afraid|regret\w*|appreciate\w*|understand(?:able|ably)?|frustrat\w+|annoy\w+|"
    r"disappoint\w+|inconvenience|happy to|glad|pleased|delighted|lovely|wonderful|great|good news|welcome|regards|"
    r"best wishes|cheers|take care|no worries|don['’]t worry|of course|absolutely|let me know|anything else|feel free|"
    r"just write|have a (?:nice|good|lovely|great)|would you mind|could you|can you|would you|"
    r"if that is okay|if you like|"
    r"you (?:must|have to|need to)|as (?:already )?said|calm down|your (?:own )?fault|obviously|clearly|hope|i see\b)|"
    r"[\U0001f300-\U0001faff\u2600-\u27bf]|!",
    re.IGNORECASE,
)
_MANNER: Final = tuple(
    re.compile(rule, re.IGNORECASE)
    for rule in (
        # asks instead of ordering
        r"\b(?:may|might|could|can) i (?:just |please |kindly )?(?:ask|have|trouble)\b|"
        r"\bwould it be (?:possible|okay|ok|all right)\b|"
        r"\bif you (?:don['’]t|do not|wouldn['’]t) mind\b|\bwhen(?:ever)? (?:it suits you|you (?:have|get|"
        r"find) (?:a|the) "
        r"(?:minute|moment|chance|time))\b|\bat your convenience\b|\bbe so (?:kind|good)\b",
        # feels with the customer
        r"\b(?:must|can) (?:be|have been|feel|get) (?:\w+ ){0,2}(?:hard|tough|nuisance|pain|shock|worr\w+|"
        r"upset\w*|stress\w*|"
        r"tiring|exhausting|unpleasant|awkward|disheartening|tedious|rotten|let-?down)\b|"
        r"\bi (?:(?:do|really|fully|completely) )?(?:wish|realise|realize|sympathi[sz]e|know (?:this|that|"
        r"how|it)|hear you|"
        r"can imagine|feel for you)\b|\bwhat an? (?:\w+ )?(?:relief|shame|pity|pain|nuisance|mess|joy)\b|"
        r"\b(?:nobody|no one) (?:should|deserves|likes|wants)\b|\b(?:a )?let-?down\b|\bnuisance\b|"
        r"\bnot what (?:you|we) (?:wanted|want|expect\w*|hoped)\b|\bbear(?:ing)? with (?:me|us)\b|"
        r"\b(?:your )?patien(?:ce|tly)\b",
        # owns up, without a word on what the company owes
        r"\b(?:my|our) (?:mistake|bad|error|oversight|slip)\b|\bshould(?:n['’]t| not| never)? have (?:been|happened|"
        r"seen|caught|told|had)\b|\b(?:that|this)(?: one)?(?:['’]s| is| was) on (?:me|us)\b|\blet you down\b",
        # finds fault with the customer
        r"\byou (?:(?:clearly|simply|just|obviously) )?(?:did(?:n['’]t| not)|have(?:n['’]t| not)|failed to|"
        r"forgot|ignored|"
        r"overlooked|entered the wrong|(?:have )?mis\w+|got it wrong|should have|were told)\b|"
        r"\b(?:not|none of) our (?:problem|concern|business)\b|\b(?:like|as) (?:i|we)(?:['’]ve|"
        r" have)? (?:told|said|wrote|"
        r"explained|mentioned)\b|\bread (?:the|my|our) \w+ (?:again|properly|first)\b",
        # is glad, and wishes well
        r"\b(?:brilliant|fantastic|excellent|perfect|superb|congratulations|well done|hooray|yay|phew|"
        r"(?:you['’]re |you are )?"
        r"in luck)\b|\b(?:enjoy|have fun|safe (?:travels?|journey|trip)|good luck|all the best|happy \w+ing|bon voyage|"
        r"get well|fingers crossed)\b",
        # talks as among friends
        r"\b(?:yeah|yep|yup|nope|nah|gonna|wanna|gotta|ain['’]t|mate|buddy|pal|guys|folks|dude|ok(?:ay)?|"
        r"no biggie|kinda|"
        r"sir|madam|ma['’]am)\b",
    )
)
"""How something is put, beside single words."""
_PERSONAL: Final = re.compile(
    r"\b(?:i|we|me|us|my|our)\b(?! (?:open|close|send|sell|offer|need|ship|deliver|have|keep)\b)|"
    r"\byou(?:['’]re| are)? (?!(?:can|need|get|find|have|must|will|may|should|only|receive|just|also|choose|"
    r"go)\b|['’])",
    re.IGNORECASE,
)
"""Speaks of who writes or who reads, and not of what is to be done."""
_SMILE: Final = re.compile(r"(?<!\w)[:;]-?[)(DP](?!\w)|\^\^|<3")
_DEFERS: Final = re.compile(
    r"\b(?:check\w*|review\w*|decid\w*|assess\w*|investigat\w*|examin\w*|clarif\w*|plan(?:s|ned)?|intend\w*|"
    r"aims?|often|"
    r"some|most\w*|usual\w*|whether|depend\w*|until|look(?:s|ed|ing)? (?:at|into)|ask(?:s|ed|ing)?|"
    r"request\w*|hop(?:e|es|ing)|"
    r"(?:a|the|our|my) (?:\w+ )?(?:team|lead|manager|doctor|lawyer|solicitor|specialist)|"
    r"not (?:the one|able|allowed|for me|up to)|(?:cannot|can['’]?t) (?:say|speak|advise|promise|tell|judge))\b",
    re.IGNORECASE,
)
"""Leaves to later, to others or to chance what was said flatly."""
_SHOUTED: Final = re.compile(r"\b[A-Z]{2,}\b")
_LOUD: Final = 3
"""Letters from which a word in capitals is shouted; “IT” and “US” are none by themselves."""

_STRONG: Final = re.compile(
    r"\b(?:guarantee\w*|promis\w+|definitely|certainly|surely|for (?:sure|certain)|no matter what|my word|"
    r"make sure|100 ?%|"
    r"in any case|always|never|every|completely|entirely|absolutely|fully|in full|full (?:sum|amount|refund|price)|"
    r"without (?:any )?questions?|at the latest|for life|forever|nobody else|at once|right (?:now|away)|immediately)\b|"
    r"\b(?:free of charge|(?:at|for) no (?:extra )?(?:cost|charge)|for free|on the house|waiv\w+|"
    r"discount\w*|voucher|goodwill|"
    r"compensat\w+|entitled|liab\w+|responsib\w+|our (?:own )?fault|to blame|negligen\w+|by law|"
    r"legal(?:ly)?|your rights?)\b|"
    r"\b(?:i|we)(?:['’]ve| have)? (?:just )?(?:approved?|refund(?:ed)?|replaced?|pay|paid|cover(?:ed)?|"
    r"credit(?:ed)?|grant(?:ed)?|"
    r"cancel(?:led)?|delete[d]?)\b|\b(?:i am|i['’]m|we are|we['’]re) (?:refunding|replacing|paying|"
    r"crediting|covering|sending)\b|"
    r"\bhas (?:been (?:approved|refunded|granted|accepted|paid)|gone through)\b|"
    r"\b(?:will|won['’]t|shall)\b|['’]ll\b|\b(?:is|are) (?:refunded|replaced|credited)\b",
    re.IGNORECASE,
)
_HEDGE: Final = re.compile(
    r"\b(?:should|may|might|could|can|usually|normally|typically|generally|mostly|estimated|expected|aims?|try|tries|"
    r"hopefully|likely|probably|approximately|up to|subject to|whether|ask my|each case|made to|"
    r"as a rule|if possible|most|(?:if|once|unless|provided|depends?|depending)|(?:has|"
    r"have) been (?:requested|passed|reported)|"
    r"(?:ha(?:s|ve) )?(?:asked|applied) for|ask for|pass(?:ed|ing)?(?: (?:it|this|that|the \w+))? (?:on )?to|"
    r"(?:for|up to) (?:\w+ ){1,3}(?:to decide|team)|decides?|being looked at|looking (?:at|into)|look (?:at|into)|"
    r"can['’]t (?:say|promise)|cannot (?:say|promise))\b",
    re.IGNORECASE,
)
_CONDITION: Final = re.compile(
    r"\b(?:(?:as|so) long as|provided(?: that)?|providing|on (?:the )?condition|unless|subject to|except|"
    r"at (?:our|the \w+['’]s) discretion|only (?:if|when|once|after|before|until|up to|for|with|where)|"
    r"within (?:the|its|their) (?:\w+ ){1,2}(?:period|time|window)|"
    r"(?:before|until|after) (?:the )?(?:deadline|cut-?off)|"
    r"(?:a|the) (?:\w+ )?(?:fee|charge|surcharge|deposit|excess) (?:applies|is|of|for)|"
    r"proof of|(?:are|is|was|were)(?: not|n['’]t)? (?:only )?"
    r"(?:allowed|permitted|eligible|entitled|charged|excluded))\b",
    re.IGNORECASE,
)
"""On what condition something is done, for whom and until when, and what it costs."""


def facts(text: str) -> Counter[str]:
    """Return the numbers, amounts, days and names of a text; whom it greets and who signs it are none of them."""
    plain = _SIGNED.sub("", _GREETED.sub("", text))
    found = [match.group().lower() for match in _FACT.finditer(plain)]
    return Counter([*found, *(name for sentence in texts(plain) for name in _NAME.findall(sentence))])


def tone(text: str) -> Counter[str]:
    """Return the words of greeting, apology, politeness and feeling, and how often each stands there."""
    found = [*_TONE.finditer(text), *(match for rule in _MANNER for match in rule.finditer(text))]
    return Counter(match.group().lower() for match in found)


def about_us(words: str) -> bool:
    """Return whether words that were put in or taken out speak of who writes or reads, as an aside does."""
    return bool(_PERSONAL.search(words) or _SMILE.search(words))


def shouted(text: str, quietly: str) -> tuple[str, ...]:
    """Return the words that a text shouts and another one says; codes and short names are not told apart otherwise."""
    loud = dict.fromkeys(_SHOUTED.findall(text))
    if not loud:
        return ()
    said = set(re.findall(r"\b\w+\b", quietly)) - set(_SHOUTED.findall(quietly))
    plain = {word.lower() for word in said}
    found = tuple(word for word in loud if word.lower() in plain)
    return found if any(len(word) >= _LOUD for word in found) else ()


def calmed(text: str, words: Iterable[str]) -> str:
    """Return a text that says these words instead of shouting them."""
    for word in words:
        text = re.sub(rf"\b{word}\b", word.lower(), text)
    return text


def strong(text: str) -> list[str]:
    """Return the words that bind the company."""
    return [match.group().lower() for match in _STRONG.finditer(text)]


def hedges(text: str) -> list[str]:
    """Return the words that leave it open."""
    return [match.group().lower() for match in _HEDGE.finditer(text)]


def deferrals(text: str) -> list[str]:
    """Return the words that leave something to later, to others or to chance."""
    return [match.group().lower() for match in _DEFERS.finditer(text)]


def conditions(text: str) -> Counter[str]:
    """Return the words that set a condition, a limit or a fee."""
    return Counter(match.group().lower() for match in _CONDITION.finditer(text))
