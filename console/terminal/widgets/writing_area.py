"""A field of many lines that leaves to the console the keys that are the console's."""

from typing import Final

from textual.widgets import TextArea

_OURS: Final = frozenset({"select_line", "select_all"})
"""What Textual's field does at F6 and F7; both are keys of the console, and selecting has the mouse and Shift."""


class WritingArea(TextArea):
    """Textual's text field, but for F6 and F7: those reach the screen."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether the field does this; what it does not do, the screen may."""
        return action not in _OURS and super().check_action(action, parameters)
