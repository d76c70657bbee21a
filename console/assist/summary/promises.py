"""What was promised, and by whom."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from console.assist.recognise.entities import canonical, entities
from console.assist.recognise.patterns import Kind
from console.assist.sentences import texts
from console.assist.slots import spelled_date
from console.assist.summary.wording import CLAUSE_END, WIDTH, in_line, is_said, speaker
from console.conversation.assistance import SummaryKind, SummaryLine
from console.conversation.message import Author, Message

_PROMISE: Final = re.compile(
    r"\b(?:(?:i|we)(?:['’]ll| will| can promise| promise| guarantee|['’]re going to| are going to)|guaranteed?|"
    r"will be (?:with you|delivered|sent|refunded|credited|replaced|fixed|repaired|sorted|resolved|cancelled|"
    r"dispatched)|"
    r"(?<!since )(?<!because )(?<!as )(?<!when )(?<!once )(?<!until )(?<!if )"
    r"(?:you|it|this|they|that|your (?:\w+ ){1,3}|the (?:\w+ ){1,3})(?:['’]ll| ?will) (?:\w+ )?"
    r"(?:receive|get|hear|arrive|reach|come|have|be (?:with|there|here|back|ready|on its way|free|able))|"
    r"(?:i|we)(?:['’]ve| have) (?:\w+ )?(?:arranged|ordered|refunded|sent|booked|requested|opened|asked|"
    r"escalated|passed|issued|credited|cancelled|changed|released|set)|"
    r"(?:it|they|the \w+|£[\d.,]+) goes? (?:out|back|off)|"
    r"(?<!was )estimated for|(?:within|in|takes up to|up to) (?:up to )?(?:\d+|one|two|three|four|five|six|seven|ten) "
    r"(?:to \w+ )?(?:(?:working|business) days?|hours?|weeks?)|"
    r"(?:leaves|ships|goes out) (?:today|tomorrow|tonight|this|by)|"
    r"(?:i|we)['’ ]?(?:a?m|a?re) (?:posting|sending|asking|booking|refunding|releasing)|it['’]?s ordered)\b",
    re.IGNORECASE,
)
_CLAUSES: Final = re.compile(r"; ")
_COMMITS: Final = re.compile(
    r"\b(?:i|we|they)(?:['’](?:ll|ve|m|re)| will| can| have| am| are| promise| guarantee)\b|"
    r"\byou(?:['’]ll| will) (?!(?:usually|normally|typically|generally)\b)\w+|\b(?:guarantee|promise)|\bcolleague\b|"
    r"\bwill be (?:with you|delivered|sent|refunded|credited|replaced|fixed|repaired|sorted|resolved|cancelled|"
    r"dispatched)\b|\b(?:is|are|has been|have been) (?:now )?(?:approved|refunded|reserved|released|credited|replaced|"
    r"booked|ordered|waived)\b",
    re.IGNORECASE,
)
"""Somebody here who takes something upon them, or has done it."""
_HEDGED: Final = re.compile(
    r"\b(?:usually|normally|typically|generally|on average|as a rule|in most cases|approximately|roughly)\b",
    re.IGNORECASE,
)
"""What makes a time the usual one, and nobody's word."""
_ABILITY: Final = re.compile(
    r"^\W*(?:(?:hi|hello|well|ok(?:ay)?|and|but|so|yes)\W+)*(?:i|we)(?: can|['’]m able to| am able to|['’]m here to|"
    r" am here to)"
    r" (?:only )?(?:help|assist|support)\b",
    re.IGNORECASE,
)
"""What somebody can do in general, as a menu says it."""
_PASSES_ON: Final = re.compile(
    r"\b(?:let me|i(?:['’]m| am|['’]ll| will)|we(?:['’]re| are))(?: just| now)? (?:pass(?:ing)?|bring(?:ing)?|"
    r"hand(?:ing)?|"
    r"connect(?:ing)?|transfer(?:ring)?|put(?:ting)?) (?:(?:you|in|over|on|this|through|up|to|with) ){1,4}"
    r"(?:a|an|my|our|another|the|one of our) (?:[\w’'-]+ ){0,2}(?:colleagues?|person|human|team)"
    r"(?: who can (?:help|assist|tell|answer)\b[^,;]*)?\W*$",
    re.IGNORECASE,
)
"""What the hand-over itself fulfils."""
_DUE: Final = re.compile(r"\bdue\b", re.IGNORECASE)
_TIMED: Final = re.compile(r"\b(?:today|tonight|tomorrow|by \w+day|within|minutes?|hours?|days?)\b", re.IGNORECASE)
_EMPTY_PROMISE: Final = re.compile(
    r"\b(?:help you|assist|look into|check(?: that| this)?(?: for you)?|be happy|be glad|need (?:to|"
    r"your)|try to|let you know|get back|one moment|find (?:that|it|a)|a colleague|bringing in|"
    r"hand(?:ing)? (?:you )?over|in touch)\b",
    re.IGNORECASE,
)
_EXPLAINS: Final = re.compile(r"^(?:but |and |so )?(?:if|unless|in case)\b", re.IGNORECASE)
_OURS: Final = re.compile(
    r"\b(?:i|we)(?:['’](?:ll|m|re)| will| can| am| are)\b|\byou['’]ll\b|\bwill be\b", re.IGNORECASE
)
"""Somebody here who will do something; what only is to be done in some case is no promise."""
_WHO: Final = re.compile(r"\b(?:i|we|you|it|they|this|that|he|she|the|your|our)\b", re.IGNORECASE)
"""Who does something, or what happens to what: a clause without it does not stand alone."""
_WHO_WITHIN: Final = 25
"""Characters from the beginning of a clause within which it says who."""


