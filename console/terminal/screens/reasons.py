"""A warning stands in the way: the agent may pass it with a written reason, one for each."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from console.conversation.assistance import Flag
from console.conversation.commands import PassedWarning
from console.terminal.screens.dialog import Dialog, words
from console.terminal.widgets.field import OnwardField
from console.terminal.widgets.flags_panel import STYLE
from console.terminal.words import flagged, where


class ReasonsDialog(Dialog[tuple[PassedWarning, ...]]):
    """Returns the reasons, or ``None`` to go back to the text; Enter goes on, sending is Ctrl+S or the button."""

    HEADING = "This text raises a warning"
    CONFIRM = "Send with this reason"
    LEAVE = "Back to the text"

    def __init__(self, flags: tuple[Flag, ...]) -> None:
        super().__init__()
        self._flags = flags

    def body(self) -> Iterable[Widget]:
        """Return each flag with a line for its reason."""
        for number, flag in enumerate(self._flags):
            yield words(Content.assemble((flagged(flag), STYLE[flag.severity]), (f"  {where(flag)}", "$text-muted")))
            span = f"“{flag.span}”  " if flag.span else ""
            yield words(Content.assemble((span, "italic"), flag.advice), "-gap")
            yield OnwardField(
                placeholder="Why it may go out all the same", id=f"reason-{number}", max_length=500, compact=True
            )

    def answer(self) -> tuple[PassedWarning, ...]:
        """Return the reasons."""
        reasons = [self.query_one(f"#reason-{n}", Input).value.strip() for n in range(len(self._flags))]
        if not all(reasons):
            message = "Write a reason for each warning, or go back to the text."
            raise ValueError(message)
        return tuple(PassedWarning(flag.id, reason) for flag, reason in zip(self._flags, reasons, strict=True))
