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


class Several(SelectionList[str]):
    """Answers of which several can be chosen: what is chosen has a mark, what is not has none."""

    def render_line(self, y: int) -> Strip:
        """Return a line, its mark readable without colour."""
        line, place = super().render_line(y), self.scroll_offset.y + y
        if place >= self.option_count or self.get_option_at_index(place).value in self.selected:
            return line
        left, mark, *rest = line
        return Strip([left, Segment(" ", mark.style), *rest])
