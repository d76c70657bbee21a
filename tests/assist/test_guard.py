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
    (flag,) = guard("Hi {customer.first_name}!", TALK)
    assert (flag.policy, flag.span) == (UNFILLED, "{customer.first_name}")
    assert flag.title == "Something is still to be filled in: customer first name"


@given(st.integers(10000, 99999).filter(lambda n: n != 88213), st.text(alphabet="abc ,.", max_size=20))
def test_no_order_of_anybody_else_passes(number: int, around: str) -> None:
    """Wherever it stands in the draft."""
    assert any(f.policy == FOREIGN for f in guard(f"{around} LF-{number} {around}", TALK))


@pytest.mark.parametrize(
    "written",
    [
        "88 214", "8 8 2 1 4", "8.8.2.1.4", "88-214", "88.214", "88/214", "88,214", "882 14", "LF 88214", "order_88214",
        "８８２１４", "٨٨٢١٤", "№88214", "4111.1111.1111.1111", "4111/1111/1111/1111", "gb29 nwbk 6016 1331 9268 19",
        "ann @ example.com", "ann＠example.com", "ann[at]example.com", "ann at example dot com",
        "0 7 7 0 0 9 0 0 1 2 3", "ls1 4ap", "LS1 4AP",
    ],
)  # fmt: skip
def test_another_customers_number_is_blocked_however_it_is_written(written: str) -> None:
    """A slip of the keyboard, or a way around the guard."""
    flags = list(guard(f"It is {written} that you want.", TALK))
    assert [flag.policy for flag in flags] == [FOREIGN]
    assert flags[0].span in f"It is {written} that you want."


@pytest.mark.parametrize(
    "draft",
    [
        "Order 88213, or lf 88213, or 88 213.",
        "Order 88213 2 pairs, №88213.",
        "I write to Dana.Kovel @ example.com.",
        "Sizes 43 44, or 38, 40, 42, 44.",
        "Open 9.00-17.30, on 4/11/2026 until 10.30.",
        "It costs £164.00 and weighs 12.55 kg.",
        "Within 3 to 5 days, 24/7.",
    ],
)
def test_what_is_known_may_be_written_in_any_way(draft: str) -> None:
    """And counts, sums, days and times are nobody's."""
    assert list(guard(draft, TALK)) == []


def test_two_texts_do_not_vouch_for_what_stands_in_neither() -> None:
    """Pieces of two messages are no number that anybody gave."""
    said = talk("c: I am 88", "c: 214 friends")
    assert [flag.span for flag in guard("Your order 88214 is late.", said)] == ["88214"]


def test_a_thousand_digits_vouch_for_no_number_in_them() -> None:
    """Nor do a thousand numbers vouch for all of them."""
    every = "".join(str(n) for n in range(1000, 3000))
    assert [f.span for f in guard("Your order 2770 is late.", talk(f"c: {every}"))] == ["2770"]
    listed = " ; ".join(str(n) for n in range(1000, 3000))
    assert [f.span for f in guard("Your order 2770 is late.", talk(f"c: {listed}"))] == ["2770"]


def test_a_number_among_others_is_known_by_itself() -> None:
    """The customer has put two numbers beside each other."""
    said = talk("c: my orders are 88219 77123 and my number 07700 900555")
    assert list(guard("Order 77123 is late, I call 07700900555.", said)) == []


def test_an_address_and_a_link_are_known_by_their_words() -> None:
    """Whatever their case, in one text."""
    said = talk("c: i live at 12 mill lane, see https://shop.example.com/x?y=1")
    assert list(guard("To 12 Mill Lane? As https://shop.example.com/x says.", said)) == []
    assert [f.span for f in guard("To 13 Mill Lane?", said)] == ["13 Mill Lane"]
