"""One customer's data never reaches another: identifying things in a text must be known in this conversation."""

from collections.abc import Iterable, Iterator
from typing import Final

from console.assist.recognise.entities import IDENTIFYING, Entity, canonical, entities
from console.assist.recognise.patterns import Kind
from console.assist.talk import Talk
from console.content.macros import SLOT
from console.conversation.assistance import Flag, Severity, flag_id

FOREIGN: Final = "foreign-data"
UNFILLED: Final = "unfilled-slot"

DIGITS: Final = 4
"""Fewest digits of an order, ticket or account number."""


def foreign(text: str, talk: Talk, public: Iterable[str] = ()) -> Iterator[Entity]:
    """Yield what identifies somebody or something in ``text`` and is in neither conversation, record nor ``public``."""
    found = [e for e in entities(text) if (e.kind in IDENTIFYING and _names_one_thing(e)) or e.kind is Kind.URL]
    if not found:
        return
    known = _plain(" ".join((*(m.text for m in talk.messages), *_record(talk), *public)))
    yield from (e for e in found if _plain(canonical(e)) not in known)


def _names_one_thing(entity: Entity) -> bool:
    """Return whether a code is long enough to be somebody's: sizes, models and units are not."""
    return entity.kind is not Kind.IDENTIFIER or sum(c.isdigit() for c in entity.text) >= DIGITS


def unfilled(text: str) -> str:
    """Return the first slot left in ``text``; empty when there is none."""
    match = SLOT.search(text)
    return match.group() if match else ""


def guard(text: str, talk: Talk, public: Iterable[str] = ()) -> Iterator[Flag]:
    """Yield the flags that keep a draft from going out: another customer's data, or an unfilled slot."""
    slot = unfilled(text)
    if slot:
        advice = "Fill this in, or take it out."
        yield _flag(UNFILLED, slot, "A slot is not filled", advice)
    for entity in foreign(text, talk, public):
        advice = (
            "This is in neither this conversation, this customer's record nor a public article: check it is theirs."
        )
        yield _flag(FOREIGN, entity.text, "Another customer's data?", advice)


def _flag(policy: str, span: str, title: str, advice: str) -> Flag:
    return Flag(flag_id(policy, "draft", span), policy, Severity.BLOCK, "draft", span, advice, title, "Built in")


def _record(talk: Talk) -> Iterator[str]:
    customer = talk.customer
    yield from (customer.name, customer.email, customer.phone, customer.notes, *customer.extra.values())
    for order in customer.orders:
        yield from (order.number, order.item, order.placed, order.due, order.total, order.tracking)
    for contact in customer.history:
        yield from (contact.subject, contact.outcome)


def _plain(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())
