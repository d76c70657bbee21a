"""Typed slots in place of what belongs to one customer, and the values that may go back into them.

The same reading serves past conversations (values become slots) and the live one (slots become values): a slot names
where a value came from (``order.due``, ``lookup.price``, ``said.name``), so only a value of the same origin fills it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from console.assist.facts import Fact, facts_of
from console.assist.flags.rules import steers
from console.assist.lookups import LONGEST_SAID, gist, is_state_word, series
from console.assist.recognise.entities import IDENTIFYING, entities
from console.assist.recognise.names import names_of
from console.assist.recognise.patterns import Kind
from console.assist.recognise.spelled import spelled
from console.assist.recognise.words import words_of
from console.conversation.message import Author, Message
from console.conversation.people import Customer

NOBODYS: Final = "earlier"
"""The slot of a value that has been overtaken, or of which nobody knows what it is; nothing fills it."""

PERSONAL: Final = IDENTIFYING | {Kind.URL}
"""Kinds that become a slot in a reply even where nobody knows whose they are."""

PARTICULAR: Final = PERSONAL | {Kind.AMOUNT, Kind.DATE, Kind.TIME, Kind.NUMBER}
"""Kinds that become a slot in a context, where only the kind of thing matters; durations stay, they are nobody's."""

_NOT_IN_NAME: Final = re.compile(r"\W+")
_SLOT: Final = re.compile(r"\{([a-z0-9_.]+)\}")
_TOO_COMMON: Final = words_of(
    """
    the and for you your our with this that from have will can are was yes not all any one two me i a
    """
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known in a conversation at a moment."""

    values: Mapping[str, str] = field(default_factory=dict)
    """Slot to value: what may be filled in."""
    spans: tuple[tuple[str, str], ...] = ()
    """Value to slot, longest value first: what must not stay in a text."""
    told: frozenset[str] = frozenset()
    """Values that are facts of this conversation alone, neither a name nor in the record: a context may hold them."""


def known_in(customer: Customer, messages: Sequence[Message], values: Mapping[str, str]) -> Known:
    """Return what is known after ``messages``; ``values`` are the slots of the record and of the order in play.

    Where one value has several origins, the record counts before a look-up, and that before what the customer said.
    """
    found: dict[str, str] = {}
    spans: dict[str, str] = {}
    for fact in facts_of(messages):
        _put(found, spans, _said(fact), fact.value)
    for slot, value in _lookup_values(messages):
        _put(found, spans, slot, value)
    told = set(spans)
    said_name = found.get("said.name")
    for name in names_of(customer, messages):
        told.discard(name)
        spans.setdefault(name, "said.name" if said_name == name else "name")
    for slot, value in (*_record(customer), *values.items()):
        found[slot] = value
        spans[value] = slot
        told.discard(value)
    usable = ((value, slot) for value, slot in spans.items() if _usable(value, slot))
    return Known(found, tuple(sorted(usable, key=lambda pair: -len(pair[0]))), frozenset(told))


def personal_spans(known: Known) -> tuple[tuple[str, str], ...]:
    """Return the values that must not stay in a context either: names, and what is in the customer's record."""
    return tuple((value, slot) for value, slot in known.spans if value not in known.told or slot == "said.name")


def slot_text(text: str, spans: Iterable[tuple[str, str]], masked: frozenset[Kind] = PARTICULAR) -> str:
    """Return ``text`` with every known value, and every entity of a ``masked`` kind, as a slot.

    What is spelled out in words counts as an identifier.
    """
    for value, slot in spans:
        text = _put_slot(text, value, slot)
    for entity in reversed(entities(text)):
        if entity.kind in masked and not _inside_slot(text, entity.start):
            text = f"{text[: entity.start]}{{{entity.kind.value}}}{text[entity.end :]}"
    for start, end in reversed(spelled(text) if Kind.IDENTIFIER in masked else ()):
        if "{" not in text[start:end] and not _inside_slot(text, start):
            text = f"{text[:start]}{{{Kind.IDENTIFIER.value}}}{text[end:]}"
    return text


def context_text(message: Message, known: Known) -> str:
    """Return a message of the context in words to embed: look-ups by their gist, nothing of it somebody's own."""
    text = gist(message.text) if message.role is Author.SYSTEM else message.text
    return spoken(slot_text(text, personal_spans(known)))


def spoken(template: str) -> str:
    """Return a slotted text in words that can be embedded: ``{order.number}`` is “order number”."""
    return re.sub(
        r"\{([a-z0-9_.]+)\}", lambda m: m.group(1).replace(".", " ").replace("_", " ").replace("said ", ""), template
    )


def _lookup_values(messages: Sequence[Message]) -> Iterator[tuple[str, str]]:
    said = "\n".join(message.text for message in messages if message.role is Author.AGENT).lower()
    for message in messages:
        if message.role is Author.SYSTEM:
            for key, values in series(message.text, LONGEST_SAID).items():
                usable = [_unended(value) for value in values if not steers(value)]
                if len(values) == 1:
                    yield from ((f"lookup.{key}", value) for value in usable)
                else:
                    yield from _listed(f"lookup.{key}", usable, said)


def _listed(slot: str, values: Sequence[str], said: str) -> Iterator[tuple[str, str]]:
    """Yield the slots of a list: by number, but the first that no agent has said is ``next``, or ``last``.

    So the third step of these directions fills what was the second of others, if it is what comes next here.
    """
    awaited = next((place for place, value in enumerate(values) if value.lower() not in said), None)
    for place, value in enumerate(values):
        name = str(place + 1) if place != awaited else "last" if place == len(values) - 1 else "next"
        yield f"{slot}.{name}", value


def _unended(value: str) -> str:
    """Return a value without the full stop that ends it where it is a sentence; the reply around it has its own."""
    return value.rstrip(". ") if len(value.split()) > 2 else value  # noqa: PLR2004 - as in a gist


def _said(fact: Fact) -> str:
    """Return the slot of a fact the customer gave; what has neither kind nor label can be filled by nothing."""
    name = fact.slot or fact.label
    return "said." + _NOT_IN_NAME.sub("_", name.lower()).strip("_") if name else NOBODYS


def _put(found: dict[str, str], spans: dict[str, str], slot: str, value: str) -> None:
    """Take in a newer value; the one it overtakes stays out of texts, but fills nothing any more.

    Unless it is another slot's newest value: the way there and back has the same two places. That a thing was
    "available" is no value that could be somebody's.
    """
    older = found.get(slot)
    if older is not None and older != value:
        if is_state_word(slot, older):
            spans.pop(older, None)
        else:
            spans[older] = next((name for name, same in found.items() if same == older and name != slot), NOBODYS)
    if slot != NOBODYS:
        found[slot] = value
    spans[value] = slot


def _put_slot(text: str, value: str, slot: str) -> str:
    """Put ``{slot}`` for every whole-word occurrence of ``value``, whatever its case."""
    lowered, wanted = text.lower(), value.lower()
    place = lowered.rfind(wanted)
    while place >= 0:
        end = place + len(wanted)
        whole = not text[place - 1 : place].isalnum() and not text[end : end + 1].isalnum()
        if whole and len(lowered) == len(text) and not _inside_slot(text, place):
            text = f"{text[:place]}{{{slot}}}{text[end:]}"
            lowered = text.lower()
        place = lowered.rfind(wanted, 0, place)
    return text


def _record(customer: Customer) -> Iterable[tuple[str, str]]:
    """Yield every value of the record that is the customer's own; orders not in play fill nothing."""
    for slot in ("name", "first_name", "email", "phone"):
        value = getattr(customer, slot)
        if value:
            yield f"customer.{slot}", value
    for order in customer.orders:
        for value in (order.number, order.tracking, order.total, order.item):
            if value:
                yield NOBODYS, value
    for value in customer.extra.values():
        if len(value) > 2:  # noqa: PLR2004 - a flag such as "no" is nobody's secret
            yield NOBODYS, value


def _usable(value: str, slot: str) -> bool:
    """Return whether a value is long enough to be looked for: names may be of two letters, other words of three.

    Numbers may be of one digit, with a sign.
    """
    if value.lower() in _TOO_COMMON:
        return False
    shortest = 2 if slot.endswith("name") else 3
    return len(value) >= shortest or value.removeprefix("-").isdecimal()


def _inside_slot(text: str, place: int) -> bool:
    return text.rfind("{", 0, place) > text.rfind("}", 0, place)
