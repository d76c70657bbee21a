"""Facts have the shape of their kind, and wishes are none."""

import re

import pytest

from console.assist.facts import facts_of, newest_facts
from console.assist.shapes import completed, fits, in_pieces
from console.content.behaviours import Fact
from tests.assist.making import messages

NUMBER = Fact("order number", "order.number", "Your number?", re.compile(r"(?i)\bAB[- ]?\d{5}\b"))
ARRIVED = Fact("what arrived", "arrived", "What was in it?", re.compile(r"(?i)\b(?:got|received|have)\b[^.!?\n]{3,60}"))
CODE = re.compile(r"(?i)\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")


def labelled(*said: str, wanted: tuple[Fact, ...] = ()) -> list[tuple[str, str]]:
    """Return the facts of a conversation, each with its label."""
    return [(fact.label, fact.value) for fact in facts_of(messages(*said), wanted)]


@pytest.mark.parametrize("answer", ["AB-12345", "it is AB-12345", "AB-12345 I think"])
def test_what_is_no_postcode_is_not_called_one(answer: str) -> None:
    assert labelled("b: Which postcode did it go to?", f"c: {answer}") == [("Number", "AB-12345")]


def test_figures_for_a_postcode_are_a_number_and_a_zip_code_is_one() -> None:
    assert labelled("b: Your order number? Which postcode did it go to?", "c: it is 47112") == [("Number", "47112")]
    assert labelled("b: What is your zip code?", "c: 12345") == [("Zip code", "12345")]
    assert labelled("b: Which postcode did it go to?", "c: QX1 1AA") == [("Postcode", "QX1 1AA")]


@pytest.mark.parametrize(
    ("label", "value", "holds"),
    [
        ("Postcode", "LF-88436", False),
        ("Postcode", "QX1 1AA", True),
        ("E-mail", "LF-88436", False),
        ("Phone", "LF-88436", False),
        ("Phone", "07700 900123", True),
        ("Name", "LF-88436", False),
        ("When", "LF-88436", False),
        ("When", "Tuesday at 3", True),
        ("Order", "LF-88436", True),
        ("Anything else", "LF-88436", True),
    ],
)
def test_a_value_stands_under_a_label_whose_shape_it_has(label: str, value: str, holds: bool) -> None:
    assert fits(label, value) is holds


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("I got a tent and a stove", "got a tent and a stove"),
        ("I got a tent, I want a refund", "got a tent"),
        ("I received two left boots and I need the right one", "received two left boots"),
        ("I have to have my money back", ""),
        ("can I have my money back please", ""),
    ],
)
def test_a_wish_is_no_part_of_what_happened(said: str, value: str) -> None:
    fact = newest_facts(messages(f"c: {said}"), (ARRIVED,)).get("arrived")
    assert (fact.value if fact else "") == value


@pytest.mark.parametrize(
    "said",
    [
        "AB-12345 is not here yet!!",
        "nothing from AB-12345",
        "AB-12345 hasn't come, this is a disgrace",
        "AB-12345 was not delivered and nobody cares",
        "I want to know why AB–12345 isn't here",
        "still no sign of ab 12345",
    ],
)
def test_a_number_given_in_anger_is_given(said: str) -> None:
    fact = newest_facts(messages(f"c: {said}"), (NUMBER,))["order.number"]
    assert re.sub(r"\W", "", fact.value).upper() == "AB12345"


@pytest.mark.parametrize(
    "said", ["not AB-12345", "AB-12345 is not mine", "AB-12345 is wrong", "order AB-12345 isn't mine"]
)
def test_a_number_that_is_said_to_be_the_wrong_one_is_not(said: str) -> None:
    assert "order.number" not in newest_facts(messages(f"c: {said}"), (NUMBER,))


@pytest.mark.parametrize("said", ["QX 10 1BQ", "qx10-1bq", "Q X10 1BQ", "it's QX10 1 BQ thanks"])
def test_a_code_written_in_pieces_is_put_together(said: str) -> None:
    assert [value.upper() for value, _, _ in in_pieces(said, CODE)] == ["QX101BQ"]


def test_figures_are_completed_by_a_plain_prefix_alone() -> None:
    assert completed("12345", re.compile(r"(?i)\bAB[- ]?\d{5}\b")) == "AB-12345"
    assert completed("12345", re.compile(r"[A-Z]{2}-\d{5}")) == ""
