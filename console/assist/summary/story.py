"""What the conversation is about: the issue, what is wanted, what was tried and promised, what is open."""

import re
from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz

from console.assist.flags.rules import steers
from console.assist.sentences import texts
from console.conversation.assistance import SummaryKind, SummaryLine
from console.conversation.message import Author, Message
from console.text import shorten

WIDTH: Final = 90
"""Characters of a line of the story; longer sentences are cut at a word."""

_FEWEST_WORDS: Final = 4
_MANY_WORDS: Final = 6
_ALIKE: Final = 80

_GREETING: Final = re.compile(
    r"^(?:(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|greetings|hiya|yo|dear \w+)\b(?: "
    r"there| again| everyone| everybody)?[\s,.!]*)+"
    r"(?:(?:how are you(?: doing)?(?: today)?|how(?:'s| is) it going)[\s?.!]*)?",
    re.IGNORECASE,
)
_CHATTER: Final = re.compile(
    r"^(?:thanks|thank you|ok|okay|yes|no|sure|great|cool|my name is|i am \w+$|i'?m \w+$|it'?s \w+$|"
    r"(?:is|are) (?:anyone|anybody|someone|you) there|can you hear me|(?:can|could) (?:you|someone|"
    r"anyone|i get some) (?:please )?help(?: me)?\W*$|i need (?:some )?help\W*$|not this again)\b",
    re.IGNORECASE,
)
_PROBLEM: Final = re.compile(
    r"\b(?:not|\w+n['’]?t|never|no|late|lost|missing|broken|faulty|wrong|damaged|problem|issue|error|"
    r"charged|stolen|failed|stuck|help|"
    r"need|want|like to|looking for|order|refund|return|cancel|book|change|where|how|can i|could you|can you)\b",
    re.IGNORECASE,
)
_WISH: Final = re.compile(
    r"\b(?:i(?:'d| would)? (?:really |just |only )?(?:want|need|like|prefer|expect|demand|insist)|"
    r"i(?:'m| am) (?:after|looking|hoping|trying)|"
    r"(?:can|could|would|will) (?:you|i|we|someone|somebody)|please (?:send|refund|cancel|change|book|"
    r"call|replace|give|check|find|make|let|get|fix|stop|put|tell)|give me|"
    r"get me|send me|refund|money back|replacement|by (?:monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday|tomorrow)|"
    r"(?:speak|talk) to (?:a|an|the|your|someone|somebody)|(?:has|have|needs) to be)\b",
    re.IGNORECASE,
)
_DEMAND: Final = re.compile(
    r"\b(?:want|demand|expect|insist|refund|money back|replacement|(?:has|have|needs) to be|"
    r"by (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow))\b",
    re.IGNORECASE,
)
_HANGING: Final = re.compile(r"^\W*(?:\w++\W+){1,5}(?:that|it|this|them)\W*$", re.IGNORECASE)
_PROMISE: Final = re.compile(
    r"\b(?:(?:i|we)(?:'ll| will| can promise| promise| guarantee)|(?:you|it|this|they|your \w+|the "
    r"\w+|that)(?:'ll| will)|guaranteed?|will be (?:with you|there|here|delivered|sent|refunded|credited|back)|"
    r"(?:i|we)(?:'ve| have) (?:\w+ )?(?:arranged|ordered|refunded|sent|booked|requested|opened|asked|"
    r"escalated|passed|issued|credited))\b",
    re.IGNORECASE,
)
_EMPTY_PROMISE: Final = re.compile(
    r"\b(?:help you|assist|look into|check(?: that| this)?(?: for you)?|be happy|be glad|need (?:to|"
    r"your)|try to|let you know|get back|one moment|find (?:that|it|a)|a colleague|bringing in|"
    r"hand(?:ing)? (?:you )?over|in touch)\b",
    re.IGNORECASE,
)
_TRIED: Final = re.compile(
    r"\b(?:try|please (?:use|try|check|click|follow|visit|go|restart|reset|enter|open|make|contact|"
    r"see|wait|choose)|you can|see (?:the|our)|link|here is|"
    r"have you (?:tried|checked)|follow|reset|restart|article|page|unfortunately|i(?:'m| am) (?:sorry|"
    r"afraid)|transfer|sent)\b",
    re.IGNORECASE,
)


