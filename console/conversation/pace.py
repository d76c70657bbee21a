"""How fast a customer writes, as their messages tell: pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from console.conversation.message import Author, Message

MINUTE: Final = timedelta(minutes=1)

FAST: Final = 20
"""Messages within a minute from which on somebody writes very fast: whoever types short lines comes to about ten."""


def written_lately(messages: Sequence[Message], now: datetime) -> int:
    """Return how many messages the customer has written in the minute before ``now``; oldest first, as they came."""
    count = 0
    for message in reversed(messages):
        if message.role is Author.CUSTOMER and message.at is not None:
            if message.at <= now - MINUTE:
                break
            count += 1
    return count


def pace_words(messages: Sequence[Message], now: datetime) -> str:
    """Return the line for the agent of somebody who writes very fast; empty for everybody else."""
    count = written_lately(messages, now)
    return f"writes very fast: {count} messages in the last minute" if count >= FAST else ""
