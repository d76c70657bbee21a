"""What a customer's record says that bears on how to treat them: no judgement, only what stands there, in words."""

from collections.abc import Iterator, Sequence
from datetime import date
from statistics import mean
from typing import Final

from console.assist.slots import order_in_play, shown_date
from console.assist.talk import Talk
from console.conversation.packet import EarlierContact, Signal, Standing
from console.conversation.people import Customer, Order

DROP: Final = 0.5
"""Share of the earlier use at or below which use has dropped sharply."""

LATELY: Final = 2
"""Months that count as lately."""

FEWEST_BEFORE: Final = 3
"""Months before those without which nothing is said of a drop."""

MANY_DAYS: Final = 30
"""Days in which several contacts are many."""

MANY: Final = 2
"""Contacts in those days from which on they are."""

ENDS_SOON: Final = 45
"""Days before the end of a contract from which on it ends soon."""

ENDS: Final = "contract to"
"""The key of a record that says when, as an ISO date."""

ORDERS: Final = 3
"""Orders that a packet shows."""

CONTACTS: Final = 3
"""Earlier contacts that a packet shows."""

_ARRIVED: Final = frozenset({"delivered", "returned", "refunded", "cancelled", "closed"})


def standing_of(talk: Talk, earlier: Sequence[EarlierContact] = ()) -> Standing:
    """Return what the record and the desk's own log say of the customer that matters now."""
    customer = talk.customer
    played = order_in_play(talk)
    orders = sorted(customer.orders, key=lambda o: (o is played, o.placed), reverse=True)
    return Standing(
        value=customer.value,
        contract=customer.contract,
        since=customer.since,
        vulnerable=customer.vulnerable,
        complaints=customer.complaints,
        orders=tuple(orders[:ORDERS]),
        contacts=tuple(sorted(customer.history, key=lambda c: c.at, reverse=True)[:CONTACTS]),
        earlier=tuple(earlier),
        signals=tuple(_signals(customer, talk.today)),
    )


def dropped(usage: Sequence[float]) -> tuple[float, float] | None:
    """Return the mean use before and lately where it has dropped sharply, else ``None``."""
    before, lately = usage[:-LATELY], usage[-LATELY:]
    if len(before) < FEWEST_BEFORE or mean(before) <= 0 or mean(lately) > DROP * mean(before):
        return None
    return mean(before), mean(lately)


def _signals(customer: Customer, today: date | None) -> Iterator[Signal]:
    if customer.vulnerable:
        yield Signal("marked as vulnerable: take special care", "vulnerable")
    if fall := dropped(customer.usage):
        before, lately = fall
        yield Signal(f"use fell from {before:.3g} to {lately:.3g} a month", "usage")
    if today is None:
        return
    ends = _days(customer.extra.get(ENDS, ""), today)
    if ends is not None and 0 <= ends <= ENDS_SOON:
        yield Signal(f"{customer.contract or 'contract'} ends in {ends} days", ENDS)
    recent = [c for c in customer.history if (days := _days(c.at[:10], today)) is not None and -MANY_DAYS <= days <= 0]
    if len(recent) >= MANY:
        yield Signal(f"{len(recent)} contacts in the last {MANY_DAYS} days", "history")
    for order in customer.orders:
        if late := _late(order, today):
            yield Signal(f"order {order.number} is {late} days late (due {shown_date(order.due)})", order.number)


def _late(order: Order, today: date) -> int:
    due = _days(order.due, today) if order.due and order.status.lower() not in _ARRIVED else None
    return -due if due is not None and due < 0 else 0


def _days(day: str, today: date) -> int | None:
    """Return the days from ``today`` to a day, negative where it is past; ``None`` for what is no date."""
    try:
        return (date.fromisoformat(day) - today).days
    except ValueError:
        return None
