"""Whether a customer asks to be put through to a person: in many wordings, with typing errors, in several languages.

It is no wish for one to tell of a person (“your agent said”), to ask for one to visit, or to want none.
"""

import re
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

from console.assist.recognise.words import words_of
from console.assist.sentences import texts

LONGEST_READ: Final = 2_000
"""Characters that are read of a message; nobody asks for a person further down."""

_VOCABULARY: Final = words_of(
    """
    human person people somebody someone anybody anyone agent manager supervisor representative operator advisor
    adviser colleague specialist speak talk transfer escalate customer service please real actual
    """
)
_BY_START: Final = {word[0]: sorted(w for w in _VOCABULARY if w[0] == word[0]) for word in _VOCABULARY}
_ENGLISH: Final = words_of(
    """
    persons humans agents managers operate operated operates talks talked speaks spoke serviced services customers
    persona peoples special manage managed reply relay steak spear talc tale tall talking speaking transferred
    escalated escalating personal personally humane pleased release pleasure reel reals
    """
)
"""Words of their own that are near one of the vocabulary."""

_SHORTEST: Final = 4
_LONG: Final = 8
"""Letters from which on two errors are allowed."""

_ADJECTIVES: Final = (
    r"(?:(?:a|an|any|the|your|some|one|of|another|an?other|real|actual|live|living|proper|human|"
    r"different|senior|bloody|fucking|damn|friendly|competent|customer|service|services|support|care|team|flesh)[ -])*+"
)
_WHO: Final = (
    r"(?:human(?: being)?s?|being|person|people|somebody|someone|anybody|anyone|agent|manager|supervisor|"
    r"representative|rep|operator|advis[oe]r|colleague|specialist|boss|superior|staff|employee|team lead(?:er)?|"
    r"member of staff|customer services?|support team|your team|who can (?:decide|help|change|do))\b"
)
_SPEAK: Final = (
    r"(?:speak(?:ing)?|talk(?:ing)?|chat(?:ting)?|spk|tlk|write|connect(?:ed)? me|put me (?:through|on)|"
    r"pass me(?: on)?|transfer(?:red)?(?: me| this)?|escalate(?: me| this| it)?|hand me(?: over)?|hook me up|"
    r"get (?:me )?in touch|switch me|direct me|forward me|refer me)"
)
_WANT: Final = (
    r"(?:want|need|wanna|demand|request|require|would like|['’]d like|d like|prefer|would prefer|['’]d prefer|"
    r"rather have|get me|get|give me|bring me|find me|fetch me|send me|let me have|"
    r"can (?:i|we) (?:please )?(?:have|get)|"
    r"could (?:i|we) (?:please )?(?:have|get)|may i have|is there|are there|isn['’]?t there)"
)
_ASKS: Final = tuple(
    re.compile(rule, re.IGNORECASE)
    for rule in (
        rf"\b{_SPEAK},? (?:please )?(?:to|with|over to|through to|up to)? ?{_ADJECTIVES}{_WHO}",
        rf"\b{_WANT},? (?:please )?(?:to (?:have|get|see) )?{_ADJECTIVES}{_WHO}(?! (?:at|of) (?:the )?(?:door|home))",
        rf"^\W*(?:please |pls |no[,.]? |just |ok[,.]? |for gods? sake\W+|for god's sake\W+)*{_ADJECTIVES}{_WHO}"
        r"(?:,? (?:please|pls|plz|now|asap|today|for me))*\W*$",
        rf"\b(?:can|could|will|would|may|might) {_ADJECTIVES}{_WHO},?(?: (?:please|maybe|actually|there|here))?"
        r"(?: who [\w ]{1,30}?)?(?: please)? (?:(?:please|just|finally) )?(?:call|ring|phone|contact|help|read|answer|"
        r"take (?:over|this|care)|look|deal|talk|speak|reply|write|get back|step in|sort|check|assist|join|explain|"
        r"respond)\b",
        r"\b(?:i(?:['’]m| am) not|(?:i )?(?:don['’]?t|do not) (?:want|wish|like)(?: to)?|stop|no more|tired of|sick of|"
        r"fed up with|done|enough of|hate|refuse to)(?: (?:talk(?:ing)?|speak(?:ing)?|chat(?:ting)?|deal(?:ing)?|"
        r"argu(?:e|ing)|writ(?:e|ing))(?: (?:to|with))?)?(?: (?:a|an|the|this|your|that|these|stupid|useless|dumb|to|"
        r"with))* (?:chat ?bots?|bots?|robots?|machines?|computers?|ai|automated \w+|algorithms?)\b",
        r"^\W*(?:please,? )?no (?:chat ?bots?|bots|robots?|machines|ai)\b",
        r"\b(?:human|person|agent|manager|supervisor|operator|representative)[,!. ]+(?:please|pls|plz|now)\b",
        r"\bsomebody who can (?:decide|help|change|do)|\bsomeone who can (?:decide|help|change|do)|"
        r"\bis (?:anybody|anyone|somebody|someone) (?:real|human)\b|\bany (?:humans?|real people|people) "
        r"(?:there|here|around|available)\b|\b(?:real|actual|live) (?:human|person|agent)s? (?:please|now|pls)\b|"
        r"\b(?:could|can|may|will) (?:i|you) (?:please )?(?:be )?(?:put|passed|transferred|connected)(?: me)? "
        r"(?:through|on|over)?(?: to)?\b|\bput me through\b|\bput me (?:on )?to\b|\bcall me back\b|\bring me back\b",
        r"\b(?:where|who) (?:is|are) (?:the |your )?(?:humans?|real people|manager)\b",
        # other languages: German, French, Spanish, Portuguese, Italian, Dutch, Polish, Swedish, Norwegian, Danish
        r"\b(?:einen?m? (?:echten? )?(?:menschen?|mitarbeiter(?:in)?|person|berater(?:in)?|"
        r"ansprechpartner(?:in)?|kollegen)"
        r"|mit (?:jemandem|jemand|einer? (?:echten )?person|ihrem chef)(?: \w+){0,3} (?:sprechen|reden|schreiben)|"
        r"(?:menschen|mensch|mitarbeiter|vorgesetzten?),? bitte|echten menschen)\b",
        r"\b(?:(?:parler|discuter|passer|échanger|mettre en (?:relation|contact))(?: \w+)? ?(?:à|a|avec|au)? "
        r"(?:quelqu['’]un|une? (?:vraie? )?(?:personne|humaine?|conseill(?:er|ère)|agent|responsable|opérateur))|"
        r"(?:une? )?(?:humain|conseiller|vraie personne|être humain|responsable)"
        r"(?:,? (?:svp|s['’]il (?:vous|te) plaî?t))|"
        r"quelqu['’]un parle|je (?:veux|voudrais|souhaite) (?:un|une) (?:humain|conseiller|personne|responsable))\b",
        r"\b(?:(?:hablar|comunicarme|contactar|pasarme|páseme|paseme)(?: \w+)? (?:con|a) (?:una? |el |la )?"
        r"(?:persona|humano|agente|alguien|operador|asesor|encargado|supervisor|representante)|"
        r"(?:persona real|un humano|una persona|un agente),? por favor|quiero (?:una persona|un humano|un agente))\b",
        r"\b(?:falar com (?:uma? |o |a )?(?:pessoa|humano|atendente|alguém|agente|gerente)|"
        r"(?:atendente|pessoa|humano),? por favor)\b",
        r"\b(?:parlare con (?:una? |un['’]|il |la |qualcuno)? ?(?:persona|umano|operatore|operatrice|qualcuno|agente|"
        r"responsabile)?|(?:operatore|persona),? per favore|voglio (?:una persona|un operatore|un umano))\b",
        r"\b(?:(?:met )?(?:een |echte? ){0,3}(?:medewerker|mens|persoon|iemand)(?: van vlees en bloed)? "
        r"(?:spreken|praten|aan de lijn)|(?:spreken|praten) met (?:een )?(?:echte? )?"
        r"(?:medewerker|mens|persoon|iemand)|"
        r"(?:medewerker|mens),? (?:alstublieft|graag|aub))\b",
        r"\b(?:(?:porozmawiać|rozmawiać|rozmowa|połączyć|polaczyc|porozmawiac) z (?:kimś|człowiekiem|czlowiekiem|"
        r"konsultantem|pracownikiem|osobą)|(?:konsultanta|człowieka|czlowieka),? (?:proszę|prosze))\b",
        r"\b(?:(?:prata|tala|snakke?|tale) med (?:en |ett |et )?(?:riktig |ekte |rigtigt? )?(?:människa|person|någon|"
        r"menneske|noen|nogen|medarbetare|handläggare|kundeservice|medarbejder))\b",
    )
)
_NOT: Final = tuple(
    re.compile(rule, re.IGNORECASE)
    for rule in (
        r"\b(?:visit|in[- ]store|in the (?:shop|store)|walk in|see in person|meet|behind the counter|"
        r"at (?:the|your) (?:shop|store|branch|till|desk|counter))\b",
        r"\b(?:don['’]?t|do not|no|without|never|not|needn['’]?t) (?:\w+ ){0,3}?(?:need|want|having|have|necessary) "
        r"(?:to (?:speak|talk) (?:to|with) )?(?:a |an |any |the |another |to )?(?:human|person|people|agent|manager|"
        r"supervisor|representative|operator|somebody|someone)\b",
        r"\b(?:to|can|will|could|would) (?:sign|collect|receive|accept|pick|take delivery|"
        r"be (?:in|home|there|at home))\b",
        r"\b(?:delivery|wrong|other|next|first|last|same|second|third|young|old|best) (?:person|agent|people)\b|"
        r"\bper person\b|\bin person\b|\b(?:for|two|three|four|six|eight|\d+)[- ]?(?:people|person|persons)\b|"
        r"\b(?:human|person|agent|people)['’]s\b|\btravel agent|\bestate agent|\bcleaning agent|\bproject manager|"
        r"\b(?:size|height|weight|shape|body) (?:of a )?(?:person|human)",
        r"\b(?:are|is) (?:you|this|it|that) (?:a |an |really |even |actually )*(?:real |actual |live )?"
        r"(?:human|person|bot|robot|agent|someone|somebody)\b(?!.{0,40}\b(?:want|need|get|let)\b)",
        r"\bam i (?:\w+ ){0,2}?(?:talking|speaking|chatting|writing|texting|connected|dealing)(?: here| now)? (?:to|"
        r"with)\b"
        r"(?!.{0,60}\b(?:want|need|get|let|give|put)\b)",
        r"\b(?:present|gift|buy|buying|bought|for (?:someone|somebody|another person)|got it (?:for|from))\b",
    )
)
"""What only looks like it; asked of the sentence that does."""

