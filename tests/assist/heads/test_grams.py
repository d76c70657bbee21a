"""Words and pieces of words as numbers."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from console.assist.heads.grams import four_grams, hashed, piece_grams, word_grams


def test_words_and_pairs_are_taken_with_how_the_text_begins() -> None:
    """Case and punctuation aside, but a question stays one."""
    assert list(word_grams("Where is it?")) == ["where", "is", "it", "?", "^ where", "where is", "is it", "it ?"]


def test_pieces_mark_where_a_word_begins_and_ends() -> None:
    """So that "art" is not in "part"."""
    assert list(four_grams("art")) == ["<art", "art>"]
    assert set(piece_grams("it", 3, 5)) == {"<it", "it>", "<it>"}


@given(st.lists(st.text(max_size=80), max_size=5))
def test_any_text_becomes_a_row_of_length_one_or_zero(texts: list[str]) -> None:
    """Whatever people type."""
    for grams in (word_grams, four_grams, piece_grams):
        rows = hashed(texts, grams, 64)
        assert rows.shape == (len(texts), 64)
        assert rows.dtype == np.float32
        lengths = np.linalg.norm(rows, axis=1)
        assert np.all((np.abs(lengths - 1) < 1e-5) | (lengths == 0))


def test_the_same_words_always_fall_on_the_same_places() -> None:
    """In any process, on any machine: shipped weights rest on it."""
    for text in ("my parcel is lost", "My parcel is LOST!"):
        row = hashed([text], word_grams, 16)[0]
        assert [int(place * np.sign(row[place])) for place in np.flatnonzero(row)] == [0, 5, 6, -7, -9, -10, 13, 15]
