"""What of a customer's record matters for one text: the orders it is about, and what they are worth. Pure."""

import re
from typing import Final

from console.conversation.people import Customer, Order
from console.conversation.state import Conversation

MOST: Final = 3
"""Orders shown at most."""

_OVER: Final = frozenset({"delivered", "returned", "refunded", "cancelled", "closed"})
_FIGURES: Final = re.compile(r"\d[\d.,\u00a0\u202f ']*\d|\d|$")
_BETWEEN: Final = re.compile(r"[^a-z0-9]+")


def orders_for(conversation: Conversation, text: str) -> tuple[Order, ...]:
    """Return the orders that ``text`` names, then those the conversation names; else the open ones."""
    orders = conversation.customer.orders
    named = _named(orders, text)
    told = _named(orders, "\n".join(message.text for message in conversation.messages))
    found = named + [order for order in told if order not in named]
    return tuple(found or [order for order in orders if order.status.lower() not in _OVER])[:MOST]


def order_line(order: Order) -> str:
    """Return an order in one line: number, item, total, status."""
    return " · ".join(part for part in (order.number, order.item, order.total, order.status) if part)


def standing_of(customer: Customer) -> str:
    """Return what the customer has spent and how often they complained, in one line."""
    spent = f"spent {spent_by(customer)}" if customer.value else "nothing spent yet"
    count = customer.complaints
    complaints = f"{count} complaint{'' if count == 1 else 's'}" if count else "no complaints"
    care = "take special care" if customer.vulnerable else ""
    return " · ".join(part for part in (spent, complaints, care) if part)


def spent_by(customer: Customer) -> str:
    """Return what the customer has spent, in the currency of their orders where those agree on one."""
    written = {
        tuple(part.strip() for part in _FIGURES.split(order.total, 1)) for order in customer.orders if order.total
    }
    before, after = written.pop() if len(written) == 1 else ("", "")
    return f"{before}{customer.value:,.2f} {after}".rstrip() if len(before) <= 1 else f"{before} {customer.value:,.2f}"


def _named(orders: tuple[Order, ...], text: str) -> list[Order]:
    """Return the orders whose number stands in ``text``, however it is spaced."""
    said = _plain(text)
    return [order for order in orders if order.number and _plain(order.number) in said]


def _plain(text: str) -> str:
    return _BETWEEN.sub("", text.lower())
