"""Which event a customer means who names an item of their view: a message of ours, or an end."""

from collections.abc import Iterable

from console.conversation.events import Event, MessageAdded
from console.desk.channels.projection import Notice, NoticeKind, Projection, Said, Speaker


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


def closing_of(history: Iterable[Event], conversation: str, channel: str, number: int) -> int:
    """Return the number in the log of the closing that item ``number`` of the customer's view shows; 0 for no such."""
    projection = Projection(conversation, channel)
    for event in history:
        item = projection.take(event)
        if item and item.number == number:
            return event.seq if isinstance(item, Notice) and item.notice is NoticeKind.CLOSED else 0
    return 0
