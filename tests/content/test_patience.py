"""Authored expressions that a text could keep busy are refused before they are used."""

import pytest

from console.content.patience import busy_with


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+b",
        r"([!?]+)+$",
        r"(x+x+)+y",
        r"(\d+)*$",
        r"((((a{1,100}){1,100}){1,100}){1,100}){1,100}b",
        r"a{0,3000}a{0,3000}b",
    ],
)
def test_a_pattern_that_a_text_keeps_busy_is_told(pattern: str) -> None:
    assert busy_with(pattern)


@pytest.mark.parametrize(
    "pattern", [r"(?i)\brefund\b.{0,60}\bnow\b", r"\bLF[- ]?\d{5}\b", r"[!?]+", r"(?:very ){0,20}late", r"\w+@\w+"]
)
def test_an_honest_one_is_not(pattern: str) -> None:
    assert not busy_with(pattern)
