"""What the customer of a conversation does right now, in words for the agent: pure."""

from collections.abc import Collection
from datetime import datetime

from console.conversation.pace import pace_words
from console.conversation.state import Conversation


def doing(conversation: Conversation | None, typing: Collection[str], now: datetime) -> str:
    """Return the line under the transcript, or nothing.

    ``typing`` names the conversations whose customer types, ``now`` is the time on the desk.
    """
    if conversation is None:
        return ""
    name = conversation.customer.called or conversation.customer.shown
    if pace := pace_words(conversation.messages, now):
        return f"{name} {pace}"
    return f"{name} is typing …" if conversation.id in typing else ""
