"""Answers to choose from, one or several, their marks readable without colour; the arrow keys choose."""

from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.strip import Strip
from textual.widgets import RadioButton, RadioSet, SelectionList


class Choice(RadioButton):
    """A radio button with a full mark when it is chosen, and an empty one when it is not."""

    def render(self) -> Content:
        """Return the mark and the words."""
        self.BUTTON_INNER = "●" if self.value else "○"
        return super().render()


class Choices(RadioSet):
    """The answers: where the cursor goes, there is the choice, and it begins on what is chosen already.

    Where nothing is chosen yet, the cursor stands on the first: Space or Enter takes it, an arrow goes on from there.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,left", "choose(-1)", "Choice above", tooltip="Choose the one before", id="choice-up"),
        Binding("down,right", "choose(1)", "Choice below", tooltip="Choose the next one", id="choice-down"),
        Binding("space,enter", "choose(0)", "Choose", tooltip="Choose the one under the cursor", id="choice-take"),
    ]

    def action_next_button(self) -> None:
        """Move the cursor on; from nowhere to what is chosen, where Textual begins on the first."""
        chosen = next((place for place, choice in enumerate(self.query(Choice)) if choice.value), None)
        if self._selected is None and chosen is not None:
            self._selected = chosen
        else:
            super().action_next_button()

    def put(self, place: int | None) -> None:
        """Choose an answer by its place; ``None`` takes the choice back, and the cursor to the first."""
        with self.prevent(Choice.Changed):  # a button that goes off would be put on again
            for n, choice in enumerate(self.query(Choice)):
                choice.value = n == place
        self._pressed_button = None if place is None else self.query(Choice)[place]
        self._selected = place or 0

    def action_choose(self, way: int) -> None:
        """Choose the next answer (1), the one before (-1), or the one under the cursor (0)."""
        if way:
            (self.action_next_button if way > 0 else self.action_previous_button)()
        place = self._selected
        button = self.query(Choice)[place] if place is not None else None
        if button is not None:
            button.value = True


class Several(SelectionList[str]):
    """Answers of which several can be chosen: what is chosen has a mark, what is not has none."""

    def render_line(self, y: int) -> Strip:
        """Return a line, its mark readable without colour."""
        line, place = super().render_line(y), self.scroll_offset.y + y
        if place >= self.option_count or self.get_option_at_index(place).value in self.selected:
            return line
        left, mark, *rest = line
        return Strip([left, Segment(" ", mark.style), *rest])
