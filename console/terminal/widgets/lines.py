"""The lines of the transcript: a window of entries, laid out and painted line by line.

However long the conversation, only a window of its entries is laid out. It pages at both ends as the reader comes near
them, and keeps what is read where it stands.
"""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.visual import Visual

from console.terminal.styles import beside
from console.terminal.timeline import Entry, EntryKind
from console.terminal.widgets.entry_face import ID_CELLS, entry_lines

PAGE: Final = 40
"""Entries laid out at a time."""

MOST: Final = 120
"""Entries laid out at once; the far end is let go beyond that."""

NEAR: Final = 6
"""Lines from an end of the window at which the next page is laid out."""

ROOMY: Final = 32
"""Lines of a screen from which on another speaker is set off by an empty line."""

_GUTTER: Final = 1
_STYLES: Final = {
    EntryKind.CUSTOMER: "lines--customer",
    EntryKind.NOTE: "lines--note",
    EntryKind.WHISPER: "lines--whisper",
}
_FOUND_FOR: Final = 4.0


class Lines(ScrollView, can_focus=True):
    """Posts :class:`Lines.Moved` when something else is in view."""

    DEFAULT_CSS = beside(__file__)
    HELP = "Up, down, Page up and Page down read; End goes to the newest message, Home to the first."
    BINDING_GROUP_TITLE = "Transcript"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--plain", "lines--found", *_STYLES.values()}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("end", "newest", "Newest message", tooltip="Go to the newest message", id="transcript-end"),
        Binding("home", "oldest", "First message", tooltip="Go to the first message", id="transcript-home"),
    ]

    class Moved(Message):
        """Something else is in view."""

    def __init__(self) -> None:
        super().__init__(id="lines")
        self.stuck = True
        """Whether the newest entry is in view and kept there."""
        self.found = ""
        """Key of the entry that is marked."""
        self._sought = False
        """Whether the marked entry has still to be gone to: it was asked for while another part hid this one."""
        self.hint = Content("")
        """What to say when there are no entries."""
        self._entries: Sequence[Entry] = ()
        self._first = 0
        self._last = 0
        self._laid: list[tuple[int, Content]] = []
        self._painted: dict[tuple[int, Content], Strip] = {}
        self._width = 0

    @property
    def window(self) -> list[str]:
        """The keys of the entries that are laid out."""
        return [entry.key for entry in self._entries[self._first : self._last]]

    def open(self, entries: Sequence[Entry], hint: Content) -> None:
        """Show another conversation at its newest entry."""
        self._entries, self.hint, self.found, self._sought = entries, hint, "", False
        self.open_at(len(entries), end=True)

    def update_entries(self, entries: Sequence[Entry]) -> None:
        """Show the entries as they stand now; what is read stays where it is."""
        old, self._entries = self._entries, entries
        grown = entries[: len(old)]
        if not old or len(entries) < len(old) or any(a.key != b.key for a, b in zip(old, grown, strict=True)):
            self.open_at(len(entries), end=self.stuck)
            return
        at_end, new = self._last == len(old), len(entries) - len(old)
        if any(entries[n] != old[n] for n in range(self._first, self._last)):
            self._lay_out()
        if new and at_end:
            self._laid += self._lay(self._last, len(entries))
            self._last = len(entries)
            surplus = self._last - self._first - MOST
            if self.stuck and surplus > 0:
                self._first += surplus
                self._laid = [line for line in self._laid if line[0] >= self._first]
            self._resized()

    def below(self, key: str) -> bool:
        """Whether an entry stands below what is in view."""
        bottom = round(self.scroll_y) + self.size.height
        above = self._laid[:bottom] if self._entries else []
        return all(self._entries[place].key != key for place, _ in reversed(above))

    def open_at(self, last: int, *, end: bool) -> None:
        """Lay out the page that ends before entry ``last``; with ``end``, go to its end."""
        self._last, self._first = last, max(0, last - PAGE)
        self.stuck = end
        self._lay_out()

    def jump_to(self, place: int) -> None:
        """Bring an entry to the middle and mark it for a moment."""
        if not self._first <= place < self._last:
            self.open_at(min(len(self._entries), place + PAGE // 2), end=False)
        self.stuck = False
        self.found, self._sought = self._entries[place].key, True
        self._seek()

    def _seek(self) -> None:
        """Go to the entry that was asked for, as soon as there is room to show it."""
        if not self._sought or not self.size.height:
            return
        self._sought, key = False, self.found
        top = next((y for y, line in enumerate(self._laid) if self._entries[line[0]].key == key), 0)
        self._go(top - self.size.height // 2)
        self.stuck = self._last == len(self._entries) and self.scroll_y >= self.max_scroll_y - 1
        self.refresh()
        self.set_timer(_FOUND_FOR, lambda: self._unmark(key))

    def to_end(self) -> None:
        """Go to the newest entry."""
        if self._last < len(self._entries):
            self.open_at(len(self._entries), end=True)
        self.stuck = True
        self._go(len(self._laid))

    def action_newest(self) -> None:
        """Go to the newest message."""
        self.to_end()
        self.post_message(self.Moved())

    def action_oldest(self) -> None:
        """Go to the first message."""
        self.open_at(min(len(self._entries), PAGE), end=False)
        self._go(0)

    def on_resize(self, event: events.Resize) -> None:
        """Lay out for another width; stay at the newest entry when there is less room."""
        if self.size.width and self.size.width != self._width:
            self._width = self.size.width
            self._lay_out()
        elif self.stuck:
            self._go(len(self._laid))
        self._seek()
        self.post_message(self.Moved())

    def on_show(self) -> None:
        """Stand at the newest entry again, if it was there when it was hidden: more may have come since."""
        self.call_after_refresh(self._shown_again)

    def _shown_again(self) -> None:
        self.refresh()
        if self.stuck:
            self._go(len(self._laid))
        self._seek()

    def notify_style_update(self) -> None:
        """Forget what was painted in other colours."""
        super().notify_style_update()
        self._painted.clear()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Page when an end of the window comes near."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) == round(new_value):
            return
        at_end = new_value >= self.max_scroll_y - 1
        self.stuck = at_end and self._last == len(self._entries)
        self.post_message(self.Moved())
        if new_value <= NEAR and self._first > 0 and new_value < old_value:
            self._page_up()
        elif new_value >= self.max_scroll_y - NEAR and self._last < len(self._entries) and new_value > old_value:
            self._page_down()

    def render_line(self, y: int) -> Strip:
        """Return one line as it stands on the screen; a short conversation stands at the bottom."""
        width = self.size.width
        line = y + self.scroll_offset.y - max(0, self.size.height - len(self._laid))
        if not 0 <= line < len(self._laid):
            return Strip.blank(width, self.rich_style)
        place, face = self._laid[line]
        entry = self._entries[place] if self._entries else None
        selected = self.text_selection
        span = selected.get_span(line) if selected is not None else None
        name = _STYLES.get(entry.kind, "lines--plain") if entry and face else "lines--plain"
        if entry and entry.key == self.found and face:
            name = "lines--found"
        plain = span is None and name != "lines--found"
        strip = self._painted.get((width, face)) if plain else None
        if strip is None:
            strip = self._paint_line(face, name, width, span)
            if plain:
                self._painted[width, face] = strip
        return strip.apply_offsets(0, line)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the text that was selected with the mouse."""
        return selection.extract("\n".join(face.plain for _, face in self._laid)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Paint the selection."""
        self.refresh()

    def _paint_line(self, face: Content, name: str, width: int, span: tuple[int, int] | None) -> Strip:
        if name == "lines--found":  # the id is faint elsewhere
            face = face.stylize("$foreground", 0, ID_CELLS)
        if span is not None:
            start, end = span
            face = face.stylize("reverse", start, len(face.plain) if end < 0 else end)
        style = self.get_visual_style(name)
        padded = Content.assemble(" " * _GUTTER, face)
        return Visual.to_strips(self, padded, width, 1, style, pad=True, apply_selection=False)[0].crop(0, width)

    def _lay(self, first: int, last: int) -> list[tuple[int, Content]]:
        # hidden behind another part it has no width of its own; what comes meanwhile is laid out as it stood
        entries, width = self._entries, max(20, (self.size.width or self._width) - 2 * _GUTTER)
        roomy = self.screen.size.height >= ROOMY
        lines: list[tuple[int, Content]] = []
        for place in range(first, last):
            if roomy and place and entries[place - 1].who != entries[place].who:
                lines.append((place, Content("")))
            lines += [(place, line) for line in entry_lines(entries[place], width)]
        return lines

    def _lay_out(self) -> None:
        self._painted.clear()
        self._laid = self._lay(self._first, self._last)
        if not self._entries:
            self._laid = [(0, line) for line in self.hint.split("\n", allow_blank=True)]
        self._resized()

    def _resized(self) -> None:
        self.virtual_size = Size(self.size.width, len(self._laid))
        self.refresh()
        if self.stuck:
            self._go(len(self._laid))

    def _page_up(self) -> None:
        start = max(0, self._first - PAGE)
        added = self._lay(start, self._first)
        self._first, self._last = start, min(self._last, start + MOST)
        self._laid = added + [line for line in self._laid if line[0] < self._last]
        self._settle(len(added))

    def _page_down(self) -> None:
        end = min(len(self._entries), self._last + PAGE)
        self._laid += self._lay(self._last, end)
        self._last = end
        self._first = max(self._first, end - MOST)
        before = len(self._laid)
        self._laid = [line for line in self._laid if line[0] >= self._first]
        self._settle(len(self._laid) - before)

    def _settle(self, shift: int) -> None:
        """Keep what is read where it stands, after ``shift`` lines came above it."""
        y = self.scroll_y
        self.virtual_size = Size(self.size.width, len(self._laid))
        self._go(round(y) + shift)
        self.refresh()

    def _go(self, y: int) -> None:
        if not self.size.height:
            return
        top = max(0, len(self._laid) - self.size.height)
        self.scroll_to(y=min(max(0, y), top), animate=False, immediate=True, force=True)

    def _unmark(self, key: str) -> None:
        if self.found == key:
            self.found = ""
            self.refresh()
