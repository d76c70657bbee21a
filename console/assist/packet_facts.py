"""Every fact of a conversation, whoever gave it: identifiers, amounts, dates, and the rest; for the packet."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from console.assist.facts import Fact, facts_of
from console.assist.flags.policies import amounts
from console.assist.flags.rules import steers
from console.assist.lookups import fields
from console.assist.recognise.entities import Entity, canonical, entities
from console.assist.recognise.patterns import Kind
from console.assist.shapes import plainly
from console.assist.slots import shown_date, spelled_date
from console.assist.summary.cards import without_cards
from console.assist.summary.lines import order_of, without_echo
from console.assist.summary.look_ups import in_one_line
from console.content.behaviours import Fact as Wanted
from console.conversation.message import Author, Message
from console.conversation.notices import is_notice
from console.conversation.packet import FactKind, PacketFact
from console.conversation.people import Customer, Order
from console.text import shorten

MOST_SOURCES: Final = 3
"""Messages that a fact names as its sources, the first ones."""

MOST: Final = 400
"""Facts of a packet; what only tells of the matter goes first where somebody has pasted a list of thousands."""

LONGEST: Final = 200
"""Characters of a value; only what customers told at length is longer."""

LOOKED_UP: Final = 240
"""Characters of a look-up result; whoever wants all of it follows the line to its message."""

_KINDS: Final = {
    Kind.EMAIL: FactKind.IDENTIFIER,
    Kind.URL: FactKind.IDENTIFIER,
    Kind.IBAN: FactKind.IDENTIFIER,
    Kind.IP: FactKind.IDENTIFIER,
    Kind.PHONE: FactKind.IDENTIFIER,
    Kind.IDENTIFIER: FactKind.IDENTIFIER,
    Kind.POSTCODE: FactKind.IDENTIFIER,
    Kind.ADDRESS: FactKind.IDENTIFIER,
    Kind.AMOUNT: FactKind.AMOUNT,
    Kind.DATE: FactKind.DATE,
    Kind.TIME: FactKind.DATE,
}
"""What counts as which; card numbers have no place here, and plain numbers and spans of time say nothing alone."""

_ORDER: Final = tuple(FactKind)


def packet_facts(
    messages: Sequence[Message],
    customer: Customer,
    wanted: Sequence[Wanted] = (),
    *,
    detailed: bool = True,
    informed: Collection[str] = (),
) -> tuple[PacketFact, ...]:
    """Return the facts by kind, in the order they came up in; what came up again is there once, with where.

    ``wanted`` are the facts that the behaviour collects. With ``detailed`` also what only tells of the matter, which
    can be read in English alone. Nothing is taken of a look-up result that would steer a model, and nothing that stands
    only in ``informed``, messages that tell what an article or a look-up says: that is no fact of this matter.
    """
    found: dict[str, PacketFact] = {}
    for fact in facts_of(messages, wanted, detailed=detailed):
        found.setdefault(_key(fact.value), _given(fact, customer))
    for message in messages:
        if is_notice(message) or (message.role is Author.SYSTEM and steers(message.text, lookup=True)):
            continue
        for entity in entities(plainly(message.text)):
            kind = _KINDS.get(entity.kind)
            if kind is not None and (message.id not in informed or _same(entity) in found):
                _add(found, entity, kind, message, customer)
        if message.role is Author.SYSTEM and (said := without_cards(shorten(in_one_line(message.text), LOOKED_UP))):
            found.setdefault(said, PacketFact(FactKind.LOOK_UP, "Look-up", said, (message.id,)))
    return tuple(sorted(found.values(), key=lambda fact: _ORDER.index(fact.kind)))[:MOST]


def _given(fact: Fact, customer: Customer) -> PacketFact:
    """Return a fact that the customer gave."""
    whole = entities(fact.value)
    kind = next((_KINDS[e.kind] for e in whole if e.kind in _KINDS and e.text == fact.value), FactKind.DETAIL)
    sources = tuple(source for source in (fact.asked, fact.message) if source)
    order = order_of(customer, fact.value)
    value = without_cards(shorten(without_echo(fact), LONGEST))
    label = "Order" if order and fact.label in {"", "Number"} else fact.label
    return PacketFact(kind, label, value, sources, _record(order) if order else "")


def _add(found: dict[str, PacketFact], entity: Entity, kind: FactKind, message: Message, customer: Customer) -> None:
    key = _same(entity)
    known = found.get(key)
    if known is not None:
        if message.id not in known.sources and len(known.sources) < MOST_SOURCES:
            found[key] = replace(known, sources=(*known.sources, message.id))
        return
    order = order_of(customer, entity.text) if kind is FactKind.IDENTIFIER else None
    label = "Order" if order else _LABELS.get(entity.kind, "") or _field(entity, message)
    value = entity.text.rstrip(".")  # of a date at the end of a sentence
    found[key] = PacketFact(kind, label, value, (message.id,), _record(order) if order else "")


def _field(entity: Entity, message: Message) -> str:
    """Return the name of the field of a look-up result that holds exactly this; empty where none does."""
    if message.role is not Author.SYSTEM:
        return ""
    name = next((name for name, value in fields(message.text).items() if value == entity.text), "")
    return name.replace("_", " ").capitalize()


_CURRENCIES: Final = (
    (("£", "gbp", "pound", "quid"), "£"),
    (("€", "eur"), "€"),
    (("$", "usd", "dollar", "buck"), "$"),
)

_LABELS: Final = {Kind.EMAIL: "E-mail", Kind.PHONE: "Phone", Kind.POSTCODE: "Postcode", Kind.IBAN: "IBAN"}


def _key(value: str) -> str:
    """Return a form of a value in which two ways of writing the same thing are equal."""
    whole = [entity for entity in entities(value) if entity.text == value]
    return _same(whole[0]) if whole else value.lower()


def _same(entity: Entity) -> str:
    """Return a form in which two ways of writing a thing are equal: of a sum currency and figure, of a day its name."""
    if entity.kind is Kind.DATE:
        return canonical(replace(entity, text=spelled_date(entity.text)))
    sums = amounts(entity.text) if entity.kind is Kind.AMOUNT else ()
    if not sums:
        return canonical(entity)
    sign = next((name for signs, name in _CURRENCIES if any(s in entity.text.lower() for s in signs)), "")
    return f"{sign} {sums[0]:.2f}"


def _record(order: Order) -> str:
    """Return what the record says of an order, in a line."""
    due = f"due {shown_date(order.due)}" if order.due and order.status != "delivered" else ""
    return " · ".join(part for part in (order.item, order.total, order.status, due) if part)