def promised(messages: Sequence[Message], most: int = 2, informed: Collection[str] = ()) -> tuple[SummaryLine, ...]:
    """Return what was promised and by whom, the newest so many.

    Messages of ``informed`` only tell what a source says: of them what somebody takes upon them counts, and no times.
    """
    lines: list[SummaryLine] = []
    found = reported(messages)
    for message in messages:
        if message.role not in {Author.BOT, Author.AGENT}:
            continue
        for text in (clause for sentence in texts(message.text) for clause in _CLAUSES.split(sentence)):
            promise = promise_in(text)
            if is_no_commitment(text, message.id in informed or tells_of(text, found)):
                continue
            if promise and not text.endswith("?") and not _EMPTY_PROMISE.search(text):
                said = in_line(_clause_at(text, promise.start()))
                line = SummaryLine(SummaryKind.PROMISED, f"{speaker(message)}: {said}", (message.id,))
                if not is_said(line.text, lines):
                    lines.append(line)
    return tuple(lines[-most:])


def is_no_commitment(text: str, informs: bool = False) -> bool:
    """Return whether a sentence, though it may name a time, takes nothing upon anybody.

    It is the usual time, what can be done in general, a hand-over, or, where it ``informs``, what a source says.
    """
    if _ABILITY.match(text) or (passes_on(text) and not _TIMED.search(text)):
        return True
    return bool(informs or _HEDGED.search(text)) and not _COMMITS.search(text)


def passes_on(text: str) -> bool:
    """Return whether a sentence does no more than pass somebody on to a colleague."""
    return _PASSES_ON.search(text) is not None


def reported(messages: Sequence[Message]) -> frozenset[str]:
    """Return the days that look-ups of a conversation name, each in one form."""
    return frozenset(day for message in messages if message.role is Author.SYSTEM for day in _days(message.text))


def tells_of(text: str, looked_up: frozenset[str]) -> bool:
    """Return whether a sentence says when something is due, and every day in it stands in what was looked up."""
    days = _days(text) if looked_up and _DUE.search(text) else frozenset[str]()
    return bool(days) and days <= looked_up


def _days(text: str) -> frozenset[str]:
    return frozenset(
        canonical(replace(e, text=spelled_date(e.text.rstrip(".")))) for e in entities(text) if e.kind is Kind.DATE
    )


def promise_in(text: str) -> re.Match[str] | None:
    """Return where a sentence promises something; ``None`` where it does not, or only says what to do in some case."""
    if _EXPLAINS.match(text) and not _OURS.search(text):
        return None
    return _PROMISE.search(text)


def _clause_at(text: str, place: int) -> str:
    """Return a text that is too long for a line from the clause on that holds ``place``; another one as it is.

    A clause that does not say who does it brings the one before it along.
    """
    if len(text) <= WIDTH:
        return text
    ends = [match.end() for match in CLAUSE_END.finditer(text, 0, place)]
    telling = [end for end in ends if _WHO.search(text, end, end + _WHO_WITHIN)]
    return text[(telling or ends)[-1] :].lstrip(" ,:;") if ends else text
