"""Alt with a digit reaches the console as a key."""

import pytest
from textual import events
from textual._xterm_parser import XTermParser

from console.terminal.alt_keys import as_command, read_alt_digits_as_keys


@pytest.mark.parametrize("digit", ["1", "2", "3"])
def test_escape_and_a_digit_is_alt_and_that_digit(digit: str) -> None:
    """So Alt+1 takes a reply also in terminals that know no newer way to say it, tmux among them."""
    read_alt_digits_as_keys()
    parser = XTermParser()
    tokens = [*parser.feed(f"\x1b{digit}"), *parser.feed("")]
    assert [token.key for token in tokens if isinstance(token, events.Key)] == [f"alt+{digit}"]


def test_a_key_with_alt_brings_no_character_along() -> None:
    """A text field writes what is printable; Alt+W in the composer must not write a w."""
    key = events.Key("alt+w", "w")
    as_command(key)
    assert not key.is_printable


def test_a_plain_key_keeps_its_character() -> None:
    """Letters go on being letters."""
    key = events.Key("w", "w")
    as_command(key)
    assert key.is_printable
