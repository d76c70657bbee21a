"""What is said beside a conversation: to a colleague, back to whoever asked, or to the agent."""

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import TextArea

from console.conversation.queue import AtWork
from console.conversation.queue_commands import Say
from console.terminal.screens.dialog import Dialog, words
from console.terminal.widgets.choice import Choice, Choices


class AsideDialog(Dialog[Say]):
    """Returns what to say, or ``None``; with a ``team`` one of them is asked, else ``to`` is who hears it."""

    HEADING = "Among colleagues"
    CONFIRM = "Say it"

    def __init__(self, team: tuple[AtWork, ...] = (), to: str = "") -> None:
        super().__init__()
        self._team, self._to = team, to

    def body(self) -> Iterable[Widget]:
        """Return whom to ask, and the text."""
        if self._to:
            yield words(f"To {self._to}. The customer never sees this.", "-label")
        else:
            yield words("Whom do you ask? The customer never sees this.", "-label")
            yield Choices(*(Choice(one.name) for one in self._team), id="whom", classes="-close", compact=True)
        yield TextArea(id="text", compact=True)

    def answer(self) -> Say:
        """Return what to say."""
        text = self.query_one("#text", TextArea).text.strip()
        if not text:
            message = "Write it first."
            raise ValueError(message)
        if self._to:
            return Say(text)
        place = self.query_one("#whom", Choices).pressed_index
        if place < 0:
            message = "Choose whom you ask."
            raise ValueError(message)
        return Say(text, self._team[place].id)
