"""Text from outside is made harmless, and stays what it says."""

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from console.text import CUT_MARK, MAX_CHARACTERS, MAX_COMBINING, clean, clean_line, shorten

HOSTILE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\u200d\u202e\u2066\u2069\x1b\x07\x00\x9b\ufeff\u0301\u0300\ufe0f\r\n\t \u2028\u0344\u1100\u1161"
            "\U0001f3fd\U0001f44d\U0001f469\u20e31\u0915\u093e\u094d\u034f\u1160\u3164\u2800\u0627\u0654\u0bc6\u0bbe"
        ),
    ),
    max_size=200,
)
HARMFUL = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@given(HOSTILE)
@example("e\u200d\u0301")
@example("\u200d" * 50 + "a")
@example("\ufb2c" * 60)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    """What was cleaned at ingress may be cleaned again anywhere."""
    once = clean(text, 120)
    assert clean(once, 120) == once
    assert clean_line(clean_line(text)) == clean_line(text)


@given(HOSTILE)
def test_nothing_that_steers_a_terminal_or_hides_text_is_left(text: str) -> None:
    """No control, direction, private, unassigned or surrogate character; NFC; no blank edges."""
    result = clean(text)
    assert {unicodedata.category(c) for c in result if c not in "\n\t\u200d"}.isdisjoint(HARMFUL)
    assert unicodedata.is_normalized("NFC", result)
    assert result == result.strip()
    result.encode()
    assert "\u200d\u200d" not in result


@given(HOSTILE, st.integers(20, 60))
def test_nothing_is_longer_than_its_limit(text: str, limit: int) -> None:
    """Also with the mark that says something was cut."""
    assert len(clean(text, limit)) <= limit
    line = clean_line(text, limit)
    assert len(line) <= limit
    assert "\n" not in line
    assert len(shorten(text, limit)) <= limit


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("\x1b[2J\x1b]0;owned\x07hello", "[2J]0;ownedhello"),
        ("\x9b31mred", "31mred"),
        ("safe\u202eevil\u2066x\u2069", "safeevilx"),
        ("re\u200dfund", "refund"),
        ("re\u00adfu\u200bnd\ufeff", "refund"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("\u2028para\u2029graph", "paragraph"),
        ("\ud800lone", "lone"),
        ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]"),
        ("&lt;b&gt;", "&lt;b&gt;"),
        ("   \u200d\u200d  ", ""),
        ("e\u0301", "é"),
        ("ki\u034fll you", "kill you"),
        ("G\u034fB29\u3164NW\u115f\u1160\uffa0BK", "GB29NWBK"),
        ("w\ufe0fo\ufe00r\U000e0100d\u180b\u17b4", "word"),
        ("1\ufe0f2\ufe0f", "12"),
        ("\U0001f3fb" * 3 + "light\U0001f3fb", "light"),
        ("👩\u200dWord", "👩Word"),
        ("\u3164\u2800 \u3164\n\u2800", ""),
        ("क" + "\u093e" * 9, "क" + "\u093e" * MAX_COMBINING),
        ("a" + "\u1161" * 9, "a" + "\u1161" * MAX_COMBINING),
    ],
)
def test_known_attacks_come_out_harmless(hostile: str, harmless: str) -> None:
    """Escapes lose their escape, directions and joints go, markup stays text."""
    assert clean(hostile) == harmless


@pytest.mark.parametrize(
    "emoji",
    [
        "👨‍👩‍👧‍👦",
        "❤️",
        "🏳️‍🌈",
        "👩🏽‍🚀",
        "नमस्ते",
        "क्‍ष",
        "العربية",
        "Việt Nam",
        "👍🏽",
        "1️⃣",
        "한국어",
        "हिन्दी में",
        "தமிழ்",
        "↔️ ©️",
        "🇬🇧",
    ],
)
def test_emoji_families_and_joined_scripts_are_kept(emoji: str) -> None:
    """What people write in earnest survives."""
    assert clean(f"hello {emoji}!") == unicodedata.normalize("NFC", f"hello {emoji}!")


def test_ten_thousand_combining_marks_leave_a_few() -> None:
    """One letter cannot tower over the screen."""
    result = clean("z" + "\u0335" * 10_000 + "algo")
    assert result == "z" + "\u0335" * MAX_COMBINING + "algo"


def test_what_no_script_needs_is_not_drawn() -> None:
    """Of all characters, those that take no room and stay inside a word are marks of a script."""
    every = (chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    hidden = {c for c in every if cell_len(c) == 0 and clean(f"a{c}b") != "ab"} - set("\r\n\t")
    halves = {c for c in hidden if "HANGUL" in unicodedata.name(c, "")}
    assert {unicodedata.category(c) for c in hidden - halves} == {"Mn", "Me", "Mc"}
    assert all(len(clean(f"a{c * 9}b")) <= MAX_COMBINING + 2 for c in hidden)


def test_a_megabyte_is_cut_and_says_so() -> None:
    """In reasonable time, also where most of it is marks that go anyway."""
    for text in (
        "long words " * 100_000,
        "z" + "\u0335" * 1_000_000 + " and what follows is lost",
        "a" + "\u0327\u0301" * 40_000 + "which would be put in order",
        "\U0001f468\u200d" * 100_000,
    ):
        began = time.process_time()
        result = clean(text)
        assert time.process_time() - began < 2
        assert len(result) <= MAX_CHARACTERS
        assert result.endswith(CUT_MARK)


def test_text_is_shortened_at_a_word_where_one_ends_in_time() -> None:
    """And in the middle of one where none does."""
    assert shorten("three short words", 13) == "three short…"
    assert shorten("a" * 30, 10) == "a" * 9 + "…"
    assert shorten("fits\nhere", 20) == "fits here"
