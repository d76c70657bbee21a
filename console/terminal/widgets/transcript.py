"""The transcript: a window of the conversation that pages at both ends, and stays at the bottom unless read above."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from console.terminal.hanging import spread
from console.terminal.styles import beside
from console.terminal.timeline import Entry
from console.terminal.widgets.clickable import button
from console.terminal.widgets.message_view import MessageView

PAGE: Final = 30
"""Entries mounted at a time."""

MOST: Final = 90
"""Entries mounted at once; the far end is let go beyond that."""

NEAR: Final = 4
"""Lines from an end of the window at which the next page is mounted."""


class Lines(VerticalScroll):
    """The scrolling part; posts :class:`Lines.Scrolled` when the position changes."""

    HELP = "Up, down, Page up and Page down read; End goes to the newest message."
    BINDING_GROUP_TITLE = "Transcript"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("end", "newest", "Newest message", tooltip="Go to the newest message", id="transcript-end"),
        Binding("home", "oldest", "First message", tooltip="Go to the first message", id="transcript-home"),
    ]

    class Scrolled(Message):
        """The position changed."""

    class Wanted(Message):
        """An end of the conversation was asked for."""

        def __init__(self, *, newest: bool) -> None:
            super().__init__()
            self.newest = newest

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell the transcript, which pages."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.post_message(self.Scrolled())

    def action_newest(self) -> None:
        """Go to the newest message."""
        self.post_message(self.Wanted(newest=True))

    def action_oldest(self) -> None:
        """Go to the first message."""
        self.post_message(self.Wanted(newest=False))


class Foot(Widget):
    """The line below the transcript: who types, and what is new below."""

    def __init__(self) -> None:
        super().__init__(id="foot")
        self._typing = ""
        self._below = 0

    def show(self, typing: str, below: int) -> None:
        """Show these."""
        if (typing, below) != (self._typing, self._below):
            self._typing, self._below = typing, below
            self.refresh()

    def render(self) -> Content:
        """Return the line."""
        typing = Content.styled(f"{self._typing} is typing …" if self._typing else "", "italic $text-muted")
        words = f"↓ {self._below} new message{'s' if self._below > 1 else ''} below"
        below = button("screen.newest", words, "Alt+G") if self._below else Content("")
        return spread(typing, below, self.size.width)


class Transcript(Widget):
    """Messages, notes and turning points of one conversation."""

    DEFAULT_CSS = beside(__file__)

    def __init__(self) -> None:
        super().__init__()
        self._conversation: str | None = None
        self._entries: Sequence[Entry] = ()
        self._first = 0
        self._last = 0
        self._stuck = True
        self._below = 0
        self._paging = False
        self._typing = ""

    def compose(self) -> ComposeResult:
        """Lay out the lines and the foot."""
        yield Lines(id="lines")
        yield Foot()

    @property
    def at_newest(self) -> bool:
        """Whether the newest entry is mounted and in view."""
        return self._stuck and self._last == len(self._entries)

    def show(self, conversation: str, entries: Sequence[Entry], typing: str = "") -> None:
        """Show a conversation's entries; those that are new are added at the end."""
        self._typing = typing
        if conversation != self._conversation:
            self._conversation, self._below = conversation, 0
            self._entries = entries
            self._open_at(len(entries), end=True)
        elif entries is not self._entries:
            self._update(entries)
        self.query_one(Foot).show(typing, self._below)

    def newest(self) -> None:
        """Go to the newest entry."""
        self._below = 0
        if self._last < len(self._entries):
            self._open_at(len(self._entries), end=True)
        else:
            self._to_end()
        self.query_one(Foot).show(self._typing, 0)

    def jump_to(self, key: str) -> bool:
        """Go to an entry and mark it; ``False`` when there is no such entry."""
        place = next((n for n, entry in enumerate(self._entries) if entry.key == key), None)
        if place is None:
            return False
        if not self._first <= place < self._last:
            self._open_at(min(len(self._entries), place + PAGE // 2), end=False)
        self._stuck = False
        self.call_after_refresh(self._mark, key)
        return True

    def on_lines_scrolled(self, event: Lines.Scrolled) -> None:
        """Page when an end of the window comes near."""
        event.stop()
        lines = self.query_one(Lines)
        at_end = lines.scroll_y >= lines.max_scroll_y - 1
        self._stuck = at_end and self._last == len(self._entries)
        if self._stuck and self._below:
            self._below = 0
            self.query_one(Foot).show(self._typing, 0)
        if self._paging:
            return
        if lines.scroll_y <= NEAR and self._first > 0:
            self._page_up()
        elif lines.scroll_y >= lines.max_scroll_y - NEAR and self._last < len(self._entries):
            self._page_down()

    def on_lines_wanted(self, event: Lines.Wanted) -> None:
        """Go to an end of the conversation."""
        event.stop()
        if event.newest:
            self.newest()
        else:
            self._open_at(min(len(self._entries), PAGE), end=False)
            self.query_one(Lines).scroll_home(animate=False)

    def on_resize(self, event: events.Resize) -> None:
        """Stay at the bottom when there is less room."""
        if self._stuck:
            self._to_end()

    def _open_at(self, last: int, *, end: bool) -> None:
        """Mount the page that ends before entry ``last``."""
        self._last = last
        self._first = max(0, last - PAGE)
        self._stuck = end
        lines = self.query_one(Lines)
        shown = self._views(self._first, self._last)
        with self.app.batch_update():
            lines.remove_children()
            lines.mount_all(
                shown or [Static(Content.styled(_hint(self._conversation), "$text-muted"), classes="-hint")]
            )
        if end:
            self._to_end()

    def _update(self, entries: Sequence[Entry]) -> None:
        old, self._entries = self._entries, entries
        window = range(self._first, min(self._last, len(entries)))
        if not old or any(entries[n].key != old[n].key for n in window) or len(entries) < self._last:
            self._open_at(len(entries), end=True)
            return
        views = list(self.query_one(Lines).query_children(MessageView))
        for n, view in zip(window, views, strict=False):
            view.show(entries[n])
        new = len(entries) - len(old)
        if self._last == len(old) and new:
            stay = self._stuck
            self.query_one(Lines).mount_all(self._views(len(old), len(entries)))
            self._last = len(entries)
            if stay:
                self._trim_top(views)
                self._to_end()
        if new and not self._stuck:
            self._below += new

    def _trim_top(self, views: list[MessageView]) -> None:
        surplus = self._last - self._first - MOST
        if surplus > 0:
            self._first += surplus
            self.query_one(Lines).remove_children(views[:surplus])

    def _page_up(self) -> None:
        lines = self.query_one(Lines)
        views = list(lines.query_children(MessageView))
        if not views:
            return
        start = max(0, self._first - PAGE)
        added = self._views(start, self._first)
        self._first = start
        surplus = self._last - self._first - MOST
        held = views[0]
        offset = held.virtual_region.y - lines.scroll_y
        with self.app.batch_update():
            lines.mount_all(added, before=held)
            if surplus > 0:
                self._last -= surplus
                lines.remove_children(views[-surplus:])
        self._keep(held, offset)

    def _page_down(self) -> None:
        lines = self.query_one(Lines)
        views = list(lines.query_children(MessageView))
        if not views:
            return
        end = min(len(self._entries), self._last + PAGE)
        added = self._views(self._last, end)
        self._last = end
        surplus = self._last - self._first - MOST
        held = views[-1]
        offset = held.virtual_region.y - lines.scroll_y
        with self.app.batch_update():
            lines.mount_all(added)
            if surplus > 0:
                self._first += surplus
                lines.remove_children(views[:surplus])
        self._keep(held, offset)

    def _keep(self, held: MessageView, offset: float) -> None:
        """Keep ``held`` where it stood on the screen, once the new page is laid out."""
        self._paging = True

        def settle() -> None:
            self._paging = False
            if held.is_attached:
                self.query_one(Lines).scroll_to(y=held.virtual_region.y - offset, animate=False, immediate=True)

        self.call_after_refresh(settle)

    def _views(self, first: int, last: int) -> list[MessageView]:
        entries = self._entries
        return [
            MessageView(entries[n], turn=n > 0 and entries[n - 1].who != entries[n].who) for n in range(first, last)
        ]

    def _to_end(self) -> None:
        self.query_one(Lines).scroll_end(animate=False)

    def _mark(self, key: str) -> None:
        for view in self.query_one(Lines).query_children(MessageView):
            view.set_class(view.entry.key == key, "-found")
            if view.entry.key == key:
                self.query_one(Lines).scroll_to_widget(view, animate=False, center=True)
                self.set_timer(4.0, lambda found=view: found.remove_class("-found"))


def _hint(conversation: str | None) -> str:
    if conversation:
        return "Nothing was written yet."
    keys = ("F2      choose one in the inbox", "Alt+W   take who has waited longest", "F1      all keys")
    return "\n".join(["No conversation is open.", "", *keys])
