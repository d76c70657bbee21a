"""Were the facts confirmed before something was done? Said back, or asked about, before a deed is claimed."""

import re
from collections.abc import Iterator
from typing import Final

from console.assist.quality.case import Case
from console.assist.quality.found import Found, failed, idle, met, partly, quote, untold
from console.assist.quality.tools import Tools
from console.assist.recognise.entities import canonical, entities
from console.content.rubrics import Criterion
from console.conversation.deeds import claims_a_deed
from console.conversation.message import Author, Message

_CHECKS: Final = re.compile(
    r"\b(?:is (?:that|this|it) (?:right|correct|still)|(?:can|could|would|may) (?:you|i)(?: just| please| quickly)* "
    r"(?:confirm|check|verify)|(?:just )?to (?:confirm|check|be sure|make sure)|have i (?:got|understood)|"
    r"(?:please|do) confirm|i(?:['’]ve| have)? (?:checked|confirmed|verified)|did i get (?:that|this))\b|"
    r"\b(?:right|correct|yes)\?",
    re.IGNORECASE,
)
_ASKS_FOR: Final = re.compile(
    r"\b(?:what(?:['’]s| is| was| are)|which|(?:can|could|may|would) (?:you|i)|please|tell me|send me|i need|"
    r"do you have)\b[^.!?\n]{0,60}\b(?:order|number|name|e-?mail|address|postcode|zip|date|phone|reference|account|"
    r"size|colou?r|model|photo|amount|invoice|username|member)",
    re.IGNORECASE,
)
_WILL: Final = re.compile(
    r"\b(?:i|we)(?:['’]ll| will|['’]m going to| am going to| can now)(?: now| then| go ahead and)* (?:refund|cancel|"
    r"send (?:you )?(?:a|the|your|another|out)|change|replace|re-?ship|re-?order|book|issue|credit|close|move|update|"
    r"order|exchange)\b",
    re.IGNORECASE,
)

_NOTES: Final = re.compile(
    r"\b(?:i|we)(?:['’]ve| have)?(?: just| also)? (?:(?:made|taken) a note|noted|written (?:that|this|it) down)\b",
    re.IGNORECASE,
)
"""Nothing is done yet where something is written down."""


def look(case: Case, criterion: Criterion, tools: Tools) -> Found:
    """Look for what was done, and for what was confirmed before it."""
    del criterion, tools
    deed = next(((p, m, s) for p, m, s in case.sentences() if _does(s)), None)
    confirmed = list(_confirmed(case))
    if deed is None:
        if confirmed:
            return met(f"{confirmed[0][2]}", quote(confirmed[0][1]))
        return idle("nothing was done for which facts would have to be confirmed")
    place, message, words = deed
    before = [(m, why) for p, m, why in confirmed if p <= place]
    if before:
        return met(f"{before[-1][1]}, before something was done", quote(before[-1][0]), quote(message, words))
    if confirmed:
        return partly("confirmed only after something was done", quote(message, words), quote(confirmed[0][1]))
    if _known(case, place):
        return failed("something was done, and no fact was said back or asked about", quote(message, words))
    return untold("something was done, and no fact stands in what was written before", quote(message, words))


def _does(sentence: str) -> bool:
    return _WILL.search(sentence) is not None or (claims_a_deed(sentence) and not _NOTES.search(sentence))


def _confirmed(case: Case) -> Iterator[tuple[int, Message, str]]:
    """Yield where facts were said back or asked about, and how."""
    for place, message, sentence in case.sentences():
        if _CHECKS.search(sentence):
            yield place, message, "facts were checked with the customer"
        elif any(canonical(entity) in _known(case, place) for entity in entities(sentence)):
            yield place, message, "facts were said back"
        elif _ASKS_FOR.search(sentence) and _answered(case, place):
            yield place, message, "the customer was asked for what was needed"


def _known(case: Case, place: int) -> frozenset[str]:
    """Return what was named before a place, by the customer or in a look-up, and what their record has."""
    told = (m.text for m in case.messages[:place] if m.role in {Author.CUSTOMER, Author.SYSTEM})
    orders = (f"{order.number} {order.tracking} {order.total}" for order in case.talk.customer.orders)
    return frozenset(canonical(entity) for text in (*told, *orders) for entity in entities(text))


def _answered(case: Case, place: int) -> bool:
    return any(message.role is Author.CUSTOMER for message in case.messages[place + 1 :])
