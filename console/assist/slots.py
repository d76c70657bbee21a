"""Slots: what can be filled in for this customer, from the record, the order in play and the conversation itself."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from console.assist.facts import Fact
from console.assist.talk import Talk
from console.content.conditions import Record
from console.content.macros import SLOT
from console.conversation.message import Author
from console.conversation.people import Order

_WORD: Final = re.compile(r"[a-z]{4,}")
_NOT_PLAIN: Final = re.compile(r"[\W_]+")

_OPEN_STATUS: Final = frozenset({"delivered", "returned", "refunded", "cancelled", "closed"})


def shown_date(day: str) -> str:
    """Return an ISO day as people write it (``4 Nov``); anything else as it is."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{found.day} {found:%b}"


def spelled_date(day: str) -> str:
    """Return an ISO day for a sentence (``4 November``); anything else as it is."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{found.day} {found:%B}"


def order_in_play(talk: Talk) -> Order | None:
    """Return the order the conversation is about.

    It is the one that the customer or an agent named last, by its number or by what it is; else the one the bot named;
    else the only one still open; else none.
    """
    orders = [o for o in talk.customer.orders if o.number]
    if not orders:
        return None
    telling = _telling_words(orders)
    for roles, by_item in (((Author.CUSTOMER, Author.AGENT), True), ((Author.BOT,), False)):
        for message in reversed(talk.messages):
            if message.role not in roles:
                continue
            said, words = _plain(message.text), set(_WORD.findall(message.text.lower()))
            named = [o for o in orders if _plain(o.number) in said]
            named = named or [o for o in orders if by_item and words & telling[o.number]]
            if len(named) == 1 or (named and _plain(named[0].number) in said):
                return named[0]
    waiting = [o for o in orders if o.status.lower() not in _OPEN_STATUS]
    if len(waiting) == 1:
        return waiting[0]
    return orders[0] if len(orders) == 1 else None


def _telling_words(orders: Sequence[Order]) -> Mapping[str, set[str]]:
    """Return for each order the words of its item that no other order has, by the order's number."""
    words = {order.number: set(_WORD.findall(order.item.lower())) for order in orders}
    return {
        number: own.difference(*(other for name, other in words.items() if name != number))
        for number, own in words.items()
    }


def record_of(talk: Talk) -> Record:
    """Return what the company knows that conditions can be about, as of the newest message."""
    intent = talk.routing.intent if talk.routing else ""
    return Record(talk.customer, order_in_play(talk), talk.today, intent)


def slot_values(talk: Talk, facts: tuple[Fact, ...]) -> Mapping[str, str]:
    """Return the value of every slot that can be filled; a slot that is not there cannot."""
    customer, order = talk.customer, order_in_play(talk)
    said_name = next((f.value for f in reversed(facts) if f.slot == "name"), "")
    values = {
        "customer.name": customer.name or said_name,
        "customer.first_name": customer.called or said_name.partition(" ")[0].capitalize(),
        "customer.email": customer.email,
        "customer.since": spelled_date(customer.since),
        "customer.contract": customer.contract,
        "agent.name": talk.agent,
        "today": spelled_date(talk.today.isoformat()) if talk.today else "",
    }
    if order:
        values |= {
            "order.number": order.number,
            "order.item": order.item,
            "order.placed": spelled_date(order.placed),
            "order.due": spelled_date(order.due),
            "order.total": order.total,
            "order.status": order.status,
            "order.carrier": order.carrier,
            "order.tracking": order.tracking,
        }
    for fact in facts:
        if fact.slot:
            values[f"fact.{fact.slot}"] = fact.value
            values[f"fact.{fact.slot.removeprefix('fact.')}"] = fact.value
    return {slot: value for slot, value in values.items() if value}


def filled(text: str, values: Mapping[str, str]) -> str | None:
    """Return ``text`` with every slot filled, or ``None`` when one cannot be. Values are never read for slots."""
    if any(slot not in values for slot in SLOT.findall(text)):
        return None
    return SLOT.sub(lambda match: values[match.group(1)], text)


def _plain(words: str) -> str:
    return _NOT_PLAIN.sub("", words.lower())
