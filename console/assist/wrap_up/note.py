"""A short internal note: what the customer came with, what was done, how it ended; each in somebody's words. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from console.assist.flags.rules import steers, without_steering
from console.assist.promises import promises_of
from console.assist.sentences import texts
from console.assist.summary.cards import without_cards
from console.assist.talk import Talk
from console.assist.wrap_up.follow_ups import OFFER
from console.conversation.assistance import SummaryLine
from console.conversation.deeds import claims_a_deed
from console.conversation.message import Author, Message
from console.conversation.wrap_up import NoteLine

MOST_WORDS: Final = 60
"""Words of a note, its sources counted."""

_ISSUE_WORDS: Final = 20
_DONE_WORDS: Final = 20
_ENDED_WORDS: Final = 10
"""Words that are quoted of each; with who said it and the sources they stay within the note."""

_THANKS: Final = re.compile(
    r"[🙏❤👍]|\b(?:thank(?:s| you)|thx|ty|ta|cheers|perfect|brilliant|great|wonderful|lovely|excellent|sorted|"
    r"it works|works now|got it|appreciate|top service|you['’]re (?:the best|a star)|"
    r"that['’]s (?:it|all|clear|fine)|all good|spot on|nice one|good to know|no worries)\b",
    re.IGNORECASE,
)
_STILL: Final = re.compile(
    r"\?|\b(?:not|n['’]t|no use|nothing|still|but|never|useless|joke|ridiculous|complain|complaint|disappointed|angry|"
    r"unacceptable|worse|waste)\b",
    re.IGNORECASE,
)
"""What takes a thank-you back, or asks on."""

_GREETING: Final = 3


def note_of(talk: Talk, issue: Sequence[SummaryLine], most: int = MOST_WORDS) -> tuple[NoteLine, ...]:
    """Return the note; ``issue`` is what the customer came with, the first line of it is taken."""
    kept: list[NoteLine] = []
    for line in (*_came_with(issue), *_done(talk.messages), *ended(talk)):
        if len(" ".join((*(k.shown for k in kept), line.shown)).split()) <= most:
            kept.append(line)
    return tuple(kept)


def _came_with(issue: Sequence[SummaryLine]) -> Iterator[NoteLine]:
    for line in issue[:1]:
        yield NoteLine(f"Issue: “{_cut(line.text, _ISSUE_WORDS)}”", line.sources)


def _done(messages: Sequence[Message]) -> Iterator[NoteLine]:
    """Yield the last deed that an agent told of; else what they promised last; else what they said last."""
    said = [(m, text) for m in messages if m.role is Author.AGENT for text in texts(m.text) if not text.endswith("?")]
    deeds = [(m, text) for m, text in said if claims_a_deed(text)]
    promised = [
        (m, p.text) for m in messages if m.role is Author.AGENT for p in promises_of([m]) if not OFFER.search(p.text)
    ]
    told = [(m, text) for m, text in said if len(text.split()) > _GREETING]
    for word, found in (("Done", deeds), ("Promised", promised), ("Told", told)):
        if found and (quoted := _quoted(found[-1][1], _DONE_WORDS)):
            message = found[-1][0]
            yield NoteLine(f"{word}: {message.author or 'agent'}: “{quoted}”", (message.id,))
            return


def ended(talk: Talk) -> Iterator[NoteLine]:
    """Yield how it ended: the customer's last words, or that they have not answered."""
    last = next((m for m in reversed(talk.messages) if m.role in {Author.CUSTOMER, Author.AGENT}), None)
    if last is None:
        return
    name = talk.customer.called or "The customer"
    if last.role is Author.AGENT:
        yield NoteLine(f"Ended: no word from {name} after that.", (last.id,))
    elif quoted := _quoted(without_steering(last.text), _ENDED_WORDS):
        yield NoteLine(f"Ended: {name}: “{quoted}”", (last.id,))


def resolved_by(messages: Sequence[Message]) -> str:
    """Return the message in which the customer, last of all, is content; empty where nothing tells that."""
    last = next((m for m in reversed(messages) if m.role in {Author.CUSTOMER, Author.AGENT}), None)
    for message in reversed(messages):
        if message.role is Author.CUSTOMER:
            content = _THANKS.search(message.text) and not _STILL.search(message.text)
            asked_on = last is not None and last.role is Author.AGENT and last.text.rstrip().endswith("?")
            return message.id if content and not asked_on else ""
    return ""


def _quoted(text: str, most: int) -> str:
    return "" if steers(text) else _cut(without_cards(" ".join(text.split())), most)


def _cut(text: str, most: int) -> str:
    said = text.split()
    return text if len(said) <= most else f"{' '.join(said[:most])} …"
