"""Something to tick, its mark readable without colour; Space or a click ticks it."""

from textual.content import Content
from textual.widgets import Checkbox


class Tick(Checkbox):
    """A box with a cross when it is ticked, and an empty one when it is not."""

    def render(self) -> Content:
        """Return the mark and the words."""
        self.BUTTON_INNER = "X" if self.value else " "
        return super().render()
