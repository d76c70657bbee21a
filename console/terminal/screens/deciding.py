"""What is asked before a draft article is published, rejected, or left with words unsaved."""

from collections.abc import Iterable
from typing import Final

from textual.widget import Widget
from textual.widgets import Input, RadioSet

from console.conversation.drafts import Audience
from console.terminal.screens.dialog import Dialog, words
from console.terminal.widgets.choice import Choice

AUDIENCES: Final[tuple[tuple[Audience, str], ...]] = (
    ("public", "everybody: it may be quoted to customers"),
    ("internal", "staff alone: it is never put into a reply"),
)


class AudienceDialog(Dialog[Audience]):
    """Returns for whom to publish, or ``None``."""

    HEADING = "Publish the article"
    CONFIRM = "Publish"
    LEAVE = "Back to the draft"

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def body(self) -> Iterable[Widget]:
        """Return what will happen, and the choice; nothing is chosen beforehand."""
        yield words(f"“{self._title}” becomes a file of content/articles, and is found within seconds.", "-gap")
        yield words("For whom?", "-label")
        yield RadioSet(*(Choice(text, id=name) for name, text in AUDIENCES), id="audience", compact=True)

    def on_mount(self) -> None:
        """Begin with the choice."""
        self.query_one("#audience").focus()

    def answer(self) -> Audience:
        """Return the audience."""
        place = self.query_one("#audience", RadioSet).pressed_index
        if place < 0:
            message = "Choose for whom it is (Up, Down, Enter)."
            raise ValueError(message)
        return AUDIENCES[place][0]


class RejectionDialog(Dialog[str]):
    """Returns why not, or ``None``."""

    HEADING = "Reject the draft"
    CONFIRM = "Reject"
    LEAVE = "Back to the draft"

    def body(self) -> Iterable[Widget]:
        """Return a line for the reason."""
        yield words("It stays in the list, with your reason, and can be taken up again.", "-gap")
        yield Input(placeholder="Why not", id="reason", max_length=500, compact=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter rejects."""
        self.action_confirm()

    def answer(self) -> str:
        """Return the reason."""
        reason = self.query_one("#reason", Input).value.strip()
        if not reason:
            message = "Write why, so that whoever drafted it knows."
            raise ValueError(message)
        return reason


class UnsavedDialog(Dialog[bool]):
    """Returns ``True`` to leave without saving."""

    HEADING = "Not saved yet"
    CONFIRM = "Leave without saving"
    LEAVE = "Back to the draft"

    def body(self) -> Iterable[Widget]:
        """Return the explanation."""
        yield words("What you changed in the draft is not saved. Ctrl+S in the draft saves it.", "-gap")

    def answer(self) -> bool:
        """Leave."""
        return True
