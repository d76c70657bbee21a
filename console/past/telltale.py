"""What in a text tells of one customer: their name, addresses and numbers, from the record and from what they wrote."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from console.assist.recognise.entities import IDENTIFYING, canonical, entities
from console.assist.recognise.names import names_of
from console.conversation.message import Author, Message
from console.conversation.people import Customer

_SHORTEST: Final = 3
"""Characters of a name that is looked for."""

_PART: Final = 4


def telltale(text: str, customer: Customer, messages: Sequence[Message]) -> tuple[str, ...]:
    """Return the parts of ``text`` that are this customer's, as they stand in it.

    Names count as they are written (“Grace” is one, “grace” is none), numbers however they are written.
    """
    found = dict.fromkeys(name for name in names_of(customer, messages) if _stands_in(name, text))
    own = {canonical(entity) for value in _values(customer, messages) for entity in entities(value)}
    own |= {_plain(value) for value in (customer.email, customer.phone, *_numbers(customer)) if value}
    theirs = (e.text for e in entities(text) if e.kind in IDENTIFYING and _is_in(canonical(e), own))
    return tuple(found | dict.fromkeys(theirs))


def _is_in(value: str, own: Collection[str]) -> bool:
    """Return whether a value is one of these, or a part of one that is long enough to be no chance."""
    return value in own or (len(value) >= _PART and any(value in whole for whole in own))


def _stands_in(name: str, text: str) -> bool:
    return (
        len(name) >= _SHORTEST
        and not name.islower()
        and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None
    )


def _values(customer: Customer, messages: Sequence[Message]) -> Iterator[str]:
    yield from (message.text for message in messages if message.role in {Author.CUSTOMER, Author.SYSTEM})
    yield from (value for value in (customer.email, customer.phone, *_numbers(customer)) if value)


def _numbers(customer: Customer) -> Iterator[str]:
    for order in customer.orders:
        yield from (order.number, order.tracking)


def _plain(value: str) -> str:
    return "".join(character for character in value.lower() if character.isalnum())
