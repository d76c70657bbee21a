"""Alt with a digit reaches the console as a key."""

import pytest
from textual import events
from textual._xterm_parser import XTermParser

from console.terminal.alt_keys import as_command, read_alt_as_keys


@pytest.mark.parametrize("digit", ["1", "2", "3"])
def test_escape_and_a_digit_is_alt_and_that_digit(digit: str) -> None:
    """So Alt+1 takes a reply also in terminals that know no newer way to say it, tmux among them."""
    read_alt_as_keys()
    parser = XTermParser()
    tokens = [*parser.feed(f"\x1b{digit}"), *parser.feed("")]
    assert [token.key for token in tokens if isinstance(token, events.Key)] == [f"alt+{digit}"]


def sent(*pieces: str) -> list[str]:
    """The keys that the console reads from what a terminal sends, piece by piece."""
    read_alt_as_keys()
    parser = XTermParser()
    tokens = [token for piece in (*filter(None, pieces), "") for token in parser.feed(piece)]
    return [token.key for token in tokens if isinstance(token, events.Key)]


@pytest.mark.parametrize("letter", ["j", "w", "k", "x"])
def test_what_is_typed_right_behind_a_key_with_alt_is_only_that(letter: str) -> None:
    """Over a slow line all of it comes at once: no ^, no letter of the command, and none is lost."""
    assert sent(f"\x1b{letter}so sorry") == [f"alt+{letter}", *"so", "space", *"sorry"]


def test_several_keys_with_alt_in_one_go_are_those_keys() -> None:
    """Each at once, also where its sequence is cut in two."""
    assert sent("\x1bj\x1bk\x1b1") == ["alt+j", "alt+k", "alt+1"]
    assert sent("\x1b", "jhi") == ["alt+j", "h", "i"]


@pytest.mark.parametrize(
    ("sequence", "key"),
    [("\x1b[A", "up"), ("\x1bOP", "f1"), ("\x1b[Z", "shift+tab"), ("\x1bb", "ctrl+left"), ("\x1b[1;5C", "ctrl+right")],
)
def test_longer_sequences_are_what_they_were(sequence: str, key: str) -> None:
    """Also where they come in pieces."""
    assert sent(sequence) == [key]
    assert sent(sequence[:2], sequence[2:]) == [key]


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
