"""Sentences and where they stand."""

from hypothesis import given
from hypothesis import strategies as st

from console.assist.sentences import paragraphs, sentences, texts


@given(st.text(max_size=300))
def test_a_sentence_stands_where_it_says(text: str) -> None:
    """Offsets point at the sentence itself, in order and without overlap."""
    end = 0
    for sentence in sentences(text):
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text.strip() == sentence.text != ""
        assert sentence.start >= end
        end = sentence.end


@given(st.text(alphabet="ab .!?\n", max_size=200))
def test_no_letter_is_lost(text: str) -> None:
    """All sentences together hold every character that is not white space."""
    assert "".join("".join(texts(text)).split()) == "".join(text.split())


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    """A title keeps its name."""
    assert texts("I saw Dr. Morgan today. He was kind.") == ("I saw Dr. Morgan today.", "He was kind.")


def test_a_sum_of_money_is_not_cut_at_its_point() -> None:
    """A decimal point is no full stop."""
    assert texts("It costs £3.50. Is that right?") == ("It costs £3.50.", "Is that right?")


def test_a_new_line_ends_a_sentence() -> None:
    """People write lines without marks."""
    assert texts("hello\nwhere is it") == ("hello", "where is it")


def test_only_paragraphs_that_are_short_enough_are_compared_as_a_whole() -> None:
    """Of a text that has none, its beginning stands for it."""
    ramble = "and then I waited " * 30
    assert paragraphs(f"Where is it?\n\n{ramble}\nI want a refund.\nWhere is it?") == [
        "Where is it?",
        "I want a refund.",
    ]
    assert paragraphs(ramble) == [ramble]
    assert paragraphs("") == []
