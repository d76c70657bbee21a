"""The transcript: what was written, who types, and what is new below."""

from collections.abc import Sequence
from typing import Final

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from console.terminal.hanging import spread
from console.terminal.styles import beside
from console.terminal.timeline import Entry, EntryKind
from console.terminal.widgets.clickable import button
from console.terminal.widgets.lines import Lines

_OWN: Final = frozenset({EntryKind.AGENT, EntryKind.NOTE, EntryKind.WHISPER, EntryKind.MARK})
"""What staff wrote, and turning points: nothing that waits to be read."""


class Foot(Widget):
    """The line below the transcript: who types, and what is new below."""

    def __init__(self) -> None:
        super().__init__(id="foot")
        self._doing = ""
        self._below = 0

    def show(self, doing: str, below: int) -> None:
        """Show these."""
        if (doing, below) != (self._doing, self._below):
            self._doing, self._below = doing, below
            self.refresh()

    def render(self) -> Content:
        """Return the line."""
        doing = Content.styled(self._doing, "italic $text-muted")
        words = f"↓ {self._below} new message{'s' if self._below > 1 else ''} below"
        below = button("screen.newest", words, "Alt+G") if self._below else Content("")
        return spread(doing, below, self.size.width)


class Transcript(Widget):
    """Messages, notes and turning points of one conversation."""

    DEFAULT_CSS = beside(__file__)

    def __init__(self) -> None:
        super().__init__()
        self._conversation: str | None = None
        self._keys: Sequence[str] = ()
        self._entries: Sequence[Entry] = ()
        self._unseen: list[str] = []
        """What others wrote that the agent has not had in view since it came."""
        self._doing = ""

    def compose(self) -> ComposeResult:
        """Lay out the lines and the foot."""
        yield Lines()
        yield Foot()

    @property
    def at_newest(self) -> bool:
        """Whether the newest entry is in view."""
        return self.query_one(Lines).stuck

    def show(self, conversation: str, entries: Sequence[Entry], doing: str = "", keys: Sequence[str] = ()) -> None:
        """Show a conversation's entries; those that are new are added at the end. Without one, the first ``keys``."""
        self._doing = doing
        lines = self.query_one(Lines)
        if conversation != self._conversation or (keys != self._keys and not conversation):
            self._conversation, self._entries, self._unseen = conversation, entries, []
            lines.open(entries, Content.styled(_hint(conversation, keys), "$text-muted"))
        elif entries is not self._entries:
            known = {entry.key for entry in self._entries}
            self._unseen += [e.key for e in entries if e.key not in known and e.kind not in _OWN]
            self._entries = entries
            lines.update_entries(entries)
        self._keys = keys
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
        """What has come into view is new no more."""
        self._tell()

    def _tell(self) -> None:
        lines = self.query_one(Lines)
        if lines.size.height:
            self._unseen = [] if lines.stuck else [key for key in self._unseen if lines.below(key)]
        self.query_one(Foot).show(self._doing, 0 if lines.stuck else len(self._unseen))


def _hint(conversation: str, keys: Sequence[str]) -> str:
    if conversation:
        return "Nothing was written yet."
    return "\n".join([" No conversation is open.", "", *(f" {key}" for key in keys), ""])