def issue(messages: Sequence[Message]) -> tuple[SummaryLine, ...]:
    """Return what the customer first came with: their first sentence that says something, fixed from then on."""
    weak: list[tuple[str, str]] = []
    for message in [m for m in messages if m.role is Author.CUSTOMER][:4]:
        candidates = [t for t in _bare(message.text) if len(t.split()) >= _FEWEST_WORDS and not _CHATTER.match(t)]
        strong = [t for t in candidates if _PROBLEM.search(t) or len(t.split()) >= _MANY_WORDS]
        if strong:
            return (SummaryLine(SummaryKind.ISSUE, shorten(strong[0], WIDTH), (message.id,)),)
        weak += [(text, message.id) for text in candidates]
    return tuple(SummaryLine(SummaryKind.ISSUE, shorten(text, WIDTH), (source,)) for text, source in weak[:1])


def wants(messages: Sequence[Message], known: Sequence[SummaryLine]) -> tuple[SummaryLine, ...]:
    """Return the newest wish that the issue does not say already: a demand before a mere request."""
    wishes = [
        (text, message.id)
        for message in reversed(messages)
        if message.role is Author.CUSTOMER
        for text in reversed(_bare(message.text))
        if len(text.split()) >= _FEWEST_WORDS and _WISH.search(text) and not _HANGING.search(text)
    ]
    demands = [wish for wish in wishes if _DEMAND.search(wish[0])]
    for text, source in (demands or wishes)[:1]:
        line = SummaryLine(SummaryKind.WANTS, shorten(text, WIDTH), (source,))
        return () if _said(line.text, known) else (line,)
    return ()


def tried(messages: Sequence[Message]) -> tuple[SummaryLine, ...]:
    """Return what the bot and colleagues tried, at most two lines; what they repeated stands once, counted."""
    groups: list[tuple[Message, str, list[str]]] = []
    for message in messages:
        if message.role not in {Author.BOT, Author.AGENT}:
            continue
        said = [t for t in texts(message.text) if _TRIED.search(t) and not t.endswith("?") and not _PROMISE.search(t)]
        if not said or (message.role is Author.AGENT and not _handed_over(messages)):
            continue
        for first, text, ids in groups:
            if first.role is message.role and fuzz.ratio(text, said[0]) >= _ALIKE:
                ids.append(message.id)
                break
        else:
            groups.append((message, said[0], [message.id]))
    groups.sort(key=lambda g: -len(g[2]))
    lines = []
    for first, text, ids in groups[:2]:
        times = f" ×{len(ids)}" if len(ids) > 1 else ""
        lines.append(SummaryLine(SummaryKind.TRIED, f"{_who(first)}: {shorten(text, WIDTH)}{times}", tuple(ids[:3])))
    return tuple(lines)


def promised(messages: Sequence[Message]) -> tuple[SummaryLine, ...]:
    """Return what was promised and by whom, the two newest."""
    lines: list[SummaryLine] = []
    for message in messages:
        if message.role not in {Author.BOT, Author.AGENT}:
            continue
        for text in texts(message.text):
            if not text.endswith("?") and _PROMISE.search(text) and not _EMPTY_PROMISE.search(text):
                line = SummaryLine(SummaryKind.PROMISED, f"{_who(message)}: {shorten(text, WIDTH)}", (message.id,))
                if not _said(line.text, lines):
                    lines.append(line)
    return tuple(lines[-2:])


def still_open(messages: Sequence[Message], known: Sequence[SummaryLine]) -> tuple[SummaryLine, ...]:
    """Return the customer's newest question that nobody has answered."""
    for message in reversed(messages):
        if message.role in {Author.AGENT, Author.BOT}:
            break
        if message.role is Author.CUSTOMER:
            asked = [t for t in _bare(message.text) if t.endswith("?") and len(t.split()) > 2]  # noqa: PLR2004
            lines = [SummaryLine(SummaryKind.OPEN, shorten(t, WIDTH), (message.id,)) for t in asked[-1:]]
            return tuple(line for line in lines if not _said(line.text, known))
    return ()


def _bare(text: str) -> list[str]:
    """Return the sentences of a message without greetings at their head, and without what tries to steer a model."""
    return [bare for t in texts(text) if (bare := _GREETING.sub("", t).strip()) and not steers(bare)]


def _said(text: str, known: Sequence[SummaryLine]) -> bool:
    return any(fuzz.partial_ratio(text.lower(), line.text.lower()) >= _ALIKE for line in known)


def _who(message: Message) -> str:
    return message.author or message.role.value


def _handed_over(messages: Sequence[Message]) -> bool:
    """Return whether somebody besides one agent has spoken: only then is there anything to hand on."""
    return len({(m.role, m.author) for m in messages if m.role in {Author.BOT, Author.AGENT}}) > 1
