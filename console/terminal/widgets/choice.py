"""Answers to choose from, one or several, their marks readable without colour; the arrow keys choose."""

from collections.abc import Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.strip import Strip
from textual.widgets import RadioButton, RadioSet, SelectionList

_MARK: Final = 5
"""Columns of an answer besides its words: its mark and what keeps it from the next one."""


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
        if self._selected is not None:
            self._take(self._selected)

    def _take(self, place: int) -> None:
        """Choose an answer and tell so; at once, since the key behind this one may confirm the dialog."""
        button = self.query(Choice)[place]
        if button is not self.pressed_button:
            self.put(place)
            self.post_message(self.Changed(self, button))

    def _on_radio_set_changed(self, event: RadioSet.Changed) -> None:
        """Leave the cursor where it is: Textual takes it back to what the message tells, which fast keys are past."""
        event.prevent_default()
        if self.pressed_button is event.pressed:
            self._selected = event.index


class ChoiceGrid(Choices):
    """Many short answers, side by side in rows: up and down go from row to row."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "choose_row(-1)", "Row above", tooltip="Choose the one above", id="choice-row-up"),
        Binding("down", "choose_row(1)", "Row below", tooltip="Choose the one below", id="choice-row-down"),
        Binding("left", "choose(-1)", "Before", tooltip="Choose the one before", id="choice-before"),
        Binding("right", "choose(1)", "After", tooltip="Choose the next one", id="choice-after"),
    ]

    def __init__(self, names: Sequence[str], width: int, id: str) -> None:  # noqa: A002 - as Textual calls it
        """``width`` is how many columns of the screen the rows may take."""
        super().__init__(*(Choice(name) for name in names), id=id, compact=True)
        self._across = max(1, width // (max(map(len, names)) + _MARK))
        self.styles.grid_size_columns = self._across

    def action_choose_row(self, way: int) -> None:
        """Choose the one below (1) or above (-1), where there is one."""
        place = (self._selected or 0) + way * self._across
        if 0 <= place < len(self.query(Choice)):
            self._take(place)


class Several(SelectionList[str]):
    """Answers of which several can be chosen: what is chosen has a mark, what is not has none."""

    def render_line(self, y: int) -> Strip:
        """Return a line, its mark readable without colour."""
        line, place = super().render_line(y), self.scroll_offset.y + y
        if place >= self.option_count or self.get_option_at_index(place).value in self.selected:
            return line
        left, mark, *rest = line
        return Strip([left, Segment(" ", mark.style), *rest])
