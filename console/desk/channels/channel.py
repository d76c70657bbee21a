"""The port that every channel implements."""

from typing import Protocol

from console.conversation.message import Message


class UndeliverableError(Exception):
    """The channel could not take a message now; it stays in the outbox and is tried again."""


class Channel(Protocol):
    """A way in and out for customers. What comes in goes to :class:`console.desk.intake.Intake`."""

    name: str
    """How conversations of this channel are marked; unique on a desk."""

    everywhere: bool
    """Whether every server of the desk delivers and takes in for itself, as where customers connect to any of them.

    Else one server at a time does.
    """

    async def deliver(self, conversation: str, message: Message) -> str:
        """Bring a message to the customer and return the channel's reference for it.

        May be called again for the same message (same ``message.id``) after a crash; the channel must not show it
        twice. Raises :class:`UndeliverableError` when it cannot now.
        """

    async def run(self) -> None:
        """Take in what customers write until cancelled; returns at once for channels that are called from outside."""
