"""What is still to be done for a customer: what agents promised, and what was asked and nobody answered. Pure."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from rapidfuzz import fuzz

from console.assist.flags.rules import steers
from console.assist.packet import open_asks
from console.assist.promises import promises_of
from console.assist.summary.open_questions import still_open
from console.assist.wrap_up.due import due_in
from console.conversation.corrections import Correction
from console.conversation.deeds import claims_a_deed
from console.conversation.message import Author, Message
from console.conversation.wrap_up import FollowUp, FollowUpKind

MOST: Final = 12
"""Follow-ups that are proposed, the newest; a checklist that is longer is not read."""

_ALIKE: Final = 85
"""Likeness (0 to 100) from which two say the same."""

_AHEAD: Final = re.compile(
    r"\b(?:will|shall|won['’]t|going to|(?:i|we|you|it|they|that|she|he|there)['’]ll|as soon as|once|until|"
    r"today|tonight|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next (?:week|working|month)|"
    r"(?:within|in|takes?|takes up to|up to)(?: \w+){1,3} (?:hours?|days?|weeks?)|estimated|expected|"
    r"(?:i|we)(?:['’]m|['’]re| am| are) (?:\w+ )?(?!looking|checking|seeing|having)\w+ing|is joining)\b",
    re.IGNORECASE,
)
"""What has not happened yet when it is said."""

OFFER: Final = re.compile(
    r"\b(?:i|we)(?: can|['’]d| would| could)\b|\bif you(?:['’]d)? (?:like|prefer|want|wish)|\bwould you\b|"
    r"\byou can\b|^(?:if|unless|in case|should)\b|\b(?:you|it|they)['’]ll (?:need|have|want|find|see|know)\b|"
    r"\bcounts? as\b|\b(?:has|have) been \w+ in for\b|\bnobody\b",
    re.IGNORECASE,
)
"""What is offered, or said for some case only: nothing is to do before somebody wants it."""

_NO_DEED: Final = re.compile(
    r"\b(?:let me (?:look|see|check)|one moment|bear with|i['’]ll (?:just )?(?:be here|be right|"
    r"(?:take|have) a look|look (?:at (?:it|that|this) )?(?:now|right now|at once)|"
    r"check (?:(?:that|it|this) )?(?:now|for you|right now)))\b",
    re.IGNORECASE,
)
"""What is said to win a moment, and is over with the next message."""


def follow_ups_of(
    messages: Sequence[Message],
    corrections: Sequence[Correction] = (),
    today: date | None = None,
) -> tuple[FollowUp, ...]:
    """Return what is still to do, in the order of the messages.

    A day that a message without a time of its own names is counted from ``today``.
    """
    found = [*_promised(messages, corrections, today), *_asked(messages)]
    places = {message.id: place for place, message in enumerate(messages)}
    return tuple(sorted(found, key=lambda f: places.get(f.message, 0))[-MOST:])


def _promised(messages: Sequence[Message], corrections: Sequence[Correction], today: date | None) -> Iterator[FollowUp]:
    said = {message.id: message for message in messages}
    seen: list[str] = []
    for promise in promises_of(messages, corrections):
        message = said.get(promise.message)
        if message is None or message.role is not Author.AGENT or not is_ahead(promise.text) or steers(promise.text):
            continue
        if any(fuzz.partial_ratio(promise.text.lower(), other) >= _ALIKE for other in seen):
            continue
        seen.append(promise.text.lower())
        on = message.at.date() if message.at else today
        due = due_in(promise.text, on) if on else None
        yield FollowUp(
            follow_up_id(FollowUpKind.PROMISE, promise.message, promise.text),
            promise.text,
            FollowUpKind.PROMISE,
            promise.by,
            promise.message,
            due.words if due else "",
            due.day.isoformat() if due else "",
        )


def is_ahead(text: str) -> bool:
    """Return whether a promise is about what is still to come: not done already, not only offered."""
    if OFFER.search(text) or _NO_DEED.search(text):
        return False
    ahead = _AHEAD.search(text) is not None
    return ahead if not claims_a_deed(text) else ahead and bool(re.search(r"\bwill\b|['’]ll\b", text))


def _asked(messages: Sequence[Message]) -> Iterator[FollowUp]:
    seen: list[str] = []
    for line in (*still_open(messages, ()), *open_asks(messages, ())):
        if steers(line.text) or any(fuzz.partial_ratio(line.text.lower(), other) >= _ALIKE for other in seen):
            continue
        seen.append(line.text.lower())
        text, message = f"Asked, not answered: “{line.text}”", line.sources[0]
        yield FollowUp(
            follow_up_id(FollowUpKind.QUESTION, message, line.text), text, FollowUpKind.QUESTION, message=message
        )


def follow_up_id(kind: FollowUpKind, message: str, text: str) -> str:
    """Return an id that the same follow-up has again when it is read again."""
    return hashlib.sha256(f"{kind}\n{message}\n{text}".encode()).hexdigest()[:12]
