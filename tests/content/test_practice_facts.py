"""The facts of the demo's practice scenarios are those of its customers, orders and articles."""

import re
from pathlib import Path

import pytest

from console.conversation.message import Author
from console.practice.scenario import Scenario
from tests.practice.scripted import DEMO, scenarios

every = pytest.mark.parametrize("scenario", scenarios(), ids=lambda one: one.id)

LIMITS = {"10 to 15 working days", "within 5 working days", "up to 90 days", "within one working day"}
"""Times that scenarios rest on, as articles say them."""


@every
def test_orders_are_in_the_customers_record(scenario: Scenario) -> None:
    """With the item and the sum that the order system names beside them."""
    for line in scenario.before:
        if line.role is not Author.SYSTEM:
            continue
        for order in scenario.customer.orders:
            sums = re.findall(rf"{order.number}: ([^;.]*?), (£[\d,]+\.\d\d)", line.text)
            assert all(amount == order.total for _, amount in sums), order.number
        numbers = set(re.findall(r"LF-\d{5}", line.text))
        assert numbers <= {order.number for order in scenario.customer.orders}


@every
def test_intents_are_those_of_the_behaviours(scenario: Scenario) -> None:
    """So that routing and suggestions know them."""
    assert (DEMO / "behaviours" / f"{scenario.intent}.toml").exists()


@every
def test_what_must_not_be_said_stands_in_nothing_that_must(scenario: Scenario) -> None:
    """Nor does an allowed resolution rest on it."""
    bad = {text for duty in scenario.must_nots for text in duty.said}
    good = {text for duty in scenario.musts for text in duty.said}
    good |= {text for one in scenario.resolutions if one.allowed for text in one.offered}
    assert not bad & good


def test_times_are_those_of_the_articles() -> None:
    """Each stands in some current article."""
    articles = [path.read_text(encoding="utf-8") for path in Path(DEMO / "articles").rglob("*.md")]
    current = [text for text in articles if "status: current" in text]
    assert all(any(limit in text for text in current) for limit in LIMITS)
