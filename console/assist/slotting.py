"""Typed slots in place of what belongs to one customer, and the values that may go back into them.

The same reading serves past conversations (values become slots) and the live one (slots become values): a slot names
where a value came from (``order.due``, ``lookup.price``, ``said.name``), so only a value of the same origin fills it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from console.assist.facts import Fact, facts_of
from console.assist.flags.rules import steers
from console.assist.lookups import fields
from console.assist.recognise.entities import IDENTIFYING, entities
from console.assist.recognise.names import names_of
from console.assist.recognise.patterns import Kind
from console.conversation.message import Author, Message
from console.conversation.people import Customer

EARLIER: Final = "earlier"
"""The slot of a value that has been overtaken; nothing fills it."""

MASKED: Final = IDENTIFYING | {Kind.URL, Kind.AMOUNT, Kind.DATE, Kind.TIME, Kind.NUMBER}
"""Kinds that become a slot even where nobody knows whose they are; durations stay, they are nobody's."""

_SLOT_NAME: Final = re.compile(r"\W+")
_TOO_COMMON: Final = frozenset(
    "the and for you your our with this that from have will can are was yes not all any one two me i a".split()
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known in a conversation at a moment."""

    values: Mapping[str, str] = field(default_factory=dict)
    """Slot to value: what may be filled in."""
    spans: tuple[tuple[str, str], ...] = ()
    """Value to slot, longest value first: what must not stay in a text."""


def known_in(customer: Customer, messages: Sequence[Message], values: Mapping[str, str]) -> Known:
    """Return what is known after ``messages``; ``values`` are the slots of the record and of the order in play."""
    found: dict[str, str] = dict(values)
    spans: dict[str, str] = {}
    for slot, value in _lookup_values(messages):
        _put(found, spans, slot, value)
    for fact in facts_of(messages):
        slot = _said(fact)
        if slot:
            _put(found, spans, slot, fact.value)
    for name in names_of(customer, messages):
        spans.setdefault(name, "said.name" if found.get("said.name") == name else "name")
    for slot, value in _record(customer):
        spans[value] = slot
    for slot, value in values.items():
        spans[value] = slot
    usable = {value: slot for value, slot in spans.items() if _usable(value)}
    return Known(found, tuple(sorted(usable.items(), key=lambda pair: -len(pair[0]))))


def slot_text(text: str, spans: Iterable[tuple[str, str]]) -> str:
    """Return ``text`` with every known value, and everything that identifies somebody, as a slot."""
    lowered = text.lower()
    for value, slot in spans:
        if value.lower() in lowered:
            text = re.sub(rf"(?<![\w{{.]){re.escape(value)}(?![\w}}])", "{" + slot + "}", text, flags=re.IGNORECASE)
            lowered = text.lower()
    for entity in reversed(entities(text)):
        if entity.kind in MASKED and not _inside_slot(text, entity.start):
            text = f"{text[: entity.start]}{{{entity.kind.value}}}{text[entity.end :]}"
    return text


def spoken(template: str) -> str:
    """Return a slotted text in words that can be embedded: ``{order.number}`` is “order number”."""
    return re.sub(
        r"\{([a-z0-9_.]+)\}", lambda m: m.group(1).replace(".", " ").replace("_", " ").replace("said ", ""), template
    )


def _lookup_values(messages: Sequence[Message]) -> Iterable[tuple[str, str]]:
    for message in messages:
        if message.role is Author.SYSTEM:
            for key, value in fields(message.text).items():
                if not steers(value):
                    yield f"lookup.{key}", value


def _said(fact: Fact) -> str:
    name = fact.slot.removeprefix("order.") or fact.label
    return "said." + _SLOT_NAME.sub("_", name.lower()).strip("_") if name else "said.name_of_thing"


def _put(found: dict[str, str], spans: dict[str, str], slot: str, value: str) -> None:
    """Take in a newer value; the one it overtakes stays out of texts, but fills nothing any more."""
    older = found.get(slot)
    if older is not None and older != value:
        spans[older] = EARLIER
    found[slot] = value
    spans[value] = slot


def _record(customer: Customer) -> Iterable[tuple[str, str]]:
    """Yield every value of the record that is the customer's own; orders not in play fill nothing."""
    for slot in ("name", "first_name", "email", "phone"):
        value = getattr(customer, slot)
        if value:
            yield f"customer.{slot}", value
    for order in customer.orders:
        for value in (order.number, order.tracking, order.total, order.item):
            if value:
                yield EARLIER, value
    for value in customer.extra.values():
        if len(value) > 2:  # noqa: PLR2004 - a flag such as "no" is nobody's secret
            yield EARLIER, value


def _usable(value: str) -> bool:
    return value.lower() not in _TOO_COMMON and (len(value) > 2 or value.isdecimal())  # noqa: PLR2004


def _inside_slot(text: str, place: int) -> bool:
    return text.rfind("{", 0, place) > text.rfind("}", 0, place)
