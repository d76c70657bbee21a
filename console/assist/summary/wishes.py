"""What the customer wants, as of now."""

import re
from collections.abc import Sequence
from typing import Final

from console.assist.summary.open_questions import answers
from console.assist.summary.wording import FEWEST_WORDS, PERSON, WIDTH, bare, in_line, is_said, tells
from console.conversation.assistance import SummaryKind, SummaryLine
from console.conversation.message import Author, Message

_DONE: Final = re.compile(
    r"\b(?:all (?:the help )?(?:that )?i (?:need|needed|want|wanted)|(?:need|want) (?:nothing|anything) else|"
    r"that'?s (?:all|it|everything)|that (?:is|will be|would be) all)\b",
    re.IGNORECASE,
)
"""What ends a conversation, and so is no wish."""
_WISH: Final = re.compile(
    r"\b(?:i(?:'d| would)? (?:really |just |only )?(?:want|need|like|prefer|expect|demand|insist)|"
    r"i(?:'m| am) (?:after|looking|hoping|trying)|"
    r"(?:can|could|would|will) (?:you|someone|somebody)|"
    r"(?:can|could|may|will) (?:i|we) (?!(?:even |still |really |ever )?(?:be|bring|do (?:it|that|this)|expect|find|"
    r"fit|have to|know|pay|see|tell|trust|use|wash|wear)\b)|"
    r"please (?:send|refund|cancel|change|book|call|replace|give|check|find|make|let|get|fix|stop|put|tell)|give me|"
    r"get me|send me|refund|money back|replacement|by (?:monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday|tomorrow)|"
    r"(?:speak|talk) to (?:a|an|the|your|someone|somebody)|(?<!n['’]t )(?<!not )(?:has|have|needs) to be)\b",
    re.IGNORECASE,
)
_DEMAND: Final = re.compile(
    r"\b(?:want|demand|expect|insist|refund|money back|replacement|(?<!n['’]t )(?<!not )(?:has|have|needs) to be|"
    r"by (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow))\b",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"^(?:(?:do|does|would|will|must|should) (?:i|we|it|that|they)|(?:wait,? )?(?:why|how come)|"
    r"(?:what|which|when|where|who|how)\b(?! (?:i|we) (?:want|need)))\b",
    re.IGNORECASE,
)
"""What only asks how things are, when, or why."""
_TO_BE_TOLD: Final = re.compile(
    r"\b(?:can|could|would|will) you (?:please |just |also |at least )?(?:tell|say|explain|check|find out|look|see|"
    r"confirm|compare|let (?:me|us) know|give (?:me|us) (?:\w+ ){0,2}(?:details?|information|directions?|advice))\b",
    re.IGNORECASE,
)
"""A wish that an answer fulfils."""
_WISHES_ON: Final = re.compile(r"^(?:by|refund|replacement|money)\b", re.IGNORECASE)
"""Wishes that are no sentence by themselves."""
_HANGING: Final = re.compile(r"^\W*(?:\w++\W+){1,5}(?:that|it|this|them)\W*$", re.IGNORECASE)
_CHOICE: Final = re.compile(
    r"^(?:the |a |my )?(?:money|refund|money back|replacement|exchange|repair|new one)(?: back)?(?:,? please)?\W*$",
    re.IGNORECASE,
)
"""A choice between what was offered, in a word or two."""


def wants(messages: Sequence[Message], known: Sequence[SummaryLine]) -> tuple[SummaryLine, ...]:
    """Return the newest wish that the issue does not say already: a demand before a mere request.

    Where the newest is a request that has been fulfilled, those before it are not taken up again.
    """
    wishes: list[tuple[str, str]] = []
    taken_up = answered = False
    for message in reversed(messages):
        taken_up = taken_up or message.role is Author.AGENT
        answered = answered or (message.role in {Author.AGENT, Author.BOT} and answers(message.text))
        if message.role is Author.CUSTOMER:
            for text in reversed(bare(message.text)):
                if _wishes(text) and not (taken_up and PERSON.search(text)):
                    told = answered and _TO_BE_TOLD.search(text)
                    wishes.append(("" if told else _from_wish(text), message.id))
    demands = [wish for wish in wishes if _DEMAND.search(wish[0])]
    for text, source in (demands or wishes)[:1]:
        line = SummaryLine(SummaryKind.WANTS, in_line(text), (source,))
        return () if not text or is_said(line.text, known) else (line,)
    return ()


def _wishes(text: str) -> bool:
    if _CHOICE.match(text):
        return True
    if _DONE.search(text) or _ASKS.match(text) or not tells(text):
        return False
    return len(text.split()) >= FEWEST_WORDS and bool(_WISH.search(text)) and not _HANGING.search(text)


def _from_wish(text: str) -> str:
    """Return a wish without what stands before it, where the whole is too long for a line."""
    wish = _WISH.search(text)
    return text[wish.start() :] if wish and len(text) > WIDTH and not _WISHES_ON.match(text[wish.start() :]) else text
