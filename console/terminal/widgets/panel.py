"""The frame of an assist panel: a title on a thin line, and below it whatever the panel shows."""

from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from console.terminal.styles import beside


class Panel(Widget):
    """A titled part of the assist column."""

    DEFAULT_CSS = beside(__file__)
    TITLE: ClassVar[str] = ""

    def on_mount(self) -> None:
        """Set the title."""
        self.retitle()

    def retitle(self, remark: str = "") -> None:
        """Show the title with a remark behind it."""
        self.border_title = Content(f"{self.TITLE} · {remark}" if remark else self.TITLE).markup
