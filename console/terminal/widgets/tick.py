"""Something to tick, its mark readable without colour; Space or a click ticks it."""

from textual.content import Content
from textual.widgets import Checkbox


class Tick(Checkbox):
    """A box with a cross when it is ticked, and an empty one when it is not."""

    @property
    def _button(self) -> Content:
        """The mark: brackets, and a cross where it is ticked."""
        return Content.styled(f"[{'x' if self.value else ' '}]", "bold" if self.value else "")
