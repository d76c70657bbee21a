"""Keys are documented and free, and no widget overrides a private part of its toolkit by accident."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

import console.terminal
from console.terminal.actions import DEEDS
from console.terminal.screens.help import lines
from console.terminal.screens.main import MainScreen
from console.terminal.widgets.key_bar import KeyBar
from tests.terminal.harness import app_of, at_work, wait_until
from tests.terminal.scenes import full_desk


def own_nodes() -> Iterator[type[DOMNode]]:
    """Every widget, screen and app of the console."""
    for module in pkgutil.walk_packages(console.terminal.__path__, "console.terminal."):
        loaded = importlib.import_module(module.name)
        for _, kind in inspect.getmembers(loaded, inspect.isclass):
            if kind.__module__ == module.name and issubclass(kind, DOMNode):
                yield kind


NODES = sorted(set(own_nodes()), key=lambda kind: kind.__qualname__)


@pytest.mark.parametrize("kind", NODES, ids=lambda kind: kind.__qualname__)
def test_every_binding_has_an_id_a_description_and_a_tooltip(kind: type[DOMNode]) -> None:
    """So that it can be found, explained and changed."""
    for binding in kind.__dict__.get("BINDINGS", ()):
        assert isinstance(binding, Binding)
        assert binding.id
        assert binding.description
        assert binding.tooltip


@pytest.mark.parametrize("kind", NODES, ids=lambda kind: kind.__qualname__)
def test_no_private_name_of_textual_is_taken(kind: type[DOMNode]) -> None:
    """Names with one underscore are Textual's where Textual has them."""
    allowed = {"__module__", "_merged_bindings", "_css_type_name", "_css_type_names", "_inherit_css"}
    theirs = {
        name
        for base in kind.__mro__[1:]
        if base.__module__.startswith("textual")
        for name in base.__dict__
        if name.startswith("_") and not name.startswith("__")
    }
    ours = {name for name in kind.__dict__ if name.startswith("_") and not name.startswith("__")}
    clashes = {n for n in ours & theirs if n not in allowed and inspect.isfunction(kind.__dict__[n])}
    assert not {n for n in clashes if not n.startswith(("_on_", "_get_", "_abc"))}


def test_every_deed_can_be_done() -> None:
    """Each has its action on the main screen."""
    for deed in DEEDS:
        assert hasattr(MainScreen, "action_" + deed.do.split("(")[0]), deed.id


def test_no_key_is_given_twice_and_none_belongs_to_the_browser() -> None:
    """Ctrl+W, Ctrl+T and Ctrl+N would close, open and leave the tab; what has no key of its own says so with ^P."""
    keys = [key for deed in DEEDS if deed.key for key in deed.key.split(",")]
    assert all(deed.shown == "^P" for deed in DEEDS if not deed.key)
    assert len(keys) == len(set(keys))
    assert not {"ctrl+w", "ctrl+t", "ctrl+n"} & set(keys)


@pytest.mark.parametrize("width", [40, 72, 110])
def test_the_help_names_every_deed_within_the_width(width: int) -> None:
    """Nothing is cut off."""
    text = lines(width)
    assert all(line.cell_length <= width for line in text)
    whole = " ".join(" ".join(line.plain for line in text).split())
    for deed in DEEDS:
        assert deed.shown in whole


def test_single_letters_are_bound_only_where_nothing_is_typed() -> None:
    """A letter on the main screen would run while somebody writes elsewhere; digits are taken outside the composer."""
    letters = {key for deed in DEEDS for key in deed.key.split(",") if len(key) == 1}
    assert letters <= {"1", "2", "3", "4"}


@pytest.mark.parametrize("rewrites", [True, False])
async def test_the_key_bar_names_the_rewrite_only_where_something_rewrites(*, rewrites: bool) -> None:
    """On the widest screen, where all have room."""
    desk = full_desk()
    desk.rewrites = rewrites
    async with at_work(desk, size=(200, 60)) as pilot:
        bar = app_of(pilot).main.query_one(KeyBar)
        await wait_until(pilot, lambda: ("rewrite" in bar.render().plain) is rewrites)
        assert "Alt+X close" in bar.render().plain
