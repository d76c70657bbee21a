"""What conditions of rules read: the customer's record, and the order in play."""

from datetime import date

import pytest

from console.content.conditions import OPERATORS, Condition, Record
from console.conversation.people import Customer, Order


@pytest.mark.parametrize(
    ("field", "op", "value", "holds"),
    [
        ("contract", "==", "Club", True),
        ("contract", "!=", "Club", False),
        ("value", ">", 1240, True),
        ("value", ">=", 1240.5, True),
        ("value", "<", 1240.5, False),
        ("value", "<=", 1240.5, True),
        ("value", ">", "many", False),
        ("country", "in", ["GB", "IE"], True),
        ("notes", "contains", "fit", True),
        ("vulnerable", "==", False, True),
        ("plan", "==", "gold", True),
        ("unknown", "==", "", False),
        ("unknown", "!=", "x", False),
    ],
)
def test_a_condition_reads_the_customers_record(field: str, op: str, value: object, holds: bool) -> None:
    """Also fields of the company's own; what the record lacks meets no condition."""
    customer = Customer("d", contract="Club", value=1240.5, country="GB", notes="fit matters", extra={"plan": "gold"})
    assert set(OPERATORS) == {"==", "!=", ">", ">=", "<", "<=", "in", "contains"}
    assert Condition(field, op, value).holds(Record(customer)) is holds


@pytest.mark.parametrize(
    ("field", "op", "value", "holds"),
    [
        ("order.status", "in", ["dispatched", "in transit"], True),
        ("order.status", "==", "delivered", False),
        ("order.total", ">", 1000, True),
        ("order.total", ">", 1100, False),
        ("order.days_late", ">=", 10, True),
        ("order.days_late", ">", 10, False),
        ("order.days_old", "==", 16, True),
        ("order.tracking", "!=", "x", False),
    ],
)
def test_a_condition_reads_the_order_in_play(field: str, op: str, value: object, holds: bool) -> None:
    """Sums as numbers, days counted from today; what the order does not say meets no condition."""
    order = Order("LF-88213", "Boots", "2026-11-04", "2026-11-10", "£1,064.00", "In transit", "Northpost")
    assert Condition(field, op, value).holds(Record(Customer("d"), order, date(2026, 11, 20))) is holds
    assert not Condition(field, op, value).holds(Record(Customer("d")))


def test_an_order_that_has_arrived_is_not_late() -> None:
    """However long ago it was due."""
    order = Order("LF-1", due="2026-11-10", status="delivered")
    assert not Condition("order.days_late", ">=", 0).holds(Record(Customer("d"), order, date(2026, 11, 20)))
