"""The transcript: what was written, who types, and what is new below."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from console.terminal.hanging import spread
from console.terminal.styles import beside
from console.terminal.timeline import Entry
from console.terminal.widgets.clickable import button
from console.terminal.widgets.lines import Lines


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
        self._below = 0
        self._typing = ""

    def compose(self) -> ComposeResult:
        """Lay out the lines and the foot."""
        yield Lines()
        yield Foot()

    @property
    def at_newest(self) -> bool:
        """Whether the newest entry is in view."""
        return self.query_one(Lines).stuck

    def show(self, conversation: str, entries: Sequence[Entry], typing: str = "") -> None:
        """Show a conversation's entries; those that are new are added at the end."""
        self._typing = typing
        lines = self.query_one(Lines)
        if conversation != self._conversation:
            self._conversation, self._entries, self._below = conversation, entries, 0
            lines.open(entries, Content.styled(_hint(conversation), "$text-muted"))
        elif entries is not self._entries:
            self._entries = entries
            self._below += lines.update_entries(entries)
        self._tell()

    def newest(self) -> None:
        """Go to the newest entry."""
        self.query_one(Lines).to_end()
        self.on_lines_moved()

    def jump_to(self, key: str) -> bool:
        """Go to an entry and mark it; ``False`` when there is no such entry."""
        place = next((n for n, entry in enumerate(self._entries) if entry.key == key), None)
        if place is None:
            return False
        self.query_one(Lines).jump_to(place)
        return True

    def on_lines_moved(self) -> None:
        """Nothing is new below once the newest entry is in view."""
        if self.at_newest:
            self._below = 0
        self._tell()

    def _tell(self) -> None:
        self.query_one(Foot).show(self._typing, self._below)


def _hint(conversation: str) -> str:
    if conversation:
        return "Nothing was written yet."
    keys = ("F2      choose one in the inbox", "Alt+W   take who is next for you", "F1      all keys")
    return "\n".join([" No conversation is open.", "", *(f" {key}" for key in keys), ""])
