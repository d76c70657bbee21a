"""One customer's data never reaches another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.assist.guard import FOREIGN, UNFILLED, guard
from console.conversation.assistance import Severity
from tests.assist.making import talk

TALK = talk("c: where is LF-88213? call me on 07700 900555")


@pytest.mark.parametrize(
    "draft",
    [
        "Your order LF-88213 is on its way to dana.kovel@example.com.",
        "I'll call you on 07700 900555, or 07700 900143.",
        "I will call 07700900555.",
        "It takes 3 to 5 working days and costs £3.50.",
    ],
)
def test_what_is_this_customers_passes(draft: str) -> None:
    """From the conversation or the record, however it is spaced."""
    assert list(guard(draft, TALK)) == []


@pytest.mark.parametrize(
    "words",
    [
        "LF-90001",
        "ann@example.com",
        "07700 900999",
        "4111 1111 1111 1111",
        "GB82 WEST 1234 5698 7654 32",
        "www.example.net/pay",
    ],
)
def test_what_nobody_here_has_said_is_blocked(words: str) -> None:
    """With the words to look at."""
    flags = list(guard(f"Please use {words} for that.", TALK))
    assert [(f.policy, f.severity, f.span, f.message) for f in flags] == [(FOREIGN, Severity.BLOCK, words, "draft")]


def test_a_public_article_vouches_for_its_own_words() -> None:
    """A shop's number is nobody's secret."""
    assert list(guard("Call 020 7946 0018.", TALK, ["Our shop: 020 7946 0018"])) == []


def test_an_unfilled_slot_is_blocked() -> None:
    """Nobody is called {customer.first_name}."""
    assert [f.policy for f in guard("Hi {customer.first_name}!", TALK)] == [UNFILLED]


@given(st.integers(10000, 99999).filter(lambda n: n != 88213), st.text(alphabet="abc ,.", max_size=20))
def test_no_order_of_anybody_else_passes(number: int, around: str) -> None:
    """Wherever it stands in the draft."""
    assert any(f.policy == FOREIGN for f in guard(f"{around} LF-{number} {around}", TALK))
