"""The line at the bottom: the keys that matter most, each of them clickable; as many as there is room for."""

from typing import Final

from textual.content import Content
from textual.widget import Widget

from console.terminal.actions import BY_ID
from console.terminal.styles import beside

_ORDER: Final = (
    "help",
    "palette",
    "inbox",
    "assist",
    "send",
    "take-1",
    "search",
    "source",
    "next",
    "note",
    "rewrite",
    "close",
    "hide",
    "review",
)
"""Left to right; the last ones give way first."""


class KeyBar(Widget):
    """Keys and what they do."""

    DEFAULT_CSS = beside(__file__)

    _rewrites = False
    _leads = False

    def show(self, *, rewrites: bool, leads: bool = False) -> None:
        """Show the key that rewrites only where a language model is set that does, and the review only to leads."""
        if (rewrites, leads) != (self._rewrites, self._leads):
            self._rewrites, self._leads = rewrites, leads
            self.refresh()

    def render(self) -> Content:
        """Return as many keys as fit."""
        wide = self.screen.has_class("-wide")
        result = Content("")
        for name in _ORDER:
            part = _part(name)
            if wide and name in ("inbox", "assist"):
                continue
            if (name == "rewrite" and not self._rewrites) or (name == "review" and not self._leads):
                continue
            if result.cell_length + part.cell_length + 2 > self.size.width:
                break
            result = Content.assemble(result, part, "  ") if result else Content.assemble(part, "  ")
        return result


def _part(name: str) -> Content:
    if name == "palette":
        key, action, short = "^P", "app.command_palette", "all"
    else:
        deed = BY_ID[name]
        key, action, short = deed.shown, f"screen.{deed.do}", deed.short
    return key_part("Alt+1-3" if name == "take-1" else key, action, short)


def key_part(key: str, action: str, short: str) -> Content:
    """Return a key and what it does, both clickable."""
    return Content.from_markup(
        f"[@click={action}][bold $key-bar-key]$key[/] $short[/]".replace("$key-bar-key", "$text-primary"),
        key=key,
        short=short,
    )
