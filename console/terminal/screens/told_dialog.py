"""A dialog that asks about something which is told above the question, and scrolls by itself where it is long."""

from collections.abc import Iterable
from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from console.terminal.screens.dialog import Dialog, words

Answer = TypeVar("Answer")


class ToldDialog(Dialog[Answer]):
    """Page Up and Page Down read what is told, wherever the focus is."""

    WIDE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "read(1)", "Read on", tooltip="Scroll what is told", id="told-on", priority=True),
        Binding("pageup", "read(-1)", "Read back", tooltip="Scroll back", id="told-back", priority=True),
    ]

    def told(self, parts: Iterable[tuple[str, str]]) -> VerticalScroll:
        """Return what is told: each part behind its label."""
        lines = (words(Content.assemble((f"{label}  ", "bold"), said)) for label, said in parts)
        return VerticalScroll(*lines, id="told", can_focus=False)

    def action_read(self, way: int) -> None:
        """Scroll what is told."""
        page = self.query_one("#told")
        (page.scroll_page_down if way > 0 else page.scroll_page_up)(animate=False)
