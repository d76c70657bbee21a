"""What is known to be the customer's own before a text is read: their record, and what the conversation gives away."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

from console.assist.recognise.entities import entities
from console.assist.recognise.names import names_of
from console.assist.recognise.patterns import Kind
from console.assist.recognise.people import people
from console.assist.recognise.personal import Own
from console.assist.recognise.words import OPENERS, words_of
from console.conversation.message import Author, Message
from console.conversation.people import Customer

MOST_NAMES: Final = 200
"""Names found in a conversation that are looked for in all of its texts; nobody talks of so many people."""

SHORTEST: Final = 3
"""Fewest characters of a field of the record; a flag such as “no” is nobody's secret."""

_ALSO_WORDS: Final = words_of(
    """
    angel april art august autumn baker bill bishop black brook brooks brown buck carol case chance chase chip christian
    clay cliff cook cross dawn day dean dick dusty earl eve faith field forest fox frank gene glen good grace grant gray
    green guy hand harmony heath hill hope hunter ivy jack jade jay joy june justice king lane lily long love major mark
    mason max may melody miles miller misty moon nick norm olive page park parker pat patience penny pepper pierce price
    ray reed rich river rob robin rock rose ruby rusty sandy short sky smith star stone storm summer sunny taylor terry
    trinity turner victor violet wade walker ward warren west white will winter wood woods wright young
    """
)
"""Names that are words as well: written small they are not looked for."""

_BIRTH: Final = re.compile(r"\b(?:birth|born|birthday|d\.?o\.?b)\b", re.IGNORECASE)
_PLACE: Final = re.compile(
    r"(?<!mail )(?<!ip )\baddress\b|\bwhere (?:should|shall|do|would|can) (?:we|i|you)\b", re.IGNORECASE
)
_CODE: Final = re.compile(
    r"\b(?:number|zip|post ?code|digits|pin|code|id|passport|licen[cs]e|plate|registration|ssn|security|reference|"
    r"account|password|passcode)\b",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"(?<![\w£$€])#?[\w-]{0,30}?\d[\w-]{2,40}+(?!\w)")
_FROM_NUMBER: Final = re.compile(r"\b\d[^.!?\n]{3,120}")


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the customer's."""

    kind: Own
    text: str
    capital: bool = False
    """Whether it counts only where it begins with a capital."""


def owned(customer: Customer, messages: Sequence[Message]) -> tuple[Value, ...]:
    """Return what is the customer's own, and the names of whoever else is in the conversation; longest first."""
    found = dict.fromkeys(_record(customer))
    names = [(name, False) for name in names_of(customer, messages)]
    names += [(message.author, False) for message in messages if message.author]
    names += [(name, True) for name in islice(dict.fromkeys(_named(customer, messages)), MOST_NAMES)]
    for name, capital in names:
        found.setdefault(Value(Own.NAME, name, capital or name.lower() in _ALSO_WORDS | OPENERS))
    found.update(dict.fromkeys(_answers(messages)))
    return tuple(sorted(found, key=lambda value: -len(value.text)))


def things(customer: Customer) -> frozenset[str]:
    """Return the words, in lower case, for what the customer has bought and who brings it: no names of people."""
    said = " ".join(f"{order.item} {order.carrier}" for order in customer.orders)
    return frozenset(re.findall(r"[^\W\d_]+", said.lower()))


def _record(customer: Customer) -> Iterator[Value]:
    """Yield the fields of the record that are the customer's own.

    What they bought, its price and its days stay readable: an answer is about them, and many have the same.
    """
    names = dict.fromkeys((customer.name, customer.first_name, *customer.name.split()))
    yield from (Value(Own.NAME, n, n.lower() in _ALSO_WORDS | OPENERS) for n in names if len(n) > 1)
    for kind, value in ((Own.EMAIL, customer.email), (Own.PHONE, customer.phone), (Own.DETAIL, customer.notes)):
        if value:
            yield Value(kind, value)
    for order in customer.orders:
        yield from (Value(Own.ID, value) for value in (order.number, order.tracking) if value)
    if len(customer.id) >= SHORTEST or any(map(str.isdigit, customer.id[1:])):
        yield Value(Own.DETAIL, customer.id)
    for value in (leaf for field in customer.extra.values() for leaf in _leaves(field)):
        if len(value) >= SHORTEST and value.lower() not in OPENERS and not (value.isalpha() and value.islower()):
            yield Value(Own.DETAIL, value, value.isalpha())  # a word by itself is a choice as often as a town


def _leaves(field: str) -> Iterator[str]:
    """Yield the texts and numbers of a field, which may be JSON."""
    if not field.startswith(("{", "[")):
        yield field
        return
    try:
        waiting = [json.loads(field)]
    except (ValueError, RecursionError):
        yield field
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict | list):
            waiting.extend(value.values() if isinstance(value, dict) else value)
        elif isinstance(value, str | int | float) and not isinstance(value, bool):
            yield str(value)


def _named(customer: Customer, messages: Sequence[Message]) -> Iterator[str]:
    """Yield the words of names that any message has; a name said once is a name in every text."""
    known = OPENERS | things(customer)
    for message in messages:
        for start, end in people(message.text):
            for word in re.findall(r"[^\W\d_][\w'’-]+", message.text[start:end]):
                if len(word) >= SHORTEST and not word.islower() and word.lower() not in known:
                    yield word


def _answers(messages: Sequence[Message]) -> Iterator[Value]:
    """Yield what the customer answers to a question for a date of birth, a number or an address."""
    for question, answer in pairwise(m for m in messages if m.role is not Author.SYSTEM):
        if question.role is Author.CUSTOMER or answer.role is not Author.CUSTOMER or "?" not in question.text:
            continue
        dates = [entity.text for entity in entities(answer.text) if entity.kind is Kind.DATE]
        if _BIRTH.search(question.text):
            yield from (Value(Own.BIRTH, date) for date in dates)
        if _CODE.search(question.text):
            numbers = (match.group() for match in _NUMBER.finditer(answer.text))
            yield from (Value(Own.ID, n) for n in numbers if not any(n in date for date in dates))
        place = _PLACE.search(question.text) and _FROM_NUMBER.search(answer.text)
        if place:
            yield Value(Own.ADDRESS, place.group().strip())
