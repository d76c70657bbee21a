"""What the console of a tab does differently: its greeting, and the keys that it names."""

import os

import pytest

from console.terminal.browser.hello import LONGEST, NoHello, read_hello
from console.terminal.screens.help import lines
from tests.terminal.harness import app_of, at_work, wait_until
from tests.terminal.scenes import full_desk


def greeted(text: bytes) -> int:
    """Return a pipe that holds this, and ends."""
    reading, writing = os.pipe()
    os.write(writing, text)
    os.close(writing)
    return reading


GREETING = b'{"desk": "http://d", "token": "secret", "folder": "/f", "width": 80, "height": 24}\n'


def test_the_greeting_is_one_line_and_what_follows_is_left_for_the_keys() -> None:
    pipe = greeted(GREETING + b"keys")
    hello = read_hello(pipe)
    assert (hello.desk, hello.token, hello.width, hello.height) == ("http://d", "secret", 80, 24)
    assert os.read(pipe, 10) == b"keys"
    assert "secret" not in repr(hello)
    assert hello.address == ""
    os.close(pipe)


@pytest.mark.parametrize("text", [b"", b"hello\n", b"{}\n", b"[1]\n", b"x" * (LONGEST + 10)])
def test_without_a_greeting_there_is_no_console(text: bytes) -> None:
    pipe = greeted(text)
    with pytest.raises(NoHello):
        read_hello(pipe)
    os.close(pipe)


def test_the_help_names_the_keys_of_where_one_is() -> None:
    """A browser closes tabs at Ctrl+W, and one of them quits at Ctrl+Q."""
    terminal = "\n".join(line.plain for line in lines(100))
    browser = "\n".join(line.plain for line in lines(100, web=True))
    assert "^Q            Quit" in terminal
    assert "Esc+" in terminal
    assert "Alt+0         Quit" in browser
    assert "^Q" not in browser
    assert "Esc+" not in browser


async def test_alt_0_quits_everywhere() -> None:
    async with at_work(full_desk()) as pilot:
        await pilot.press("alt+0")
        await wait_until(pilot, lambda: app_of(pilot).return_code is not None, "the end")
        assert app_of(pilot).return_code == 0
