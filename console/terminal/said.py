"""What the transcript says of a message beyond its words: that it puts an earlier one right, was deleted, was read."""

from collections.abc import Sequence
from typing import Final

from console.conversation.attachments import Attachment, size_words
from console.conversation.channel_events import UNKNOWN
from console.conversation.message import Author, Message
from console.conversation.state import Conversation

_KINDS: Final = {"image": "picture", "audio": "sound", "video": "video", "text": "text"}
"""Kinds of files in words, by the first half of their type."""


def words_of(conversation: Conversation, message: Message) -> str:
    """Return a message's text with what the agent must know of it."""
    text = message.text
    if message.edits:
        what = "an earlier message" if message.edits == UNKNOWN else message.edits
        text = f"(changes {what}) {text}"
    if message.id in conversation.contact.withdrawn:
        text = f"{text} (deleted by the customer)"
    return text


def delivery_of(conversation: Conversation, message: Message) -> str:
    """Return how far an agent's message has come: ``sent``, ``delivered`` or ``read``; nothing of others' messages."""
    if message.role is not Author.AGENT:
        return ""
    if conversation.contact.has_read(message.id):
        return "read"
    return "delivered" if message.id in conversation.delivered else "sent"


def file_words(attachment: Attachment) -> str:
    """Return a file in words: ``label.png · picture, 182 KB``."""
    kind = _KINDS.get(attachment.type.partition("/")[0], attachment.type.rpartition("/")[2].upper())
    return f"{attachment.name} · {kind}, {size_words(attachment.size)}"


def files_of(conversation: Conversation) -> Sequence[tuple[Message, Attachment]]:
    """Return the files of a conversation with their messages, oldest first."""
    return [(message, attachment) for message in conversation.messages for attachment in message.attachments]
