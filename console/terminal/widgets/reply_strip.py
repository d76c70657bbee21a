"""The narrow screen's glance at the second chair: the best reply, the gravest flag and the mood, in three lines."""

from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from console.conversation.assistance import Flag, Mood, Suggestion
from console.terminal.hanging import hang, spread, stack
from console.terminal.marking import marked_reply
from console.terminal.styles import beside
from console.terminal.widgets.clickable import button
from console.terminal.widgets.flags_panel import STYLE
from console.terminal.words import flagged, risk


@dataclass(frozen=True, slots=True)
class StripView:
    """What the strip shows."""

    suggestion: Suggestion | None = None
    place: int = 0
    """The suggestion's fixed place among the replies, from 0."""
    more: int = 0
    flag: Flag | None = None
    mood: Mood | None = None
    remark: str = ""
    newer: bool = False
    mine: bool = False
    """Whether the agent has the conversation."""
    writing: bool = False
    """Whether a draft is being written."""


class ReplyStrip(Widget):
    """Three lines above the composer; posts :class:`ReplyStrip.Seen`."""

    DEFAULT_CSS = beside(__file__)

    class Seen(Message):
        """The suggestion stands on the screen."""

        def __init__(self, suggestion: str) -> None:
            super().__init__()
            self.suggestion = suggestion

    def __init__(self) -> None:
        super().__init__()
        self._view = StripView()

    def show(self, view: StripView) -> None:
        """Show this."""
        if view != self._view:
            before, self._view = self._view, view
            self.refresh()
            if (view.suggestion, view.mine) != (before.suggestion, before.mine):
                self.call_after_refresh(self.look)

    def on_show(self) -> None:
        """Look again when the strip comes into view."""
        self.call_after_refresh(self.look)

    def look(self) -> None:
        """Report the suggestion when it stands on the screen."""
        if self._view.suggestion and self.is_attached and self.is_on_screen and self.app.screen is self.screen:
            self.post_message(self.Seen(self._view.suggestion.id))

    def render(self) -> Content:
        """Return the lines."""
        return stack([*self._reply(), self._watch()])

    def _reply(self) -> list[Content]:
        view, width = self._view, self.size.width
        if view.suggestion is None:
            return [Content.styled(view.remark or "No reply suggested.", "$text-muted"), Content("")]
        number = view.place + 1
        take = button(f"screen.take({view.place})", "Take", f"Alt+{number}")
        label = Content.styled(f"{number} ", "bold $text-accent")
        first_do = ("⚑ do it first · ", "bold $text-warning") if view.suggestion.claims else ""
        words = Content.assemble(first_do, marked_reply(view.suggestion))
        lines = hang(label, words, width - 14, most=2)
        first = spread(lines[0], take, width)
        more = button("screen.view('assist')", f"{view.more} more", "F3") if view.more else Content("")
        if view.writing:
            more = button("screen.view('assist')", f"{view.more} more, AI writing …", "F3")
        if view.newer:
            more = button("screen.renew", "newer", "Alt+R")
        second = spread(lines[1] if len(lines) > 1 else Content(""), more, width)
        return [first, second]

    def _watch(self) -> Content:
        view = self._view
        flag = Content("")
        if view.flag:
            flag = Content.styled(f"{flagged(view.flag)}", STYLE[view.flag.severity])
        mood = Content("")
        if view.mood:
            mood = Content.styled(f"{view.mood.label} · risk {risk(view.mood.escalation_risk)}", "$text-muted")
        return spread(flag, mood, self.size.width)
