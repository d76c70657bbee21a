"""A lead lets assistance into a conversation that is reserved for people."""

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Input

from console.conversation.state import Conversation
from console.terminal.screens.dialog import Dialog, words


class AllowingDialog(Dialog[str]):
    """Returns the reason, or ``None``."""

    HEADING = "Let assistance in?"
    CONFIRM = "Let it in"

    def __init__(self, conversation: Conversation | None) -> None:
        super().__init__()
        routing = conversation.routing if conversation else None
        self._reasons = (routing.reasons if routing else ()) or ("its behaviour says so",)

    def body(self) -> Iterable[Widget]:
        """Return why it is reserved, what will come, and a line for the reason."""
        yield words("This conversation is reserved for people:", "-label")
        for reason in self._reasons:
            yield words(reason)
        yield words(
            "Summary, mood and suggestions come with the newest message. A new reason in what the customer writes "
            "from now on reserves it again; Ctrl+O takes this back at any time.",
            "-gap",
        )
        yield Input(placeholder="Why (kept with the conversation)", id="reason", max_length=500, compact=True)

    def answer(self) -> str:
        """Return the reason."""
        reason = self.query_one("#reason", Input).value.strip()
        if not reason:
            message = "Write why assistance may come in."
            raise ValueError(message)
        return reason
