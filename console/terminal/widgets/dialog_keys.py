"""The line at the bottom while a dialog is open: its keys, each of them clickable, in place of those of the chat."""

from typing import Final

from textual.content import Content
from textual.widget import Widget

from console.terminal.key_names import key_names
from console.terminal.styles import beside
from console.terminal.widgets.key_bar import key_part

_SEEN: Final = ("dialog-help", "dialog-confirm", "dialog-leave")
"""What stands first, and what stands on the buttons."""


class DialogKeys(Widget):
    """Keys of the dialog and of the part of it that has the focus, as many as there is room for."""

    DEFAULT_CSS = beside(__file__)

    def on_mount(self) -> None:
        """Follow the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _: object) -> None:
        self.refresh()

    def render(self) -> Content:
        """Return as many keys as fit."""
        result = key_part("F1", "screen.help", "help")
        for keys, title in self._keys():
            part = key_part(key_names(keys), f"app.simulate_key('{keys.partition(',')[0]}')", title)
            if result.cell_length + part.cell_length + 2 > self.size.width:
                break
            result = Content.assemble(result, "  ", part)
        return result

    def _keys(self) -> list[tuple[str, str]]:
        """Return the keys that do something here, by what they do."""
        found: dict[str, tuple[str, str]] = {}
        for key, active in self.screen.active_bindings.items():
            binding = active.binding
            if not active.enabled or not binding.show or not binding.id or binding.id in _SEEN:
                continue
            keys, title = found.get(binding.id, ("", binding.description))
            found[binding.id] = f"{keys},{key}" if keys else key, title
        return [(keys, title[:1].lower() + title[1:]) for keys, title in found.values()]
