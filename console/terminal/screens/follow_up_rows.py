"""The checklist of a closing: what is still to do for the customer, what is done, what is none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from console.conversation.wrap_up import FollowUp
from console.terminal.hanging import hang, stack
from console.terminal.widgets.clickable import button
from console.terminal.widgets.row_list import Row, RowList, remark

MOST_LINES: Final = 2
"""Lines of a follow-up; Enter shows the whole message."""

NOTHING: Final = "Nothing was promised that is still to do."


class FollowUpRows(RowList):
    """Follow-ups to tick; posts :class:`FollowUpRows.Asked` where the message behind one is wanted."""

    clock: Callable[[], datetime] = staticmethod(datetime.now)
    """What time it is here; a day is a day of the agent's."""

    HELP = "Space ticks a line, Right and Left move its day, Delete leaves it out."
    BINDING_GROUP_TITLE = "To do"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "do('tick')", "Done or to do", tooltip="Tick it off, or not", id="follow-up-tick"),
        Binding("right,plus", "do('later')", "A day later", tooltip="Due a day later", id="follow-up-later"),
        Binding("left,minus", "do('earlier')", "A day earlier", tooltip="Due a day earlier", id="follow-up-earlier"),
        Binding("delete,backspace", "do('leave')", "Leave out", tooltip="It is nothing to do", id="follow-up-leave"),
        Binding("enter", "do('message')", "Show the message", tooltip="What was said", id="follow-up-message"),
    ]

    class Asked(Message):
        """The message behind a follow-up is wanted."""

        def __init__(self, message: str) -> None:
            super().__init__()
            self.message = message

    def __init__(self) -> None:
        super().__init__()
        self._follow_ups: list[FollowUp] = []
        self._left_out: set[str] = set()

    @property
    def follow_ups(self) -> list[FollowUp]:
        """All of them, those that are left out too."""
        return list(self._follow_ups)

    @follow_ups.setter
    def follow_ups(self, found: list[FollowUp]) -> None:
        self._follow_ups = list(found)
        self._paint()

    @property
    def kept(self) -> tuple[FollowUp, ...]:
        """Those that are not left out."""
        return tuple(f for f in self._follow_ups if f.id not in self._left_out)

    def add(self, name: str, text: str) -> None:
        """Add one of the agent's own."""
        self.follow_ups = [*self._follow_ups, FollowUp(name, text)]

    def on_mount(self) -> None:
        """Say that there is nothing yet."""
        self._paint()

    def on_resize(self) -> None:
        """Fit the rows to the width."""
        super().on_resize()
        self.call_after_refresh(self._paint)

    def on_click(self, event: events.Click) -> None:
        """Tick the row that was clicked, unless a button in it was."""
        line = event.y + self.scroll_offset.y
        if "@click" not in event.style.meta and 0 <= line < len(self._laid):
            self.do_with("tick", self._laid[line][0])

    def action_do(self, deed: str) -> None:
        """Do something with the row under the cursor."""
        if self.highlighted is not None:
            self.do_with(deed, self.highlighted)

    def do_with(self, deed: str, place: int) -> None:
        """Tick a follow-up, move its day, leave it out, or ask for its message."""
        if not 0 <= place < len(self._follow_ups):
            return
        one = self._follow_ups[place]
        match deed:
            case "tick":
                self._follow_ups[place] = replace(one, done=not one.done)
            case "later" | "earlier":
                self._follow_ups[place] = replace(one, due=self._moved(one.due, 1 if deed == "later" else -1))
            case "leave":
                self._left_out ^= {one.id}
            case _:
                if one.message:
                    self.post_message(self.Asked(one.message))
        self.highlighted = place
        self._paint()

    def _moved(self, due: str, days: int) -> str:
        """Return a day later or earlier; no day comes before today, and before today is none."""
        today = self.clock().date()
        if not due:
            return today.isoformat() if days > 0 else ""
        moved = date.fromisoformat(due) + timedelta(days=days)
        return moved.isoformat() if moved >= today else ""

    def _paint(self) -> None:
        width = max(20, self.room)
        rows = [Row(one.id, self._face(place, one, width)) for place, one in enumerate(self._follow_ups)]
        self.show_rows(rows or [remark(NOTHING, width)])
        self.styles.height = max(1, sum(len(row.face.split("\n", allow_blank=True)) for row in self.rows))

    def _face(self, place: int, one: FollowUp, width: int) -> Content:
        mark = Content.styled("✓ " if one.done else "○ ", "$text-success" if one.done else "")
        said = f"{one.by}: “{one.text}”" if one.by else one.text
        if one.id in self._left_out:
            return stack(hang(Content("✗ "), Content.styled(f"left out: {said}", "$text-muted"), width, most=1))
        due = shown_day(one.due, self.clock().date()) if one.due else "no day"
        parts = [Content("done") if one.done else button(f"screen.row('later', {place})", f"{due} ▸")]
        parts += [button(f"screen.row('message', {place})", one.message)] if one.message else []
        parts += [Content.styled(said, "$text-muted" if one.done else "")]
        return stack(hang(mark, Content(" ").join(parts), width, most=MOST_LINES))


def shown_day(day: str, today: date) -> str:
    """Return an ISO date as people say it: due today, due Fri 6 Mar, late since 1 Mar."""
    due = date.fromisoformat(day)
    named = f"{due:%a} {due.day} {due:%b}" + (f" {due.year}" if due.year != today.year else "")
    if due < today:
        return f"late since {named}"
    return {0: "due today", 1: "due tomorrow"}.get((due - today).days, f"due {named}")
