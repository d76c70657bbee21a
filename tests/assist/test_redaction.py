"""What leaves the machine holds nothing of anybody's, and comes back as it was."""

from time import process_time

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


def test_fields_that_the_record_nests_are_hidden_and_choices_stay() -> None:
    """A word by itself in small letters is a setting, and every text has it."""
    extra = {"address": '{"street": "4 Upper Mill", "city": "Leeds"}', "contact by": "email", "news": "true"}
    redaction = Redaction.of(Customer("u1", extra=extra), ())
    hidden = redaction.hidden("u1 of 4 upper mill in Leeds, is it true that you email?")
    assert hidden == "[DETAIL_1] of [DETAIL_2] in [DETAIL_3], is it true that you email?"


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


def test_a_name_said_once_is_hidden_in_every_text() -> None:
    """Also where nothing but the earlier message tells that it is one."""
    said = [Message("m1", Author.CUSTOMER, "I spoke with Quionia Reed yesterday")]
    redaction = Redaction.of(Customer("c1"), said)
    assert redaction.hidden("Reed's answer was no") == "[NAME_1]'s answer was no"


def test_a_part_of_a_name_has_the_number_of_the_whole_where_that_is_plain() -> None:
    """Two people of one surname are two."""
    redaction = Redaction.of(
        Customer("c1"), [Message("m1", Author.CUSTOMER, "I am Oskar Brandt. My wife is Ulla Brandt.")]
    )
    hidden = redaction.hidden("Oskar Brandt, Oskar, and Ulla Brandt; and Brandt")
    assert hidden == "[NAME_1], [NAME_1B], and [NAME_2]; and [NAME_3]"


def test_what_the_customer_has_bought_is_no_name() -> None:
    """However much it looks like one."""
    customer = Customer("c1", orders=(Order("LF-1", item="Harriet Jacket, size M", carrier="Northpost"),))
    text = "I told Harriet that it came with Northpost"
    assert "Harriet" not in Redaction.of(Customer("c1"), ()).hidden(text)
    assert Redaction.of(customer, ()).hidden(text) == text


def test_a_name_that_is_a_word_is_hidden_only_with_a_capital() -> None:
    """“will” is in every other sentence."""
    redaction = Redaction.of(Customer("c1", name="Will Frost", first_name="Will"), ())
    assert redaction.hidden("It is Will, will you help will frost") == "It is [NAME_1], will you help [NAME_1B]"


@pytest.mark.parametrize(
    ("question", "answer", "hidden"),
    [
        ("What is your date of birth?", "4 May 1988", "[BIRTHDATE_1]"),
        ("Your account number, please?", "it's 9431", "it's [ID_1]"),
        ("What is your address?", "sure, 7 upper mill", "sure, [ADDRESS_1]"),
        ("How many do you need?", "9431", "9431"),
        ("When did you order?", "4 May 1988", "4 May 1988"),
    ],
)
def test_an_answer_to_a_question_for_personal_data_is_hidden(question: str, answer: str, hidden: str) -> None:
    """By itself it could be anything."""
    said = [Message("m1", Author.AGENT, question), Message("m2", Author.CUSTOMER, answer)]
    assert Redaction.of(Customer("c1"), said).hidden(answer) == hidden


@pytest.mark.parametrize(
    "piece",
    [
        "Aa ",
        "1 2 3 ",
        "a@a.",
        "[EMAIL_1]",
        "Dana ",
        "12 Mill Lane ",
        "GB12 ABCD ",
        "O'",
        "::",
        "address is 1 Aa ",
        "one ",
    ],
)
def test_a_hostile_text_takes_about_as_long_as_it_is(piece: str) -> None:
    """Twice the length takes about twice the time (four times would be quadratic), and in no case long."""
    short, long = (min(seconds(piece, length, nth) for nth in range(3)) for length in (10_000, 20_000))
    assert long < max(3.2 * short, 0.2)
    assert long < 2


def seconds(piece: str, length: int, nth: int) -> float:
    """How long a conversation of one such text takes; ``nth`` makes it one that nothing is remembered of."""
    text = (f"{nth} " + piece * length)[:length]
    began = process_time()
    redaction = Redaction.of(DANA, [Message("m1", Author.CUSTOMER, text)])
    assert redaction.restored(redaction.hidden(text)) == text
    return process_time() - began
