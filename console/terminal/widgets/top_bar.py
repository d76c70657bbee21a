"""The line at the top: which desk, who works here, what waits elsewhere, and how the connection stands."""

from dataclasses import dataclass, field
from typing import Final

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from console.terminal.connection import Connection, Link
from console.terminal.hanging import spread
from console.terminal.styles import beside
from console.terminal.widgets.clickable import button

_SIGN: Final = {Link.CONNECTING: "◌", Link.LIVE: "●", Link.RECONNECTING: "○", Link.REFUSED: "✖"}
_STYLE: Final = {
    Link.CONNECTING: "$text-muted",
    Link.LIVE: "$text-success",
    Link.RECONNECTING: "$text-warning",
    Link.REFUSED: "$text-error",
}


@dataclass(frozen=True, slots=True)
class TopBarView:
    """What the line shows; ``unread`` and ``flags`` count what the narrow screen hides."""

    connection: Connection = field(default_factory=Connection)
    desk: str = ""
    agent: str = ""
    presence: str = ""
    unread: int = 0
    waiting: int = 0
    flags: int = 0
    approvals: int = 0
    view: str = "chat"
    to_do: int = 0
    """What the agent has still to do after closings …"""
    late: int = 0
    """… and how much of it is due today or late."""
    to_practise: int = 0
    """What was assigned to the agent to practise and is not played yet …"""
    practise_late: int = 0
    """… and how much of it is due today or late."""
    practising: bool = False
    """Whether the customers are simulated."""


class TopBar(Widget):
    """One line about everything."""

    DEFAULT_CSS = beside(__file__)

    shown: reactive[TopBarView] = reactive(TopBarView())

    def show(self, view: TopBarView) -> None:
        """Show this; the same again costs nothing."""
        self.shown = view

    def render(self) -> Content:
        """Return the line for the present width."""
        view = self.shown
        state = Content.styled(f"{_SIGN[view.connection.link]} {view.connection.words}", _STYLE[view.connection.link])
        if self.screen.has_class("-wide"):
            name = Content.styled("Second Chair", "bold $text-primary")
            left = Content.assemble(name, self._practice(), (f"  {view.desk}", "$text-muted"))
            who = Content.styled(" · ".join(p for p in (view.agent, view.presence) if p), "$text-muted")
            right = Content("   ").join(
                part for part in (self._approvals(), self._to_do(), self._assigned(), who, state) if part
            )
        else:
            left = Content.assemble(self._practice(), " ", self._tabs()) if view.practising else self._tabs()
            right = self._closest(left.cell_length)
        return spread(left, right, self.size.width)

    def _closest(self, taken: int) -> Content:
        """Return what presses, and the connection, in the longest wording that fits beside ``taken`` cells."""
        view = self.shown
        link = view.connection.link
        resting = Content.styled("on break" if view.presence == "on break" else "", "bold $text-warning")
        wordings = []
        for key, words in (("Alt+A", view.connection.words), ("Alt+A", link.value), ("", link.value), ("", "")):
            state = Content.styled(f"{_SIGN[link]} {words}".rstrip(), _STYLE[link])
            parts = (self._approvals(key), self._to_do(key and "Alt+8"), self._assigned(), resting, state)
            wordings.append(Content("  ").join(part for part in parts if part))
        return next((w for w in wordings if taken + w.cell_length < self.size.width), wordings[-1])

    def _approvals(self, key: str = "Alt+A") -> Content:
        count = self.shown.approvals
        return (
            button("screen.approvals", f"⚑ {count} to approve", key).stylize("$text-warning") if count else Content("")
        )

    def _to_do(self, key: str = "Alt+8") -> Content:
        """Return how much is still to do after closings; of practice nobody has to do anything."""
        count, late = self.shown.to_do * (not self.shown.practising), self.shown.late
        face = button("screen.follow_ups", f"○ {count} to do{f', {late} due' if late else ''}", key)
        return (face.stylize("$text-warning") if late else face) if count else Content("")

    def _assigned(self) -> Content:
        """Return how much is to be practised; while one practises it stands in the list alone."""
        count, late = self.shown.to_practise, self.shown.practise_late
        if not count or self.shown.practising:
            return Content("")
        return button("screen.practise", f"◇ {count} to practise{f', {late} due' if late else ''}")

    def _practice(self) -> Content:
        """Return the mark of practice, which leads back to the desk; nothing where none is."""
        if not self.shown.practising:
            return Content("")
        wide = self.screen.has_class("-wide")
        face = "PRACTICE: back to the desk" if wide else "PRACTICE"
        return Content.assemble("  " if wide else "", button("screen.practise", face).stylize("bold reverse"))

    def _tabs(self) -> Content:
        view = self.shown
        waiting = f" {view.waiting} waiting" if view.waiting else ""
        unread = f" {view.unread} new" if view.unread else ""
        flags = f" ⚠ {view.flags}" if view.flags else ""
        names = (("inbox", f"F2 Inbox{waiting}{unread}"), ("chat", "Chat"), ("assist", f"F3 Assist{flags}"))
        parts = []
        for name, label in names:
            style = "bold reverse" if name == view.view else "not bold"
            parts.append(Content.from_markup(f"[{style}][@click=screen.view('{name}')]$face[/][/]", face=f" {label} "))
        return Content(" ").join(parts)
