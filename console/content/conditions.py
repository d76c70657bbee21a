"""Conditions on what the company knows: the customer's record and the order that the conversation is about."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from console.conversation.people import Customer, Order

ORDER: Final = "order."
OPEN_ORDERS: Final = "open_orders"
INTENT: Final = "intent"
_WORKED_OUT: Final = ("days_late", "days_old")
ORDER_FIELDS: Final = (*(f"{ORDER}{field.name}" for field in fields(Order)), *(ORDER + name for name in _WORKED_OUT))
"""Names of an order's fields in a condition."""

_SUM: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")
_ARRIVED: Final = frozenset({"delivered", "returned", "refunded", "cancelled", "closed"})


@dataclass(frozen=True, slots=True)
class Record:
    """What conditions are about; without an order or a day, the fields that need one are not there."""

    customer: Customer
    order: Order | None = None
    """The order in play."""
    today: date | None = None
    intent: str = ""
    """The intent that the conversation is about; empty where it is not known."""

    def value(self, name: str) -> object | None:
        """Return a field of the customer's record, or ``order.…`` of the order; ``None`` where it is not known.

        ``order.total`` is the sum as a number; ``order.days_late`` the days since the due date while the order has not
        arrived (negative before it); ``order.days_old`` the days since it was placed. ``open_orders`` is how many have
        neither arrived nor ended; ``intent`` is what the conversation is about.
        """
        if not name.startswith(ORDER):
            return (self.intent or None) if name == INTENT else self._of_customer(name)
        order, field = self.order, name.removeprefix(ORDER)
        if order is None:
            return None
        match field:
            case "total":
                found = _SUM.search(order.total)
                return float(found.group().replace(",", "")) if found else None
            case "days_late":
                return None if order.status.lower() in _ARRIVED else self._days_since(order.due)
            case "days_old":
                return self._days_since(order.placed)
            case _:
                return str(getattr(order, field, "")).lower() or None

    def _of_customer(self, name: str) -> object | None:
        if name == OPEN_ORDERS:
            return sum(order.status.lower() not in _ARRIVED for order in self.customer.orders)
        return getattr(self.customer, name, self.customer.extra.get(name))

    def _days_since(self, day: str) -> int | None:
        try:
            return (self.today - date.fromisoformat(day)).days if self.today else None
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on a record, such as ``value >= 1000`` or ``order.status == "delivered"``."""

    field: str
    op: str
    value: object

    def holds(self, record: Record) -> bool:
        """Return whether the record meets the condition; a field that is not known meets none."""
        found = record.value(self.field)
        return found is not None and OPERATORS[self.op](found, self.value)


def all_hold(conditions: Iterable[Condition], record: Record) -> bool:
    """Return whether the record meets every condition."""
    return all(condition.holds(record) for condition in conditions)


def _ordered(found: object, value: object) -> tuple[float, float] | None:
    try:
        return float(str(found)), float(str(value))
    except ValueError:
        return None


def _compare(found: object, value: object, *, least: bool, equal: bool) -> bool:
    pair = _ordered(found, value)
    if pair is None:
        return False
    return (equal and pair[0] == pair[1]) or (pair[0] > pair[1] if least else pair[0] < pair[1])


OPERATORS: Final[Mapping[str, Callable[[object, object], bool]]] = {
    "==": lambda found, value: found == value,
    "!=": lambda found, value: found != value,
    ">": lambda found, value: _compare(found, value, least=True, equal=False),
    ">=": lambda found, value: _compare(found, value, least=True, equal=True),
    "<": lambda found, value: _compare(found, value, least=False, equal=False),
    "<=": lambda found, value: _compare(found, value, least=False, equal=True),
    "in": lambda found, value: isinstance(value, list | tuple) and found in value,
    "contains": lambda found, value: str(value) in str(found),
}
