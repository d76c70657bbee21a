"""The inbox: the agent's own conversations, those that wait for somebody, and the parked ones, in a steady order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from console.conversation.inbox import InboxRow
from console.conversation.message import Layer, Status
from console.conversation.service_levels import Standing, Targets, due
from console.terminal.hanging import fit, spread
from console.terminal.styles import beside
from console.terminal.widgets.row_list import Row, RowList, remark
from console.terminal.words import answer_due, moment, sparkline, waited
from console.text import shorten

DRAFT: Final = "✎ draft"
"""Stands in place of the mood's word where the agent has begun an answer that was not sent."""

_BARS: Final = 6
_BROAD: Final = 60
"""Width from which on the newest message stands beside the mood."""

_ROOMY: Final = 32
"""Lines of a screen from which on each row also shows the newest message."""


@dataclass(frozen=True, slots=True)
class InboxView:
    """What the inbox shows: titled groups of rows, the conversation on the screen, unread counts."""

    groups: tuple[tuple[str, tuple[InboxRow, ...]], ...] = ()
    current: str = ""
    unread: tuple[tuple[str, int], ...] = ()
    connected: bool = False
    drafts: tuple[str, ...] = ()
    """The conversations in which the agent has an unsent draft."""
    targets: Targets | None = None
    """How long customers may wait; ``None`` where the desk does not say."""
    ahead: timedelta = timedelta()
    """How much the desk's clock is ahead of this machine's."""
    agent: str = ""
    """Id of the agent at this console."""
    whispers: frozenset[str] = frozenset()
    """The conversations in which a lead has whispered something that the agent has not seen."""


class InboxList(RowList):
    """The rows."""

    HELP = "Up and down to choose, Enter to open; opening a waiting customer's row claims it."
    BINDING_GROUP_TITLE = "Inbox"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "choose", "Open or claim", tooltip="Open the conversation, or take a waiting one", id="inbox-open"
        )
    ]


