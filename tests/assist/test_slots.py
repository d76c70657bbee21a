"""Slots: filled for this customer, and taken out of what was another's."""

import re
from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from console.assist.slots import filled, order_in_play, slot_values
from console.assist.slotting import PARTICULAR, context_text, known_in, slot_text
from console.conversation.people import Customer, Order
from tests.assist.making import DANA, messages, talk

values = (
    st.text(alphabet="abcdefghijklmnopqrstuvwxyzABCDEFG0123456789 -", min_size=3, max_size=20)
    .map(str.strip)
    .filter(lambda v: len(v) > 2 and v[0].isalnum() and v[-1].isalnum())
)


def test_a_macro_is_filled_from_record_and_conversation() -> None:
    """Dates as people write them."""
    found = slot_values(talk("c: where is LF-88213?"), ())
    assert filled("Hello {customer.first_name}, {order.number} was due on {order.due}.", found) == (
        "Hello Dana, LF-88213 was due on 10 November."
    )


def test_a_text_with_a_slot_that_cannot_be_filled_is_none() -> None:
    """No text goes out with a hole in it."""
    assert filled("Your ticket {fact.ticket} is open.", slot_values(talk("c: hi"), ())) is None


def test_a_value_that_looks_like_a_slot_is_only_text() -> None:
    """What a customer calls themselves is never read."""
    evil = replace(DANA, first_name="{order.number}")
    assert filled("Hi {customer.first_name}", slot_values(talk("c: hi", customer=evil), ())) == "Hi {order.number}"


def test_the_order_named_last_is_in_play() -> None:
    """With none named, the only open one; with several open and none named, none."""
    two = replace(DANA, orders=(*DANA.orders, Order("LF-99999", "Tent", status="in transit")))
    assert order_in_play(talk("c: hi", customer=two)) is None
    named = order_in_play(talk("c: LF-88213?", "a: yes?", "c: I mean lf 99999", customer=two))
    assert named is not None
    assert named.number == "LF-99999"
    assert order_in_play(talk("c: hi")) == DANA.orders[0]


@given(st.lists(values, min_size=1, max_size=4, unique_by=str.lower), st.text(alphabet="xyz ,.", max_size=30))
def test_no_known_value_stays_in_a_text(planted: list[str], around: str) -> None:
    """Whatever its case, and however often it comes."""
    spans = tuple(sorted(((value, "said.thing") for value in planted), key=lambda pair: -len(pair[0])))
    text = f" {around} ".join([*planted, *(value.upper() for value in planted)])
    left = slot_text(text, spans).replace("{said.thing}", "\0")
    for value in planted:
        assert f" {value.lower()} " not in f" {left.lower()} "


@given(values)
def test_slotting_and_filling_gives_the_text_back(name: str) -> None:
    """What is taken out of one conversation goes back into the same one unchanged."""
    sentence = "thank you it is done"  # a name that shares words with it takes those out of it, too
    assume(name.lower() not in sentence and not {*re.split(r"[ -]+", name.lower())} & {*sentence.split()})
    customer = Customer("c", name=name)
    known = known_in(customer, (), {"customer.name": name})
    template = slot_text(f"Thank you, {name}, it is done", known.spans, frozenset())
    assert filled(template, known.values) == f"Thank you, {name}, it is done"


def test_identifying_things_become_slots_even_when_nobody_knows_whose_they_are() -> None:
    """E-mail, phone, order, card, date and sum."""
    text = "Mail ann@example.com, call 07700 900999, LF-12345, 4111 1111 1111 1111, by 4 November, £250"
    left = slot_text(text, (), PARTICULAR)
    assert left == "Mail {email}, call {phone}, {identifier}, {card}, by {date}, {amount}"


def test_what_is_spelled_out_in_words_becomes_a_slot() -> None:
    """Read aloud, a number is as much somebody's as in digits."""
    text = "Order eight eight two one three, ring o seven double o nine, write to dana dot k at example dot com"
    assert slot_text(text, (), PARTICULAR) == "Order {identifier}, ring {identifier}, write to {identifier}"


def test_a_look_up_names_the_slots_of_what_it_returned() -> None:
    """The same field of another look-up fills them."""
    said = messages("c: a table", 's: {"Name": "Green Fork", "Time": "6 pm", "ok": true}')
    known = known_in(Customer("c"), said, {})
    template = slot_text("The Green Fork is free at 6 pm.", known.spans)
    assert template == "The {lookup.name} is free at {lookup.time}."


def test_an_overtaken_value_fills_nothing() -> None:
    """A date the customer has taken back must not come again."""
    said = messages("a: On what day?", "c: Tuesday", "a: On what day?", "c: Friday")
    known = known_in(Customer("c"), said, {})
    assert known.values["said.day"] == "Friday"
    assert slot_text("Not Tuesday but Friday", known.spans, frozenset()) == "Not {earlier} but {said.day}"


def test_what_a_customer_said_stays_in_the_context_though_it_has_been_overtaken() -> None:
    """It says what the matter is, and is no name of theirs; a name goes, whatever came after it."""
    said = messages("a: Which part?", "c: the section", "a: Which part?", "c: human", "a: Your name?", "c: Ann Berg")
    known = known_in(Customer("c"), said, {})
    assert context_text(said[1], known) == "the section"
    assert context_text(said[3], known) == "human"
    assert "Berg" not in context_text(said[5], known)
