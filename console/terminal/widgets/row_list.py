"""A list of rows to choose from, painted line by line.

Made for rows that change several times a second beside somebody who types: only lines that changed are painted, and no
change of the rows makes a new layout of the screen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from console.terminal.hanging import wrapped
from console.terminal.styles import beside


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``face`` has its own line breaks; a row that is ``idle`` cannot be chosen (a title, a remark)."""

    key: str
    face: Content
    idle: bool = False


class RowList(ScrollView, can_focus=True):
    """Rows; posts :class:`RowList.Chosen`."""

    DEFAULT_CSS = beside(__file__)
    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-list--plain", "row-list--highlight", "row-list--focus"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False, tooltip="The row above", id="rows-up"),
        Binding("down", "move(1)", "Down", show=False, tooltip="The row below", id="rows-down"),
        Binding("home", "edge(1)", "First", show=False, tooltip="The first row", id="rows-first"),
        Binding("end", "edge(0)", "Last", show=False, tooltip="The last row", id="rows-last"),
        Binding("enter", "choose", "Choose", show=False, tooltip="Choose the row", id="rows-choose"),
    ]

    highlighted: reactive[int | None] = reactive(None)
    """The place of the row under the cursor."""

    class Chosen(Message):
        """A row was chosen by Enter or a click."""

        def __init__(self, rows: "RowList", place: int, key: str) -> None:
            super().__init__()
            self.rows = rows
            self.place = place
            self.key = key

    class Widened(Message):
        """Rows have another width now: whoever laid them out for the one before does so again."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._room = 0
        self.rows: tuple[Row, ...] = ()
        self._laid: list[tuple[int, Content]] = []
        self._painted: dict[tuple[int, str], Strip] = {}

    @property
    def room(self) -> int:
        """Cells of a row: the width without the scrollbar, whose place is kept whether it is there or not."""
        return self.scrollable_content_region.width

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the cursor stays on its row, the position where it is."""
        before, held = self._laid, self.highlighted
        key = self.rows[held].key if held is not None and held < len(self.rows) else ""
        same_shape = [row.key for row in rows] == [row.key for row in self.rows]
        first_come = self.has_focus and all(row.idle for row in self.rows)
        self.rows = tuple(rows)
        self._laid = [
            (place, line) for place, row in enumerate(rows) for line in row.face.split("\n", allow_blank=True)
        ]
        if not same_shape and held is not None:
            places = [place for place, row in enumerate(rows) if row.key == key and not row.idle]
            self.set_reactive(RowList.highlighted, places[0] if places else None)
        if first_come:
            self.find_row()
        if len(before) != len(self._laid):
            self._painted.clear()
            self.virtual_size = Size(self.room, len(self._laid))
            self.refresh()
            return
        for y, (old, new) in enumerate(zip(before, self._laid, strict=True)):
            if old != new or not same_shape:
                self._forget(y)

    def render_line(self, y: int) -> Strip:
        """Return one line of the list as it stands on the screen."""
        width, line = self.room, y + self.scroll_offset.y
        if line >= len(self._laid):
            return Strip.blank(width, self.rich_style)
        place, face = self._laid[line]
        name = "row-list--plain"
        if place == self.highlighted:
            name = "row-list--focus" if self.has_focus else "row-list--highlight"
        strip = self._painted.get((line, name))
        if strip is None or strip.cell_length != width:
            style = self.get_visual_style(name)
            strip = Visual.to_strips(self, face, width, 1, style, pad=True, apply_selection=False)[0].crop(0, width)
            self._painted[line, name] = strip
        return strip

    def notify_style_update(self) -> None:
        """Forget what was painted in other colours."""
        super().notify_style_update()
        self._painted.clear()

    def on_resize(self) -> None:
        """Forget what was painted for another width."""
        self._painted.clear()
        self.virtual_size = Size(self.room, len(self._laid))
        if self.room != self._room:
            self._room = self.room
            self.post_message(self.Widened())

    def watch_highlighted(self, old: int | None, new: int | None) -> None:
        """Paint the rows the cursor left and reached, and keep it in view."""
        lines = [y for y, (place, _) in enumerate(self._laid) if place in (old, new)]
        for y in lines:
            self._forget(y)
        own = [y for y, (place, _) in enumerate(self._laid) if place == new]
        if own:
            self.scroll_to_region(Region(0, own[0], 1, len(own)), animate=False, force=True)

    def on_focus(self) -> None:
        """Put the cursor on a row."""
        self.find_row()
        self.refresh()

    def find_row(self) -> None:
        """Put the cursor on the first row, if it is on none."""
        if self.highlighted is None:
            self.action_edge(1)

    def put_cursor_or_first(self, key: str) -> None:
        """Put the cursor on the row of this key, or on the first one, if it is on none."""
        if not self.put_cursor(key):
            self.find_row()

    def on_blur(self) -> None:
        """Show the cursor as resting."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Choose the row that was clicked, unless a button in it was."""
        line = event.y + self.scroll_offset.y
        if "@click" in event.style.meta:
            return
        if 0 <= line < len(self._laid) and not self.rows[self._laid[line][0]].idle:
            self.highlighted = self._laid[line][0]
            self.action_choose()

    def put_cursor(self, key: str) -> bool:
        """Put the cursor on a row; ``False`` when it is not there or cannot be chosen."""
        place = next((place for place, row in enumerate(self.rows) if row.key == key and not row.idle), None)
        if place is not None:
            self.highlighted = place
        return place is not None

    def action_move(self, by: int) -> None:
        """Move the cursor over rows that can be chosen."""
        place = self.highlighted
        if place is None:
            self.action_edge(1)
            return
        while 0 <= place + by < len(self.rows):
            place += by
            if not self.rows[place].idle:
                self.highlighted = place
                return

    def action_edge(self, first: int) -> None:
        """Move the cursor to the first (1) or last (0) row that can be chosen."""
        places = [place for place, row in enumerate(self.rows) if not row.idle]
        if places:
            self.highlighted = places[0] if first else places[-1]

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        place = self.highlighted
        if place is not None and place < len(self.rows) and not self.rows[place].idle:
            self.post_message(self.Chosen(self, place, self.rows[place].key))

    def _forget(self, line: int) -> None:
        for name in self.COMPONENT_CLASSES:
            self._painted.pop((line, name), None)
        self.refresh(Region(0, line - self.scroll_offset.y, self.room, 1))


def remark(text: str, width: int) -> Row:
    """Return a row that only says something."""
    lines = wrapped(Content.styled(text, "$text-muted"), max(8, width))
    return Row("remark", Content("\n").join(lines), idle=True)
