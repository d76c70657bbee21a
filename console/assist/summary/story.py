"""What the conversation is about: the issue, what is wanted, what was tried and promised, what is open."""

import re
from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz

from console.assist.flags.rules import steers
from console.assist.greetings import without_greeting
from console.assist.lookups import fields
from console.assist.recognise.words import words_of
from console.assist.sentences import texts
from console.conversation.assistance import SummaryKind, SummaryLine
from console.conversation.message import Author, Message
from console.text import shorten

WIDTH: Final = 90
"""Characters of a line of the story; longer sentences are cut at a word."""

_LONGEST_LEAD: Final = 60
"""Characters of fragments that may stand before the sentence they lead to."""

LOOKED_UP: Final = 150
"""Characters of a look-up result: what decides often stands at its end."""

_FEWEST_WORDS: Final = 4
_MANY_WORDS: Final = 6
_ALIKE: Final = 80

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
    r"\b(?:try|please (?:use|try|check|click|follow|visit|go|restart|reset|enter|open|make|contact|look|"
    r"see|wait|choose|send)|you can|see (?:the|our)|link|here is|here are|follow|reset|restart|"
    r"(?:i|we)(?:['’]ve| have) (?:\w+ )?(?:sent|asked|checked|opened|ordered|refunded|reset|booked|issued|arranged))\b",
    re.IGNORECASE,
)
_OFFERED: Final = re.compile(
    r"\b(?:have you (?:tried|checked|looked|asked)|(?<!which )(?<!what )would you like)\b", re.IGNORECASE
)
"""What is tried in the form of a question."""
_PERSON: Final = re.compile(
    r"\b(?:(?:speak|talk|put me through|transfer(?:red)?) to|get me|want|need|have|like) "
    r"(?:(?:a|an|the|your|some|somebody|someone|real|actual) ?)*"
    r"(?:person|human|manager|supervisor|agent|colleague|advisor|somebody|someone|people)\b",
    re.IGNORECASE,
)
"""A wish for somebody to talk to; it is fulfilled once an agent has written."""
_CHOICE: Final = re.compile(
    r"^(?:the |a |my )?(?:money|refund|money back|replacement|exchange|repair|new one)(?: back)?(?:,? please)?\W*$",
    re.IGNORECASE,
)
"""A choice between what was offered, in a word or two."""
_EMPTY_WORDS: Final = words_of(
    """
    i you he she it we they me us them my your our this that these those a an the and or but so if as at by for from in
    of on to with is are was were be been being am do does did done has have had having not no yes will would can could
    should just still very really then there here what when where who how why too also now get got any some all
    """
)
_WORD: Final = re.compile(r"[\w'’]+")
_FEWEST_TELLING: Final = 2


def issue(messages: Sequence[Message]) -> tuple[SummaryLine, ...]:
    """Return what the customer first came with, fixed from then on: their first sentence that says something.

    Fragments before it in the message come along (“Tent number three. Torn. …”): they are what it is about.
    """
    weak: tuple[str, str] | None = None
    for message in [m for m in messages if m.role is Author.CUSTOMER][:4]:
        lead: list[str] = []
        for sentence in _bare(message.text):
            if _CHATTER.match(sentence) or _PERSON.search(sentence):
                continue  # who they want to talk to is not what about
            if _strong(sentence):
                whole = " ".join([*lead, sentence]) if len(" ".join(lead)) <= _LONGEST_LEAD else sentence
                return _issue(whole, message)
            lead.append(sentence)
        said = " ".join(lead)
        if _strong(said):
            return _issue(said, message)
        if weak is None and _tells(said):
            weak = said, message.id
    return (SummaryLine(SummaryKind.ISSUE, shorten(weak[0], WIDTH), (weak[1],)),) if weak else ()


def _issue(text: str, message: Message) -> tuple[SummaryLine, ...]:
    return (SummaryLine(SummaryKind.ISSUE, shorten(text, WIDTH), (message.id,)),)


def _strong(text: str) -> bool:
    """Return whether ``text`` says what somebody has come with."""
    words = len(text.split())
    return words >= _FEWEST_WORDS and _tells(text) and (words >= _MANY_WORDS or bool(_PROBLEM.search(text)))


def wants(messages: Sequence[Message], known: Sequence[SummaryLine]) -> tuple[SummaryLine, ...]:
    """Return the newest wish that the issue does not say already: a demand before a mere request."""
    wishes: list[tuple[str, str]] = []
    answered = False
    for message in reversed(messages):
        answered = answered or message.role is Author.AGENT
        if message.role is Author.CUSTOMER:
            said = reversed(_bare(message.text))
            wishes += [(t, message.id) for t in said if _wishes(t) and not (answered and _PERSON.search(t))]
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
        said = [t for t in texts(message.text) if _tries(t)]
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


def looked_up(messages: Sequence[Message]) -> tuple[SummaryLine, ...]:
    """Return the newest look-up result, quoted, so that nobody has to look again; one that would steer is left out."""
    for message in reversed(messages):
        if message.role is Author.SYSTEM and message.text.strip():
            said = " · ".join(f"{key.replace('_', ' ')} {value}" for key, value in fields(message.text).items())
            if steers(message.text, lookup=True):
                return ()
            text = said if message.text.lstrip().startswith(("{", "[")) and said else " ".join(message.text.split())
            return (SummaryLine(SummaryKind.FACT, f"Look-up: {shorten(text, LOOKED_UP)}", (message.id,)),)
    return ()


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
    """Return the sentences of a message without greetings at their head.

    From a sentence on that tries to steer a model nothing is taken: what follows it belongs to the attempt.
    """
    found: list[str] = []
    for sentence in texts(text):
        if steers(sentence):
            break
        if bare := without_greeting(sentence):
            found.append(bare)
    return found


def _tells(text: str) -> bool:
    """Return whether a sentence names anything: “It has not been.” does not."""
    return sum(word not in _EMPTY_WORDS for word in _WORD.findall(text.lower())) >= _FEWEST_TELLING


def _wishes(text: str) -> bool:
    if _CHOICE.match(text):
        return True
    return len(text.split()) >= _FEWEST_WORDS and bool(_WISH.search(text)) and not _HANGING.search(text)


def _tries(text: str) -> bool:
    """Return whether somebody here tries something: an instruction, a thing sent, an offer; no apology, no promise."""
    if text.endswith("?"):
        return bool(_OFFERED.search(text))
    return bool(_TRIED.search(text)) and not _PROMISE.search(text)


def _said(text: str, known: Sequence[SummaryLine]) -> bool:
    return any(fuzz.partial_ratio(text.lower(), line.text.lower()) >= _ALIKE for line in known)


def _who(message: Message) -> str:
    return message.author or message.role.value


def _handed_over(messages: Sequence[Message]) -> bool:
    """Return whether somebody besides one agent has spoken: only then is there anything to hand on."""
    return len({(m.role, m.author) for m in messages if m.role in {Author.BOT, Author.AGENT}}) > 1
