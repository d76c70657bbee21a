"""What is still to do after conversations were closed: what is due first, ticked off here."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from console.conversation.wrap_up import OpenFollowUp, follow_up_words
from console.conversation.wrap_up_commands import TickFollowUp
from console.terminal.errors import DeskError
from console.terminal.hanging import hang, stack
from console.terminal.screens.dialog import Dialog, words
from console.terminal.screens.follow_up_rows import shown_day
from console.terminal.widgets.row_list import Row, RowList, remark

NOTHING = "Nothing is left to do. What you promise in a conversation comes here when you close it."


class ToDoRows(RowList):
    """What is to do."""

    HELP = "Space ticks a line off, and back; Enter opens its conversation."
    BINDING_GROUP_TITLE = "To do"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "screen.tick", "Tick off", tooltip="Done, or to do again", id="to-do-tick"),
        Binding("enter", "choose", "Open", tooltip="Open the conversation", id="to-do-open"),
    ]


class FollowUpsScreen(Dialog[str]):
    """Shows what is to do; returns the conversation to open, or ``None``."""

    clock: Callable[[], datetime] = staticmethod(datetime.now)
    HEADING = "To do after closing"
    CONFIRM = "Tick off"
    LEAVE = "Back"
    WIDE = True
    TALL = True

    def __init__(
        self,
        follow_ups: tuple[OpenFollowUp, ...],
        tick: Callable[[str, TickFollowUp], Awaitable[None]],
        *,
        me: str,
    ) -> None:
        """``me`` is the name of who looks: whose it is is said of others' alone."""
        super().__init__()
        self._shown, self._tick, self._me = list(follow_ups), tick, me

    def body(self) -> Iterable[Widget]:
        """Return the lines."""
        yield words("Space ticks off, Enter opens the conversation.", "-label")
        yield ToDoRows()

    def on_mount(self) -> None:
        """Let the keys move over the lines."""
        self.query_one(ToDoRows).focus()

    def on_resize(self) -> None:
        """Fit the lines to the screen."""
        self.call_after_refresh(self._paint)

    def on_row_list_widened(self) -> None:
        """The same, where a list's own place comes later than the screen's."""
        self._paint()

    def action_confirm(self) -> None:
        """Tick off what the cursor is on."""
        self.action_tick()

    def action_tick(self) -> None:
        """Tick the line under the cursor off, or take that back."""
        place = self.query_one(ToDoRows).highlighted
        if place is not None and place < len(self._shown):
            self.run_worker(self._ticked(place), group="tick", exit_on_error=False)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Open the conversation of a line."""
        event.stop()
        if event.place < len(self._shown):
            self.dismiss(self._shown[event.place].conversation)

    async def _ticked(self, place: int) -> None:
        one = self._shown[place]
        done = not one.follow_up.done
        try:
            await self._tick(one.conversation, TickFollowUp(one.follow_up.id, done))
        except DeskError as error:
            self.app.notify(str(error), severity="error", markup=False)
            return
        self._shown[place] = replace(one, follow_up=replace(one.follow_up, done=done))
        self._paint()

    def _paint(self) -> None:
        lines = self.query_one(ToDoRows)
        width = max(20, lines.room)
        rows = [Row(f"{n}", self._face(one, width)) for n, one in enumerate(self._shown)]
        lines.show_rows(rows or [remark(NOTHING, width)])
        lines.find_row()

    def _face(self, one: OpenFollowUp, width: int) -> Content:
        today, follow_up = self.clock().date(), one.follow_up
        day = shown_day(follow_up.due, today) if follow_up.due else ""
        style = "$text-muted" if follow_up.done else "bold $text-warning" if one.late(today) else ""
        owner = f"for {one.owner} · " if one.owner != self._me else ""
        said = follow_up_words(replace(follow_up, due="", by="" if follow_up.by == one.owner else follow_up.by))
        text = Content.assemble(
            (f"{day}: " if day else "", style),
            (said, "$text-muted" if follow_up.done else ""),
            (f"  {owner}{one.customer or 'Visitor'}, closed {one.at:%Y-%m-%d}", "$text-secondary"),
        )
        return stack(hang(Content("✓ " if follow_up.done else "○ "), text, width))
