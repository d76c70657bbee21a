"""One of several answers to choose from, its mark readable without colour; the arrow keys choose."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import RadioButton, RadioSet


class Choice(RadioButton):
    """A radio button with a full mark when it is chosen, and an empty one when it is not."""

    def render(self) -> Content:
        """Return the mark and the words."""
        self.BUTTON_INNER = "●" if self.value else "○"
        return super().render()


class Choices(RadioSet):
    """The answers: where the cursor goes, there is the choice. Where nothing is chosen yet, the first arrow chooses."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,left", "choose(-1)", "Choice above", tooltip="Choose the one before", id="choice-up"),
        Binding("down,right", "choose(1)", "Choice below", tooltip="Choose the next one", id="choice-down"),
    ]

    def action_choose(self, way: int) -> None:
        """Choose the next answer (1) or the one before (-1)."""
        if self.pressed_button is not None:
            (self.action_next_button if way > 0 else self.action_previous_button)()
        place = self._selected
        button = self.query(Choice)[place] if place is not None else None
        if button is not None:
            button.value = True
