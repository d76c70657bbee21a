"""Who the customer is, where the conversation stands, and what can be done with it as a whole."""

from typing import Final

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from console.conversation.message import Status
from console.conversation.state import Conversation
from console.conversation.tasks import asking
from console.terminal.hanging import spread
from console.terminal.styles import beside
from console.terminal.widgets.clickable import button, row
from console.terminal.words import standing

_STATUS: Final = {
    Status.BOT: "with the bot",
    Status.WAITING: "waiting",
    Status.ACTIVE: "yours",
    Status.PARKED: "parked",
    Status.CLOSED: "closed",
}


_SUBJECT: Final = 12
"""Cells that a subject keeps beside keys on the buttons."""

_ROOMY: Final = 60
"""Width from which on there is room for one button more."""


class ConversationHeader(Widget):
    """Two lines over the transcript."""

    DEFAULT_CSS = beside(__file__)

    def __init__(self) -> None:
        super().__init__()
        self._conversation: Conversation | None = None
        self._shown: tuple[object, ...] = ()
        self._mine, self._reviews = False, False

    def show(self, conversation: Conversation | None, *, mine: bool, reviews: bool = False) -> None:
        """Show this conversation; ``reviews`` says whether whoever looks marks closed ones."""
        shown = (
            ()
            if conversation is None
            else (
                conversation.id,
                conversation.customer,
                conversation.status,
                conversation.agent_name,
                mine,
                reviews,
                *standing(conversation),
                conversation.subject,
                conversation.disposition,
                conversation.tasks.running,
            )
        )
        self._conversation, self._mine, self._reviews = conversation, mine, reviews
        if shown != self._shown:
            self._shown = shown
            self.refresh()

    def render(self) -> Content:
        """Return both lines for the present width."""
        conversation = self._conversation
        if conversation is None:
            return Content.styled("No conversation open", "$text-muted")
        width = self.size.width
        name = Content.styled(conversation.customer.shown, "bold $text-primary")
        status = Content.styled(self._status(conversation), "$text-muted")
        status = status.truncate(max(1, width - name.cell_length - 3), ellipsis=True)  # whose it is stays whole
        facts = _whole(standing(conversation), width - name.cell_length - status.cell_length - 3)
        first = spread(Content.assemble(name, (f"  {facts}", "$text-muted")), status, width)
        return Content("\n").join(
            [first, spread(Content.styled(conversation.subject, "italic"), self._buttons(), width)]
        )

    def _status(self, conversation: Conversation) -> str:
        if task := conversation.tasks.running:
            return asking(task)
        if conversation.status in (Status.ACTIVE, Status.PARKED) and not self._mine:
            return f"{conversation.status.value}, with {conversation.agent_name or 'a colleague'}"
        if conversation.status is Status.CLOSED:
            return f"closed: {conversation.disposition}"
        return _STATUS[conversation.status]

    def _buttons(self) -> Content:
        conversation = self._conversation
        if conversation is None:
            return Content("")
        if conversation.status is Status.CLOSED:
            return self._closed_buttons()
        record = button("screen.customer", "Record")
        if conversation.status is Status.WAITING or (conversation.status is Status.BOT and not conversation.agent):
            return row(record, button("screen.claim", "Claim", "Alt+C"))
        if not self._mine:
            return record
        if conversation.tasks.running:
            return row(record, button("screen.delegate", "Take back", "Alt+9"))
        return row(
            record,
            button("screen.note", "Note"),
            button("screen.delegate", "Bot asks") if self.size.width >= _ROOMY else Content(""),
            button("screen.park", "Park"),
            button("screen.release", "Give back"),
            button("screen.close_chat", "Close"),
        )

    def _closed_buttons(self) -> Content:
        """Return what is done with a closed chat; the keys give way where the subject would have no room."""
        if not self._reviews:
            return button("screen.reopen", "Reopen", "Alt+Z")
        mark = button("screen.mark_quality", "Mark this chat")
        with_keys, without = (
            row(mark, button("screen.make_scenario", "Make practice", make), button("screen.reopen", "Reopen", reopen))
            for make, reopen in (("Alt+=", "Alt+Z"), ("", ""))
        )
        return with_keys if with_keys.cell_length + _SUBJECT <= self.size.width else without


def _whole(parts: list[str], width: int) -> str:
    """Return as many of the parts as fit, none of them cut."""
    count = len(parts)
    while count and cell_len(" · ".join(parts[:count])) > width:
        count -= 1
    return " · ".join(parts[:count])
