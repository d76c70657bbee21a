"""What a practice session was worth, told and as a transcript; from any message of theirs an agent may try again."""

from collections.abc import Iterable
from typing import ClassVar, Final, Literal

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from console.conversation.message import Author
from console.conversation.practice import PracticeReport, ReplayFrom
from console.terminal.screens.dialog import Dialog
from console.terminal.styles import beside
from console.terminal.widgets.clickable import button, row
from console.terminal.widgets.debrief_faces import message_of, told, transcript
from console.terminal.widgets.followed_list import FollowedList
from console.terminal.widgets.row_list import RowList

After = Literal["desk"] | ReplayFrom
"""What comes next: back to the desk, or again from a message on. Else another scenario is chosen."""

TABS: Final = ("Debrief", "Conversation")


class DebriefRows(FollowedList):
    """What is told, or the messages."""

    BINDING_GROUP_TITLE = "Debrief"
    HELP = (
        "Tab changes between what the session was worth and the conversation with its turning points. Enter on a point "
        "goes to the message behind it; r on a message of the agent takes the session up again before it, as a new one."
    )


class DebriefScreen(Dialog[After]):
    """Shows the debrief; returns what comes next, ``None`` to choose another scenario."""

    DEFAULT_CSS = beside(__file__)
    HEADING = "Debrief"
    CONFIRM = "Back to the desk"
    LEAVE = "Practise on"
    WIDE = True
    TALL = True
    AUTO_FOCUS = "DebriefRows"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "turn", "Conversation", tooltip="The debrief or the conversation", id="debrief-turn"),
        Binding("r", "replay", "Try again", tooltip="Answer otherwise from this message on", id="debrief-replay"),
    ]

    def __init__(self, report: PracticeReport, *, aside: bool = False, who: str = "you") -> None:
        """``aside`` says that it is read later, beside other work; ``who`` names the agent in the conversation."""
        if aside:
            self.CONFIRM, self.LEAVE = "", "Back"  # type: ignore[misc]
        super().__init__()
        self._report = report
        self._tab = TABS[0]
        self._who = who
        self._own = {message.id for message in report.transcript if message.role is Author.AGENT}

    def body(self) -> Iterable[Widget]:
        """Return the tabs, the rows of one, and what can be done from the row under the cursor."""
        yield Static(id="tabs")
        yield DebriefRows()
        yield Static(id="deeds")

    def on_mount(self) -> None:
        """Begin with what it was worth."""
        self._paint()

    def on_resize(self) -> None:
        """Lay the rows out for the width."""
        self.call_after_refresh(self._paint)

    def on_row_list_widened(self) -> None:
        """The same, where a list's own place comes later than the screen's."""
        self._paint()

    def answer(self) -> After:
        """Go back to the desk."""
        return "desk"

    def action_turn(self) -> None:
        """Show the other tab."""
        self.action_show(TABS[1 - TABS.index(self._tab)])

    def action_show(self, tab: str, message: str = "") -> None:
        """Show a tab, the cursor on ``message``, else on the message that it was about."""
        rows = self.query_one(DebriefRows)
        about, self._tab = message or self._about(), tab
        rows.highlighted = None
        self._paint()
        rows.put_cursor_or_first(next((one.key for one in rows.rows if about and message_of(one.key) == about), ""))
        self._paint_deeds()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Go from a point to the message behind it."""
        event.stop()
        if self._tab == TABS[0] and message_of(event.key):
            self.action_show(TABS[1], message_of(event.key))

    def on_followed_list_moved(self) -> None:
        """Say what can be done from here."""
        self._paint_deeds()

    def action_replay(self) -> None:
        """Take the session up again before the message under the cursor."""
        if self._about() in self._own:
            self.dismiss(ReplayFrom(self._about()))
        else:
            self.complain("Go to a message of the agent first: Tab shows the conversation.")

    def _about(self) -> str:
        rows = self.query_one(DebriefRows)
        place = rows.highlighted
        return message_of(rows.rows[place].key) if place is not None and place < len(rows.rows) else ""

    def _paint(self) -> None:
        rows = self.query_one(DebriefRows)
        width = max(20, rows.room)
        debrief = self._tab == TABS[0]
        rows.show_rows(tuple(told(self._report, width) if debrief else transcript(self._report, width, self._who)))
        rows.find_row()
        self._paint_deeds()

    def _paint_deeds(self) -> None:
        tabs = [
            Content.styled(f" {name} ", "bold reverse") if name == self._tab else button(f"screen.show('{name}')", name)
            for name in TABS
        ]
        self.query_one("#tabs", Static).update(Content.assemble(row(*tabs), ("  Tab", "$text-muted")))
        about = self._about()
        deeds = [button("screen.replay", f"Answer {about} otherwise", "r")] if about in self._own else []
        hint = _HINT[self._tab]
        self.query_one("#deeds", Static).update(row(*deeds) or Content.styled(hint, "$text-muted"))


_HINT: Final = {
    TABS[0]: "Enter on a point shows the message behind it.",
    TABS[1]: "On a message of the agent: r answers otherwise from there on.",
}
