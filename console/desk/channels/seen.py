"""Which message of ours a customer means who has seen an item of their view."""

from collections.abc import Iterable

from console.conversation.events import Event, MessageAdded
from console.desk.channels.projection import Projection, Said, Speaker


def message_of_ours(history: Iterable[Event], conversation: str, channel: str, number: int) -> str:
    """Return the id of the message that item ``number`` of the customer's view shows.

    ``history`` are the conversation's events, oldest first. Empty where there is no such item, and where it is a line
    about the conversation or the customer's own message: of neither is it told that it was read.
    """
    projection, messages = Projection(conversation, channel), 0
    for event in history:
        messages += isinstance(event.data, MessageAdded)
        item = projection.take(event)
        if item and item.number == number:
            return f"m{messages}" if isinstance(item, Said) and item.speaker is not Speaker.YOU else ""
    return ""
