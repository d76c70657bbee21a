"""Messages of the desk as a homeserver takes them. Pure."""

import hashlib
from collections.abc import Iterator
from typing import Final

from console.conversation.message import Message

PART: Final = 8_000
"""Characters of one event: a homeserver refuses events of more than 65,536 bytes, and a character takes up to six."""


def transaction(conversation: str, message: Message) -> str:
    """Return the id under which a message is sent, however often: the same message, the same id.

    The text and the time are part of it, since a workspace that was begun anew numbers its messages anew.
    """
    said = "\x00".join((conversation, message.id, str(message.seq), str(message.at), message.text))
    return "sc" + hashlib.sha256(said.encode()).hexdigest()[:32]


def texts(text: str) -> Iterator[str]:
    """Yield a text in parts that fit, cut at the end of a line or a word where there is one."""
    while len(text) > PART:
        cut = max(text.rfind("\n", PART // 2, PART), text.rfind(" ", PART // 2, PART))
        cut = cut if cut > 0 else PART
        yield text[:cut]
        text = text[cut:].lstrip(" \n")
    yield text
