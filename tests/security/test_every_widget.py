"""On no part of any screen does a text from outside become a command to the terminal: on a real one, byte by byte."""

import json
from pathlib import Path
from typing import Final

import pytest

from console.text import clean
from tests.ptys import run_on_a_pty
from tests.security.poisoned import HOSTILE, MARK, PARTS, SCREENS

COMMANDS: Final = (
    b"\x1b]0;",
    b"\x1b]52;",
    b"\x1b]8;",
    b"\x1b[31mHIJACK",
    b"\x9b31m",
    b"\x90q",
    b"\xc2\x9b",
    b"\xc2\x90",
    b"\xc2\x9c",
    b"\x00",
    b"\x08",
    b"\x1b[2J\x1b[31m",
)
"""What the hostile words would have a terminal do: another title, the clipboard, a link, colours, an empty screen."""


def test_no_widget_hands_a_strangers_commands_to_the_terminal(tmp_path: Path) -> None:
    """Walked through by keys; each screen is seen to show the words, and of them only what can be read comes out."""
    seen = tmp_path / "seen.json"
    output = run_on_a_pty(["-m", "tests.security.poisoned", str(seen)], size=(220, 80), within=300)
    shown = json.loads(seen.read_text(encoding="utf-8"))
    assert [name for name, there in shown.items() if not there] == []
    assert set(shown) == {*PARTS, "toast", *SCREENS}
    assert output.count(MARK.encode()) > 100
    for command in COMMANDS:
        assert command not in output, command
    for character in "\u202e\u202c\u2066\u2069\u200e\ufeff":
        assert character.encode() not in output, hex(ord(character))


@pytest.mark.parametrize("character", sorted({c for c in HOSTILE if not c.isprintable()}), ids=ascii)
def test_the_first_wall_takes_the_same_out(character: str) -> None:
    """What reaches the desk has none of it to begin with."""
    assert character not in clean(f"a{character}b")