_TOLD: Final = re.compile(
    r"\b(?:i|we|he|she|my \w+)(?:['’]ve| have|['’]d| had)? (?:already )?(?:spoke|spoken|talked|chatted|been talking|"
    r"been speaking) (?:to|with)\b|\b(?:agent|manager|person|supervisor|representative|colleague|somebody|someone|"
    r"advis[oe]r|human) (?:said|told|promised|assured|was|had|has|who (?:said|told|sold|came|delivered|served|"
    r"was))\b",
    re.IGNORECASE,
)
"""What tells of somebody; it is no wish by itself, and does not hide one in the same sentence that says “want”."""

_WISHES: Final = re.compile(
    r"\b(?:want|need|wanna|would like|['’]d like|demand|please|pls|can (?:i|you|we|someone|somebody)|could (?:i|you|we|"
    r"someone|somebody)|let me|get me|put me|give me)\b",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[a-z]{4,20}")


def asks_for_person(text: str) -> str:
    """Return the customer's words that ask for a person, the sentence they stand in; empty where none do."""
    for sentence in texts(text[:LONGEST_READ]):
        read = _spelled(sentence)
        if not any(rule.search(read) for rule in _ASKS):
            continue
        if any(rule.search(read) for rule in _NOT) or (_TOLD.search(read) and not _WISHES.search(read)):
            continue
        return sentence
    return ""


def _spelled(text: str) -> str:
    """Return a sentence in lower case with typing errors in the words that matter here put right."""
    return _WORD.sub(lambda match: _right(match.group()), text.lower())


def _right(word: str) -> str:
    near = _BY_START.get(word[0], ())
    if len(word) < _SHORTEST or word in near or word in _ENGLISH:
        return word
    for known in near:
        allowed = 0 if len(known) <= _SHORTEST else 2 if len(known) >= _LONG else 1
        if allowed and DamerauLevenshtein.distance(word, known, score_cutoff=allowed) <= allowed:
            return known
    return word
