"""Words and codes, as texts and queries are compared by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.words import codes, is_code, terms, words

LETTERS = st.text("abcdefghkmnprtxz", min_size=1, max_size=6)
DIGITS = st.text("0123456789", min_size=2, max_size=7)


def test_words_are_compared_without_case_accents_and_plurals() -> None:
    """Also with a possessive."""
    assert words("The Cafés' OWNER’s keys, pass") == ["the", "cafe", "owner", "key", "pass"]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("XK 200/B", "xk200b"),
        ("XK200B", "XK-200 B"),
        ("iPhone 12", "iphone12"),
        ("LF-88213", "LF 88213"),
        ("order 88213", "88213"),
        ("ERR4031", "4031"),
        ("AUTH_207", "auth-207"),
    ],
)
def test_ways_to_write_a_code_have_a_code_in_common(written: str, asked: str) -> None:
    """Not only a small number or a plain word."""
    assert any(is_code(term) for term in set(terms(written)) & set(terms(asked)))


@given(LETTERS, DIGITS, st.sampled_from("-/._: "), st.sampled_from(["-", "", " ", "_"]), st.booleans())
def test_a_code_meets_itself_whatever_stands_between_its_parts(
    letters: str, digits: str, one: str, other: str, upper: bool
) -> None:
    """And in either case."""
    written = f"See {letters}{one}{digits}."
    asked = f"{letters}{other}{digits}"
    assert letters + digits in set(terms(written)) & set(terms(asked.upper() if upper else asked))


@given(st.text(max_size=300))
def test_any_text_has_terms_that_are_plain(text: str) -> None:
    """Nothing breaks, and no term holds blanks, which would part it in the store."""
    assert all(len(term.split()) <= 1 for term in terms(text))


def test_texts_without_digits_have_no_codes() -> None:
    """Their words are enough."""
    assert codes("Either/or, well-known e-mail") == []


def test_what_is_too_long_to_be_typed_is_no_code() -> None:
    """A digest, or an address."""
    assert codes("a1-" * 30) == []
