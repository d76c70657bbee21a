"""A policy blocks the text: the agent changes it, or asks a lead."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from console.conversation.assistance import Flag
from console.conversation.state import Approval
from console.terminal.screens.dialog import Dialog, words
from console.terminal.widgets.flags_panel import STYLE
from console.terminal.words import flagged, where


class BlockedDialog(Dialog[str]):
    """Returns the reason for the lead, or ``None`` to edit."""

    HEADING = "A policy blocks this text"
    CONFIRM = "Ask a lead to approve"
    LEAVE = "Edit the text"

    def __init__(self, flags: tuple[Flag, ...], text: str, refused: Approval | None = None) -> None:
        """``refused`` is a lead's earlier no to exactly this text."""
        super().__init__()
        self._refused = refused
        self._flags = flags
        self._text = text

    def body(self) -> Iterable[Widget]:
        """Return a lead's earlier answer, the flags, the text, and a line for the reason."""
        if self._refused is not None:
            said = f"“{self._refused.answer}”" if self._refused.answer else "no reason given"
            yield words(f"✖ A lead refused this text: {said}. Change it, or say what is different now.", "-warning")
        for flag in self._flags:
            yield words(Content.assemble((flagged(flag), STYLE[flag.severity]), (f"  {where(flag)}", "$text-muted")))
            span = f"“{flag.span}”  " if flag.span else ""
            yield words(Content.assemble((span, "italic"), flag.advice), "-gap")
        yield words(self._text, "-quote")
        yield words("Why it should go out as it stands (the lead reads this):", "-label")
        yield Input(placeholder="Reason for the lead", id="reason", max_length=500, compact=True)

    def answer(self) -> str:
        """Return the reason."""
        reason = self.query_one("#reason", Input).value.strip()
        if not reason:
            message = "Write for the lead why this text should go out, or edit it."
            raise ValueError(message)
        return reason
