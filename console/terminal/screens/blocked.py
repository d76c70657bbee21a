"""A policy blocks the text: the agent changes it or asks a lead; a lead changes it or overrides the policy."""

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
    """Returns the reason for the lead, or the lead's own, or ``None`` to edit."""

    HEADING = "A policy blocks this text"
    CONFIRM = "Ask a lead to approve"
    LEAVE = "Edit the text"

    def __init__(self, flags: tuple[Flag, ...], text: str, refused: Approval | None = None) -> None:
        """``refused`` is a lead's earlier no to exactly this text."""
        super().__init__()
        self._refused = refused
        self._flags = flags
        self._text = text
        self._wanted = "Write for the lead why this text should go out, or edit it."

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
        yield from self.question()

    def question(self) -> Iterable[Widget]:
        """Return what the reason is for, and its line."""
        yield words("Why it should go out as it stands (the lead reads this):", "-label")
        yield Input(placeholder="Reason for the lead", id="reason", max_length=500, compact=True)

    def answer(self) -> str:
        """Return the reason."""
        reason = self.query_one("#reason", Input).value.strip()
        if not reason:
            raise ValueError(self._wanted)
        return reason


class OverrideDialog(BlockedDialog):
    """The same for a lead, who cannot approve a text of their own."""

    CONFIRM = "Override and send"

    def __init__(self, flags: tuple[Flag, ...], text: str, refused: Approval | None = None) -> None:
        super().__init__(flags, text, refused)
        self._wanted = "Write why you override the policy, or edit the text."

    def question(self) -> Iterable[Widget]:
        """Return that it is an override, and the line for the reason."""
        yield words("Nobody approves their own text. As a lead you override the policy; your reason is kept:", "-label")
        yield Input(placeholder="Why you override it", id="reason", max_length=500, compact=True)
