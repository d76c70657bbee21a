"""What stands in disguise is found, and plain words stay what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.assist.recognise.disguise import undisguised


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("I want to kіll mysеlf", "I want to kill myself"),
        ("Ｉ ｗａｎｔ ｔｏ ｄｉｅ", "I want to die"),
        ("k.i.l.l m.y.s.e.l.f", "kill myself"),
        ("I want to\n\n\ndie", "I want to die"),
        ("my sollicitor", "my solicitor"),
        ("a base layer with a regular fit", "a base layer with a regular fit"),
        ("the barrier cream and the barista", "the barrier cream and the barista"),
        ("wo ist das Zelt", "wo ist das Zelt"),
    ],
)
def test_disguises_fall_and_plain_words_stay(text: str, plain: str) -> None:
    assert undisguised(text).text == plain


@given(st.text(max_size=120), st.data())
def test_what_is_found_leads_back_to_the_writers_own_words(text: str, data: st.DataObject) -> None:
    plain = undisguised(text)
    assert len(plain.places) == len(plain.text)
    assert list(plain.places) == sorted(plain.places)
    if plain.text:
        start = data.draw(st.integers(0, len(plain.text) - 1))
        end = data.draw(st.integers(start + 1, len(plain.text)))
        assert plain.original(text, start, end) in text
