"""Marking that something changed, so that the weeks before and after can be compared."""

from collections.abc import Iterable
from datetime import datetime, time

from textual.widget import Widget
from textual.widgets import Input

from console.conversation.review_commands import MarkChange
from console.terminal.screens.dialog import Dialog, words


class ChangeDialog(Dialog[MarkChange]):
    """Returns the change, or ``None``; ``now`` is what today's mark stands for."""

    HEADING = "Mark a change"
    CONFIRM = "Mark"

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self._now = now.astimezone()

    def body(self) -> Iterable[Widget]:
        """Return a line for what changed, and one for the day."""
        yield words("What changed: a macro, a rule, the model, the way of working", "-label")
        yield Input(placeholder="Macro repair-patience retired", id="words", max_length=500, compact=True)
        yield words("Since which day (from its first minute; today: from now)", "-label")
        yield Input(self._now.date().isoformat(), id="day", max_length=10, compact=True)

    def answer(self) -> MarkChange:
        """Return the change."""
        said = self.query_one("#words", Input).value.strip()
        if not said:
            message = "Say in a few words what changed."
            raise ValueError(message)
        try:
            day = datetime.strptime(self.query_one("#day", Input).value.strip(), "%Y-%m-%d").date()  # noqa: DTZ007
        except ValueError:
            message = "Write the day as year-month-day, such as 2026-03-02."
            raise ValueError(message) from None
        if day > self._now.date():
            message = "A change is marked once it has happened."
            raise ValueError(message)
        on = self._now if day == self._now.date() else datetime.combine(day, time(), self._now.tzinfo)
        return MarkChange(on, said)
