"""What identifies people and things."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.assist.recognise.entities import entities
from console.assist.recognise.identities import identities
from console.assist.recognise.names import addressed, answered, introduced, names_of
from console.assist.recognise.patterns import Kind, iban, luhn
from console.assist.recognise.spelled import spelled
from console.conversation.people import Customer
from tests.assist.making import messages


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("write to ann.b+x@example.co.uk please", Kind.EMAIL, "ann.b+x@example.co.uk"),
        ("card 4111 1111 1111 1111 thanks", Kind.CARD, "4111 1111 1111 1111"),
        ("IBAN GB82 WEST 1234 5698 7654 32.", Kind.IBAN, "GB82 WEST 1234 5698 7654 32"),
        ("call 07700 900143 today", Kind.PHONE, "07700 900143"),
        ("or +44 20 7946 0018", Kind.PHONE, "+44 20 7946 0018"),
        ("order LF-88213 is late", Kind.IDENTIFIER, "LF-88213"),
        ("tracking NP 5521 0098 31 stuck", Kind.IDENTIFIER, "NP 5521 0098 31"),
        ("account 351531510", Kind.IDENTIFIER, "351531510"),
        ("due on 4 November", Kind.DATE, "4 November"),
        ("from May 4th to 31st please", Kind.DATE, "May 4th to 31st"),
        ("on 2026-11-04", Kind.DATE, "2026-11-04"),
        ("by Friday", Kind.DATE, "Friday"),
        ("at 9:30 am", Kind.TIME, "9:30 am"),
        ("I paid £1,250.00 for it", Kind.AMOUNT, "£1,250.00"),
        ("about 40 quid", Kind.AMOUNT, "40 quid"),
        ("my postcode is LS1 4DY", Kind.POSTCODE, "LS1 4DY"),
        ("I live at 12 Harrow Bridge Road", Kind.ADDRESS, "12 Harrow Bridge Road"),
        ("it took 30 days", Kind.DURATION, "30 days"),
        ("see www.example.org/x.", Kind.URL, "www.example.org/x"),
        ("from 192.168.1.20", Kind.IP, "192.168.1.20"),
    ],
)
def test_a_thing_is_recognised_for_what_it_is(text: str, kind: Kind, words: str) -> None:
    """Each kind, in a sentence."""
    assert [(e.kind, e.text) for e in entities(text)] == [(kind, words)]


def test_digits_that_fail_the_check_are_no_card() -> None:
    """A typing error in a card number is only a number."""
    assert Kind.CARD not in {e.kind for e in entities("4111 1111 1111 1112")}


@given(st.text(max_size=200))
def test_entities_stand_where_they_say_and_do_not_overlap(text: str) -> None:
    """Any text at all."""
    end = 0
    for entity in entities(text):
        assert text[entity.start : entity.end] == entity.text
        assert entity.start >= end
        end = entity.end


@given(st.integers(min_value=10**11, max_value=10**15))
def test_luhn_notices_one_wrong_digit(number: int) -> None:
    """Exactly one last digit completes a number."""
    assert sum(luhn(f"{number}{digit}") for digit in range(10)) == 1


def test_iban_notices_swapped_digits() -> None:
    """The check of ISO 13616."""
    assert iban("GB82WEST12345698765432")
    assert not iban("GB82WEST12345698765423")


@pytest.mark.parametrize("letter", ["İ", "ı", "K", "é"])
def test_a_letter_that_no_account_has_is_no_account(letter: str) -> None:
    """Where case counts for nothing, “İ” passes for an “i”."""
    text = f"GB82 WEST 1234 5698 7654 32{letter}"
    assert not iban(text)
    assert identities(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hi, my name is Jane Doe and I need help", "Jane Doe"),
        ("my name is katarina miller", "katarina miller"),
        ("This is Luke.", "Luke"),
        ("I'm waiting for my parcel", ""),
        ("It's Monday", ""),
        ("I am really angry", ""),
    ],
)
def test_an_introduction_gives_a_name(text: str, name: str) -> None:
    """Only what is plainly one."""
    assert introduced(text) == name


@pytest.mark.parametrize(
    ("text", "name"), [("Ben", "Ben"), ("it's jane doe", "jane doe"), ("no thanks", ""), ("yes", "")]
)
def test_an_answer_to_the_question_for_a_name_is_one(text: str, name: str) -> None:
    """Short answers, whatever their case."""
    assert answered(text) == name


def test_names_come_from_record_introductions_and_answers() -> None:
    """All three, longest first."""
    talk = messages("c: hello", "a: May I have your name, please?", "c: Zanthe", "c: my name is Bo Lund")
    assert set(names_of(Customer("x", "Dana Kovel"), talk)) == {"Dana Kovel", "Dana", "Kovel", "Zanthe", "Bo Lund"}


@pytest.mark.parametrize(
    "words",
    [
        "eight eight two one three",
        "o seven seven double o",
        "double o seven",
        "d a n a",
        "d.a.n.a",
        "4 four 1 9",
        "twenty-one forty-four",
        "quebec zulu 4",
        "dana dot kovel at example dot com",
        "example dot co dot uk",
    ],
)
def test_what_is_spelled_out_is_found(words: str) -> None:
    """In lower case, in upper case, in the middle of a sentence."""
    for written in (words, words.upper()):
        text = f"Please use {written}, thanks."
        assert [text[start:end] for start, end in spelled(text)] == [written]


@pytest.mark.parametrize(
    "text",
    [
        "It takes one or two days, ten to fifteen at most.",
        "We are open from 10 a.m. to 5 p.m. on weekdays.",
        "Take a warm one, e.g. a down jacket.",
        "I have a double room for two.",
        "It costs one hundred and twenty pounds.",
        "Look at it at home. Com on.",
        "Sizes 3 4 5 are left.",
        "It is £164.00. I can send one. A new one.",
    ],
)
def test_quantities_and_plain_words_are_not_spelled_out(text: str) -> None:
    """Digits alone are left to the other patterns."""
    assert spelled(text) == ()


@pytest.mark.parametrize("text", ["ask mrs. abernathy-kowalczyk for it", "ask MR KING for it", "ask dr hill for it"])
def test_a_title_makes_a_name_of_any_word(text: str) -> None:
    """Whatever its case."""
    assert addressed(text) == (text.removeprefix("ask ").removesuffix(" for it"),)
