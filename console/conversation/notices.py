"""Messages of the desk itself that are no look-up results, though both are of the system."""

from typing import Final

from console.conversation.message import Author, Message

_LEFT: Final = " has left the chat."


def left_by(name: str) -> str:
    """Return what is said when a customer goes; ``name`` may be empty."""
    return f"{name or 'The customer'}{_LEFT}"


def is_notice(message: Message) -> bool:
    """Return whether a message says what happened in the chat, rather than what was looked up."""
    return message.role is Author.SYSTEM and message.text.endswith(_LEFT) and "\n" not in message.text
