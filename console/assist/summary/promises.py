"""What was promised, and by whom."""

import re
from collections.abc import Sequence
from typing import Final

from console.assist.sentences import texts
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


def promised(messages: Sequence[Message], most: int = 2) -> tuple[SummaryLine, ...]:
    """Return what was promised and by whom, the newest so many."""
    lines: list[SummaryLine] = []
    for message in messages:
        if message.role not in {Author.BOT, Author.AGENT}:
            continue
        for text in (clause for sentence in texts(message.text) for clause in _CLAUSES.split(sentence)):
            promise = promise_in(text)
            if promise and not text.endswith("?") and not _EMPTY_PROMISE.search(text):
                said = in_line(_clause_at(text, promise.start()))
                line = SummaryLine(SummaryKind.PROMISED, f"{speaker(message)}: {said}", (message.id,))
                if not is_said(line.text, lines):
                    lines.append(line)
    return tuple(lines[-most:])


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
