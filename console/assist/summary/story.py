"""What the conversation is about, and what was tried."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from rapidfuzz import fuzz

from console.assist.courtesy import is_courtesy
from console.assist.sentences import texts
from console.assist.summary.promises import promise_in
from console.assist.summary.wording import ALIKE, FEWEST_WORDS, PERSON, bare, in_line, names, speaker, tells
from console.conversation.assistance import SummaryKind, SummaryLine
from console.conversation.message import Author, Message

ISSUE_WIDTH: Final = 130
"""Characters of the issue where a second sentence says what happened; one alone has no more than other lines."""

_FEWEST_TROUBLED: Final = 3
"""Words of a sentence that names a trouble or a need: “I need directions.”"""
_MANY_WORDS: Final = 6

_CHATTER: Final = re.compile(
    r"^(?:thanks|thank you|ok|okay|yes|no|sure|great|cool|perfect|i am \w+$|i'?m \w+$|it'?s \w+$|"
    r"(?:is|are) (?:anyone|anybody|someone|you) there|can you hear me|(?:can|could) (?:you|someone|"
    r"anyone|i get some) (?:please )?help(?: me)?\W*$|i need (?:some )?help\W*$|not this again|"
    r"(?:that|this|it)(?: is|'?s| was) (?:fine|good|great|perfect|ok|okay|all|it|correct|right)|sounds (?:good|great)|"
    r"my name(?:['’]?s| is) [\w ]{1,30}$|for the \w+ time|"
    r"this is the (?:\d+(?:st|nd|rd|th)|second|third|fourth|fifth|last) time|"
    r"you(?:'re| are) (?:great|welcome|the best)|how are you|"
    r"(?:are|is) (?:you|this|it) (?:a |an )?(?:real|human|bot|robot))\b",
    re.IGNORECASE,
)
_MANNERS: Final = re.compile(
    r"^(?:(?:you )?(?:mind|watch) (?:how|what|who|your)\b.{0,40}$|how dare you\b|"
    r"(?:don['’]?t|do not|stop) (?:you )?(?:dare )?(?:talk|speak|shout|talking|speaking|shouting)\b|"
    r"(?:that|this|it)(?: is|['’]?s) (?:absolutely |just |so )?(?:ridiculous|outrageous|unbelievable|a joke|appalling|"
    r"disgraceful|pathetic)\W*$)",
    re.IGNORECASE,
)
"""What somebody says of how they are treated here: why they are angry by now, and not what they came with."""
_PROBLEM: Final = re.compile(
    r"\b(?:not|\w+n['’]t|(?:do|does|did|is|was|are|has|have|ca|wo|could|would|should)nt|never|no|late|lost|missing|"
    r"broken|faulty|wrong|damaged|problem|issue|error|charged|stolen|failed|stuck|help|need|want|"
    r"(?:like|love) (?:to|a|an|some)|looking for|order|refund|return|cancel|book|change|where|how|can i|"
    r"could you|can you)\b",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(r"^(?:where|when|what|how|why|which|who)(?:['’]s|s)?\b", re.IGNORECASE)
_LACKS: Final = re.compile(
    r"^(?:sorry,? )?(?:i )?(?:do not|don['’]?t|can['’]?t|cannot|can not) (?:really )?(?:know|remember|find|have) "
    r"(?:it|that|this|them|any|one|the (?:\w+ ){0,2}(?:number|code|postcode|date))\W*$|^(?:no idea|not sure)\b",
    re.IGNORECASE,
)
"""How an answer to a question begins that has none."""
_TROUBLE: Final = re.compile(
    r"\b(?:not|\w+n['’]t|never|late|lost|missing|broken|faulty|wrong|damaged|torn|charged|stolen|failed|stuck|only|"
    r"twice|"
    r"cancel\w*|return\w*|refund\w*|received|still|ago|nothing)\b",
    re.IGNORECASE,
)
"""What goes with an issue: what happened to it."""
_TRIED: Final = re.compile(
    r"\b(?:try|please (?:use|try|check|click|follow|visit|go|restart|reset|enter|open|make|contact|look|"
    r"see|wait|choose|send)|you can|see (?:the|our)|link|here is|here are|follow|reset|restart|"
    r"(?:i|we)(?:['’]ve| have) (?:\w+ )?(?:sent|asked|checked|opened|ordered|refunded|reset|booked|issued|arranged))\b",
    re.IGNORECASE,
)
_INTRODUCES: Final = re.compile(r"\bautomated assistant\b|\bask for a (?:person|human)\b", re.IGNORECASE)
"""What a bot says of itself; nothing was tried yet."""

_REGRETS: Final = re.compile(r"\b(?:sorry|should(?:n['’]t| not| never) have|apologi[sz]e|polite)\b", re.IGNORECASE)
_OFFERED: Final = re.compile(
    r"\b(?:have you (?:tried|checked|looked|asked)|(?<!which )(?<!what )would you like)\b", re.IGNORECASE
)
"""What is tried in the form of a question."""


def issue(messages: Sequence[Message]) -> tuple[SummaryLine, ...]:
    """Return what the customer first came with, fixed from then on: their first sentence that says something.

    Fragments before it in the message come along (“Tent number three. Torn. …”): they are what it is about; so do
    troubles right behind it, where there is room.
    """
    weak: tuple[str, str] | None = None
    for message in [m for m in messages if m.role is Author.CUSTOMER][:4]:
        telling = (s for s in bare(message.text) if not _CHATTER.match(s) and not is_courtesy(s))
        # who they want to talk to is not what about, nor is how they are talked to
        said = [s for s in telling if not PERSON.search(s) and not _LACKS.search(s) and not _MANNERS.match(s)]
        for place, sentence in enumerate(said):
            if _strong(sentence) and (weak is None or _PROBLEM.search(sentence)):
                return _issue([*said[: place + 1], *takewhile(_TROUBLE.search, said[place + 1 :])], place + 1, message)
        whole = " ".join(said)
        if _strong(whole) and (weak is None or _PROBLEM.search(whole)):
            return _issue(said, len(said), message)
        if weak is None and tells(whole) and _names(whole):
            weak = whole, message.id
    return (SummaryLine(SummaryKind.ISSUE, in_line(weak[0]), (weak[1],)),) if weak else ()


def _issue(said: Sequence[str], needed: int, message: Message) -> tuple[SummaryLine, ...]:
    """Return the line of these sentences: the first ``needed`` cut to its width, the others where they fit whole."""
    fitting = [n for n in range(needed, len(said) + 1) if len(" ".join(said[:n])) <= ISSUE_WIDTH]
    text = " ".join(said[: fitting[-1] if fitting else needed])
    shown = text if fitting and fitting[-1] > needed else in_line(text)
    return (SummaryLine(SummaryKind.ISSUE, shown, (message.id,)),)


def _strong(text: str) -> bool:
    """Return whether ``text`` says what somebody has come with."""
    words, problem = len(text.split()), bool(_PROBLEM.search(text))
    asks = words >= FEWEST_WORDS and (text.endswith("?") or _ASKS.match(text) is not None)
    if not _names(text):
        return False
    return (problem and asks) or (
        tells(text) and (words >= _MANY_WORDS or asks or (problem and words >= _FEWEST_TROUBLED))
    )


def _names(text: str) -> bool:
    """Return whether ``text`` has a word that says something: numbers alone say which order, not what about it."""
    return names(" ".join(word for word in text.split() if not any(c.isdigit() for c in word)))


def tried(messages: Sequence[Message], most: int = 2) -> tuple[SummaryLine, ...]:
    """Return what the bot and colleagues tried, at most so many lines; what they repeated stands once, counted."""
    groups: list[tuple[Message, str, list[str]]] = []
    for message in messages:
        if message.role not in {Author.BOT, Author.AGENT}:
            continue
        said = [t for t in texts(message.text) if _tries(t)]
        if not said or (message.role is Author.AGENT and not _handed_over(messages)):
            continue
        for first, text, ids in groups:
            if first.role is message.role and fuzz.ratio(text, said[0]) >= ALIKE:
                ids.append(message.id)
                break
        else:
            groups.append((message, said[0], [message.id]))
    groups.sort(key=lambda g: -len(g[2]))
    lines = []
    for first, text, ids in groups[:most]:
        times = f" ×{len(ids)}" if len(ids) > 1 else ""
        lines.append(SummaryLine(SummaryKind.TRIED, f"{speaker(first)}: {in_line(text)}{times}", tuple(ids[:3])))
    return tuple(lines)


def _tries(text: str) -> bool:
    """Return whether somebody here tries something: an instruction, a thing sent, an offer; no apology, no promise."""
    if text.endswith("?"):
        return bool(_OFFERED.search(text))
    if introduces(text) or _REGRETS.search(text):
        return False
    return bool(_TRIED.search(text)) and promise_in(text) is None


def introduces(text: str) -> bool:
    """Return whether a sentence is a bot's word on what it is."""
    return bool(_INTRODUCES.search(text))


def _handed_over(messages: Sequence[Message]) -> bool:
    """Return whether somebody besides one agent has spoken: only then is there anything to hand on."""
    return len({(m.role, m.author) for m in messages if m.role in {Author.BOT, Author.AGENT}}) > 1
