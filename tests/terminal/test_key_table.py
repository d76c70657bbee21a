"""All keys of the console together: each arrives from every terminal, is swallowed nowhere, and means one thing."""

from collections.abc import Iterator

import pytest
from textual import events
from textual._xterm_parser import XTermParser
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

from console.terminal.actions import DEEDS, Deed
from console.terminal.alt_keys import ALT, read_alt_as_keys
from console.terminal.app import ConsoleApp
from console.terminal.widgets.draft_area import DraftArea
from tests.terminal.harness import app_of, at_work, wait_until
from tests.terminal.scenes import full_desk
from tests.terminal.test_keys import NODES

TAKEN_BEFORE_US = {"ctrl+b": "tmux", "ctrl+a": "screen"}
"""What a program around the console waits for, so that it arrives only when pressed twice."""
THE_SAME_BYTE = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+j": "enter", "ctrl+h": "backspace"}
"""Keys that terminals do not tell apart."""


def bindings(kind: type[DOMNode]) -> Iterator[Binding]:
    """The bindings that a kind of node has of its own."""
    for binding in kind.__dict__.get("BINDINGS", ()):
        assert isinstance(binding, Binding)
        yield binding


def keys(binding: Binding) -> tuple[str, ...]:
    """The keys of a binding, one by one."""
    return tuple(key.strip() for key in binding.key.split(","))


ARROWS = {"up": "[1;3A", "down": "[1;3B"}
"""What terminals send behind Escape."""
ALL = [(kind, binding) for kind in NODES for binding in bindings(kind)]


def arrives_as(key: str) -> str:
    """Return what the console reads where a terminal (or tmux, or a slow line) sends Escape and the key's character."""
    read_alt_as_keys()
    name = key.removeprefix(ALT)
    character = (
        name
        if len(name) == 1
        else {"comma": ",", "full_stop": ".", "minus": "-", "equals_sign": "=", "slash": "/"}.get(
            name, ARROWS.get(name, "")
        )
    )
    parser = XTermParser()
    tokens = [*parser.feed(f"\x1b{character}"), *parser.feed("")]
    read = [token.key for token in tokens if isinstance(token, events.Key)]
    return read[0] if len(read) == 1 else ""


@pytest.mark.parametrize(("kind", "binding"), ALL, ids=lambda it: it.id if isinstance(it, Binding) else it.__qualname__)
def test_a_key_arrives_as_itself(kind: type[DOMNode], binding: Binding) -> None:
    """Alt+B and Alt+F are a word back and on, for most terminals and for tmux; Ctrl+M is Enter."""
    for key in keys(binding):
        assert key not in THE_SAME_BYTE, f"{key} of {kind.__name__}"
        if key.startswith(ALT):
            assert arrives_as(key) == key, f"{key} of {kind.__name__}"


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.id)
def test_a_key_that_tmux_or_screen_takes_is_not_the_only_one(deed: Deed) -> None:
    """Whoever works in them has another way than pressing it twice."""
    assert [key for key in deed.key.split(",") if key not in TAKEN_BEFORE_US]


def test_alt_with_a_digit_is_never_the_only_way() -> None:
    """Some SSH clients keep it for their tabs: then another key does it, or the palette, which has every deed."""
    in_palette = {deed.id for deed in DEEDS}
    for kind, binding in ALL:
        others = [key for key in keys(binding) if not (key.startswith(ALT) and key[len(ALT) :].isdecimal())]
        same = [other for node, other in ALL if node in kind.__mro__ and other.action == binding.action]
        other_binding = any(not key.startswith(ALT) for other in same for key in keys(other))
        taken_by_button = binding.id == "packet-take"  # Ctrl+S does the same there, and the button that it stands on
        assert others or binding.id in in_palette or other_binding or taken_by_button, (
            f"{binding.key} of {kind.__name__}"
        )


async def test_no_key_of_the_console_is_swallowed_where_the_draft_is_written() -> None:
    """With the focus in the composer, every key of a deed but plain digits does that deed."""
    async with at_work(full_desk()) as pilot:
        area = app_of(pilot).main.query_one(DraftArea)
        area.focus()
        await wait_until(pilot, lambda: area.has_focus)
        active = app_of(pilot).screen.active_bindings
        for deed in DEEDS:
            for key in deed.key.split(","):
                if len(key) > 1:
                    assert active[key].binding.action == deed.do, f"{key}: {active[key].binding.action}"


async def test_the_connection_is_tried_again_out_of_the_composer() -> None:
    """F6 is the console's also there, and marks no line."""
    async with at_work(full_desk()) as pilot:
        tried: list[str] = []
        app_of(pilot).controller.link.try_now = lambda: tried.append("now")  # type: ignore[method-assign]
        await pilot.press("H", "i", "f6")
        assert tried == ["now"]
        assert app_of(pilot).main.query_one(DraftArea).selected_text == ""


SCREENS = [kind for kind in NODES if issubclass(kind, Screen)]


@pytest.mark.parametrize("kind", SCREENS, ids=lambda kind: kind.__qualname__)
def test_no_key_means_two_things_on_one_screen(kind: type[Screen[object]]) -> None:
    """A dialog's own keys and those of every dialog; the main screen's and the app's."""
    meant: dict[str, str] = {}
    for node in (*kind.__mro__, ConsoleApp):
        if node.__module__.startswith("console."):
            for binding in bindings(node):
                for key in keys(binding):
                    assert meant.setdefault(key, binding.action) == binding.action, key
