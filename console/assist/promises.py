"""What a customer was led to expect, all of it: by the bot, by colleagues, and by what they say they were told."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rapidfuzz import fuzz

from console.assist.flags.rules import without_steering
from console.assist.sentences import texts
from console.assist.summary.cards import without_cards
from console.assist.summary.story import promised
from console.conversation.corrections import Correction, corrected
from console.conversation.message import Author, Message
from console.conversation.packet import Promise
from console.text import shorten

MOST: Final = 40
"""Promises of a conversation, the newest; nobody keeps more."""

LONGEST: Final = 160
"""Characters of one."""

CUSTOMER: Final = "customer"
"""Who is named where only the customer says so."""

_ALIKE: Final = 85
"""Likeness (0 to 100) from which two say the same."""

_OFFERED: Final = re.compile(
    r"\b(?:(?:i|we) can (?:send|refund|replace|offer|give|credit|ship|reship|waive)\b|"
    r"(?:has|have) been (?:cancelled|canceled|refunded|credited|replaced|reshipped|booked|changed|updated|extended|"
    r"waived|approved|escalated)\b)",
    re.IGNORECASE,
)
"""An offer, and a deed that is said to be done: a customer counts on both as on a promise."""

_NO: Final = re.compile(r"\b(?:not|never|unable|if)\b|n['’]t\b|\bcannot\b", re.IGNORECASE)

_TOLD: Final = re.compile(
    r"\b(?:(?:i|we)(?: was| were|['’]ve been| have been| had been| am| got) (?:told|promised|assured|offered|quoted)|"
    r"(?:was|were) (?:told|promised|assured)\b|"
    r"(?:you|they|he|she|your (?:\w+ ){0,2}\w+|the (?:\w+ )?\w+|bot|somebody|someone) "
    r"(?:said|told (?:me|us)|promised|assured (?:me|us)|guaranteed))\b",
    re.IGNORECASE,
)
"""How customers pass on what they were told."""


def promises_of(messages: Sequence[Message], corrections: Sequence[Correction] = ()) -> tuple[Promise, ...]:
    """Return the promises in the order of their messages; what was repeated is there once, where it was said first.

    What people put right in the summary stands as they left it.
    """
    found: list[Promise] = []
    for line in corrected(promised(messages, MOST), [c for c in corrections if c.kind == "promised"]):
        by, _, text = line.text.partition(": ")
        _add(found, Promise(by, text, line.sources[0]))
    for promise in _further(messages):
        _add(found, promise)
    places = {message.id: place for place, message in enumerate(messages)}
    return tuple(sorted(found, key=lambda p: places.get(p.message, 0))[-MOST:])


def _further(messages: Sequence[Message]) -> Iterator[Promise]:
    for message in messages:
        if message.role in {Author.BOT, Author.AGENT}:
            for text in texts(message.text):
                if _OFFERED.search(text) and not text.endswith("?") and not _NO.search(text):
                    yield Promise(message.author or message.role.value, _line(text), message.id)
        elif message.role is Author.CUSTOMER:
            for text in texts(without_steering(message.text)):
                if _TOLD.search(text):
                    yield Promise(CUSTOMER, _line(text), message.id)


def _line(text: str) -> str:
    return without_cards(shorten(text, LONGEST))


def _add(found: list[Promise], new: Promise) -> None:
    if not any(p.by == new.by and fuzz.partial_ratio(p.text.lower(), new.text.lower()) >= _ALIKE for p in found):
        found.append(new)
