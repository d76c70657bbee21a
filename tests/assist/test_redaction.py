"""What leaves the machine holds nothing of anybody's, and comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.assist.redaction import Redaction
from console.conversation.message import Author, Message
from console.conversation.people import Customer, Order

DANA = Customer(
    "dana-kovel",
    name="Dana Kovel",
    first_name="Dana",
    email="dana.kovel@example.com",
    phone="07700 900143",
    orders=(Order("LF-88213", item="Fellwalker boots", total="£164.00", tracking="NP 5521 0098 31"),),
    notes="Recently widowed.",
    extra={"address": "4 Mill Lane, Kettlewick", "newsletter": "no"},
)
FIELDS = (
    DANA.name,
    DANA.first_name,
    DANA.email,
    DANA.phone,
    DANA.orders[0].number,
    DANA.orders[0].tracking,
    DANA.notes,
    DANA.extra["address"],
)

pieces = st.sampled_from(
    [
        "[EMAIL_1]", "[email 1]", "[NAME_1B]", "[TEXT_1]", "[EMAIL_", "_1]", "[", "]", "1", "[[NAME_1]]", "\\_", "NAME",
        "dana.kovel@example.com", "DANA.KOVEL@EXAMPLE.COM", "4111 1111 1111 1111", "4111111111111111", "Dana", "kovel",
        "DANA KOVEL", "07700900143", "07700 900 143", "LF-88213", "lf 88213", "£20", "ſ", "İ", "K", "ß", "é", "\u0301",
    ]
)  # fmt: skip
texts = st.lists(st.one_of(pieces, st.text(max_size=6)), max_size=12).map("".join) | st.text(max_size=60)


@given(st.lists(texts, min_size=1, max_size=4))
def test_what_was_hidden_comes_back_exactly(said: list[str]) -> None:
    """Whatever the texts are, also where they hold what looks like a placeholder."""
    redaction = Redaction.of(DANA, [])
    hidden = [redaction.hidden(text) for text in said]
    assert [redaction.restored(text) for text in hidden] == said
    assert not any(redaction.unknown(text) for text in hidden)


@pytest.mark.parametrize("value", FIELDS)
@pytest.mark.parametrize("written", [str, str.upper, str.lower])
def test_no_field_of_the_record_stays(value: str, written: type[str]) -> None:
    """Whatever its case."""
    left = Redaction.of(DANA, []).hidden(f"It says {written(value)} here")
    assert left.startswith("It says [")
    assert left.endswith("] here")


def test_the_same_thing_has_the_same_number_however_it_is_written() -> None:
    """In every text of the conversation; a letter tells the ways of writing it apart."""
    redaction = Redaction.of(DANA, [])
    assert redaction.hidden("My card is 4111 1111 1111 1111.") == "My card is [CARD_1]."
    assert redaction.hidden("4111111111111111, or 4111 1111 1111 1111?") == "[CARD_1B], or [CARD_1]?"
    assert redaction.hidden("mail a.b@example.com or A.B@example.com") == "mail [EMAIL_1] or [EMAIL_1B]"


@pytest.mark.parametrize("written", ["[EMAIL_1]", "[email_1]", "[EMAIL 1]", "[Email-1]", "[ EMAIL_1 ]", "[EMAIL\\_1]"])
def test_a_placeholder_that_a_model_writes_another_way_comes_back(written: str) -> None:
    """As long as it is plain which is meant."""
    redaction = Redaction()
    redaction.hidden("a.b@example.com")
    assert redaction.restored(f"I wrote to {written}.") == "I wrote to a.b@example.com."


def test_a_placeholder_that_nothing_is_known_of_stays_and_is_named() -> None:
    """A model made it up."""
    redaction = Redaction()
    redaction.hidden("a.b@example.com")
    assert redaction.restored("[EMAIL_1] [EMAIL_2] [note 1]") == "a.b@example.com [EMAIL_2] [note 1]"
    assert redaction.unknown("[EMAIL_1] [email 2] [note 1]") == ("[email 2]",)


def test_names_that_the_conversation_gives_away_are_hidden_in_every_text() -> None:
    """Also where they are written small."""
    said = [Message("m1", Author.CUSTOMER, "hi, my name is Oluwaseun Brandt")]
    redaction = Redaction.of(Customer("c1"), said)
    assert redaction.hidden("the account of oluwaseun brandt") == "the account of [NAME_1]"
