"""What is asked before a draft article is published, rejected, or left with words unsaved."""

from collections.abc import Iterable
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Button, Input

from console.conversation.drafts import Audience
from console.terminal.screens.dialog import Dialog, words
from console.terminal.widgets.choice import Choice, Choices

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
        yield Choices(*(Choice(text, id=name) for name, text in AUDIENCES), id="audience", compact=True)

    def on_mount(self) -> None:
        """Begin with the choice."""
        self.query_one("#audience").focus()

    def answer(self) -> Audience:
        """Return the audience."""
        place = self.query_one("#audience", Choices).pressed_index
        if place < 0:
            message = "Choose for whom it is (arrow keys, Space)."
            raise ValueError(message)
        return AUDIENCES[place][0]


class RejectionDialog(Dialog[str]):
    """Returns why not, or ``None``."""

    HEADING = "Reject the draft"
    CONFIRM = "Reject"
    LEAVE = "Back to the draft"

    def __init__(self, said: str = "It stays in the list, with your reason, and can be taken up again.") -> None:
        """``said`` is what becomes of the draft."""
        super().__init__()
        self._said = said

    def body(self) -> Iterable[Widget]:
        """Return a line for the reason."""
        yield words(self._said, "-gap")
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
    """Returns whether to save before leaving, or ``None`` to stay."""

    HEADING = "Not saved yet"
    CONFIRM = "Save and leave"
    LEAVE = "Back to the draft"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "discard", "Leave without saving", tooltip="What was changed is lost", id="unsaved-discard"),
    ]

    def body(self) -> Iterable[Widget]:
        """Return the explanation, and the way out that loses something."""
        yield words("What you changed in the draft is not saved.", "-gap")
        yield Button("Leave without saving  d", id="discard", compact=True)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Do what the button says."""
        if event.button.id == "discard":
            event.stop()
            self.action_discard()
        else:
            super().on_button_pressed(event)

    def answer(self) -> bool:
        """Save, and leave."""
        return True

    def action_discard(self) -> None:
        """Leave without saving."""
        self.dismiss(False)