class Inbox(Widget):
    """Rows of conversations; posts :class:`Inbox.Chosen`."""

    DEFAULT_CSS = beside(__file__)

    class Chosen(Message):
        """A conversation was chosen; ``waiting`` when nobody has it yet."""

        def __init__(self, conversation: str, *, waiting: bool) -> None:
            super().__init__()
            self.conversation = conversation
            self.waiting = waiting

    clock: ClassVar[Callable[[], datetime]] = partial(datetime.now, UTC)
    """What time it is; waiting times count up to it."""

    def __init__(self) -> None:
        super().__init__()
        self._view = InboxView()
        self._follow = ""
        """The conversation that came on the screen and that the cursor has not gone to yet."""

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        yield InboxList(id="rows")

    def on_mount(self) -> None:
        """Let the waiting times tick."""
        self.border_title = "Inbox"
        self.set_interval(1.0, self.tick)

    def on_resize(self) -> None:
        """Fit the rows to the width."""
        self._paint()

    def show(self, view: InboxView) -> None:
        """Show this; only rows that changed are painted again."""
        if view != self._view:
            self._follow = view.current if view.current != self._view.current else self._follow
            self._view = view
            self._paint()

    def tick(self) -> None:
        """Bring the waiting times up to date."""
        if self.display and self.screen.is_active:
            self._paint()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Pass on which conversation was chosen."""
        event.stop()
        for _, rows in self._view.groups:
            for row in rows:
                if row.id == event.key:
                    self.post_message(self.Chosen(row.id, waiting=row.status is Status.WAITING))

    def _paint(self) -> None:
        shown = self.query_one(InboxList)
        now, width = type(self).clock() + self._view.ahead, max(16, shown.room)
        rows: list[Row] = []
        for title, members in self._view.groups:
            if members:
                rows.append(
                    Row(f"title-{title}", Content.styled(f" {title} {len(members)}", "bold $text-muted"), idle=True)
                )
            rows += [Row(row.id, self._face(row, now, width)) for row in members]
        words = "No conversations." if self._view.connected else "Connecting to the desk …"
        shown.show_rows(rows or [remark(f" {words}", width)])
        if self._follow and self.screen.focused is not shown and shown.put_cursor(self._follow):
            self._follow = ""

    def _face(self, row: InboxRow, now: datetime, width: int) -> Content:
        current = row.id == self._view.current
        unread = dict(self._view.unread).get(row.id, 0)
        badge = Content.styled(f" {unread} new ", "bold reverse $text-accent") if unread else Content("")
        mark = Content.styled("▌", "$text-primary") if current else Content(" ")
        name = Content.styled(row.name or "Visitor", "bold" if current or unread else "")
        time = self._time(row, now)
        right = Content.assemble(badge, " " if badge else "", time)
        first = Content.assemble(mark, spread(name, right, width - 1))
        tier = Content.styled(_standing(row, self._view.agent), "$text-muted")
        if row.id in self._view.whispers:
            tier = Content.assemble((" « whisper ", "bold reverse $text-warning"), " ", tier)
        mood = self._second(row)
        last = _third(row, width - 1)
        if width >= _BROAD:
            mood = Content.assemble(mood, "   ", last)
        lines = [first, Content.assemble(mark, spread(mood, tier, width - 1))]
        if width < _BROAD and self.screen.size.height >= _ROOMY:
            lines.append(Content.assemble(mark, last))
        return Content("\n").join(lines)

    def _second(self, row: InboxRow) -> Content:
        """What the bot is at in this conversation, else how the customer feels, or that there is a draft."""
        if row.task and row.status is not Status.WAITING:
            return Content.styled(f"bot asks {row.task_place}/{len(row.task_facts)}", "$text-secondary")
        if row.task_back:
            return Content.styled("↩ bot is back", "$text-warning")
        words, style = _feeling(row) if row.id not in self._view.drafts else (DRAFT, "$text-warning")
        wide = 12 if row.warned else 10
        return Content.assemble((fit(words, wide), style), " ", (sparkline(row.moods, _BARS), "$text-secondary"))

    def _time(self, row: InboxRow, now: datetime) -> Content:
        """How long the customer waits, how the answer stands where that presses, or until when it is parked."""
        if row.status is Status.PARKED and row.wake_at:
            return Content.styled(f"until {moment(row.wake_at, now)}", "$text-muted")
        owed = due(row, self._view.targets, now) if self._view.targets else None
        pressing = owed.standing is not Standing.FINE if owed else _long(row, now)
        words = answer_due(owed, waited(row.waiting_since, now))
        return Content.styled(words, "$text-warning" if pressing else "$text-muted")


def _third(row: InboxRow, width: int) -> Content:
    """What the bot asks for, or why it is back; of who waits, what is known of them; else the newest message."""
    if row.task and row.status is not Status.WAITING:
        return Content.styled(shorten(row.task, width), "$text-secondary")
    if row.task_back:
        return Content.styled(shorten(row.task_back, width), "$text-warning")
    triage = row.triage.line if row.status is Status.WAITING else ""
    if triage:
        return Content.styled(shorten(triage, width), "$text-muted")
    return Content.styled(shorten(row.last or row.subject, width), "italic $text-muted")


def _feeling(row: InboxRow) -> tuple[str, str]:
    """The word for the mood and its style; a sign before it where this may escalate."""
    return (f"⚠ {row.mood}", "$text-warning") if row.warned else (row.mood or "–", "$text-muted")


def _standing(row: InboxRow, agent: str) -> str:
    human = "human only " if row.layer is Layer.HUMAN_ONLY else ""
    approval = "approve " if row.approvals else ""
    asked = "asks you " if agent in row.asked else "calls a lead " if row.called and row.agent != agent else ""
    return f"{asked}{approval}{human}T{row.tier}"


def _long(row: InboxRow, now: datetime) -> bool:
    """Whether the customer has waited longer than two minutes, after which most of them ask again."""
    return row.waiting_since is not None and (now - row.waiting_since).total_seconds() > 120  # noqa: PLR2004
