"""One of several answers to choose from, its mark readable without colour."""

from textual.content import Content
from textual.widgets import RadioButton


class Choice(RadioButton):
    """A radio button with a full mark when it is chosen, and an empty one when it is not."""

    def render(self) -> Content:
        """Return the mark and the words."""
        self.BUTTON_INNER = "●" if self.value else "○"
        return super().render()
