"""What a channel tells of messages after they were written, and the fold of it."""

from dataclasses import dataclass, replace
from typing import Final

UNKNOWN: Final = "m0"
"""Stands for a message that the desk never saw; no message has this id."""


@dataclass(frozen=True, slots=True)
class MessagesRead:
    """The customer has read everything up to a message of ours."""

    message: str


@dataclass(frozen=True, slots=True)
class MessageWithdrawn:
    """The customer deleted a message of theirs; what was read of it stays known here."""

    message: str


@dataclass(frozen=True, slots=True)
class Contact:
    """What is known of a conversation's messages beyond their text."""

    read: str = ""
    """The newest message of ours that the customer has read; empty while none is known to be."""
    withdrawn: frozenset[str] = frozenset()
    """Messages that the customer deleted."""

    def after(self, data: MessagesRead | MessageWithdrawn) -> "Contact":
        """Return what is known after an event."""
        if isinstance(data, MessageWithdrawn):
            return replace(self, withdrawn=self.withdrawn | {data.message})
        return replace(self, read=max(self.read, data.message, key=place))

    def has_read(self, message: str) -> bool:
        """Return whether the customer has read a message of ours."""
        return bool(self.read) and place(message) <= place(self.read)


def place(message: str) -> int:
    """Return a message's place in its conversation, from 1; 0 for what is no message's id."""
    number = message.removeprefix("m")
    return int(number) if number.isdecimal() else 0
