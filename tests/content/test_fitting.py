"""A macro's dialog says why it is offered, in an agent's words."""

from console.content.conditions import OPERATORS, Condition
from console.content.fitting import why_offered
from console.content.macros import Macro, Stage

MACRO = Macro(
    "reship",
    "Offer to reship",
    "I'm sorry, {customer.first_name}. I can send it again.",
    intents=("lost-parcel",),
    situations=("my parcel has not arrived", "still nothing"),
    when=(Condition("order.days_late", ">=", 7), Condition("value", "in", ["1", "2"])),
    asks=("order.number",),
)


def test_it_says_what_customers_say_and_what_must_be_true() -> None:
    """And what it asks for; nothing of its own text."""
    told = why_offered(MACRO)
    assert "– “my parcel has not arrived”\n– “still nothing”" in told
    assert "– lost parcel" in told
    assert "– the order's days late is at least 7" in told
    assert "– value is one of 1, 2" in told
    assert "– the order's number" in told
    assert "{" not in told
    assert "I'm sorry" not in told


def test_a_macro_without_grounds_fits_anywhere() -> None:
    """And one for the end says so."""
    assert why_offered(Macro("m", "M", "Hello.")) == "It fits any conversation."
    assert why_offered(Macro("m", "M", "Bye.", stage=Stage.CLOSING)) == "Only when the customer takes their leave."


def test_every_operator_has_words() -> None:
    """Whatever a content author may write."""
    for op in OPERATORS:
        assert why_offered(Macro("m", "M", "x", when=(Condition("value", op, 1),))).count("– value ") == 1
