"""Files that customers send on the desk's own page: how many, how large, and kept once however often they are sent.

What counts is read from the conversation itself: a restart forgets nothing, and nothing has to be kept beside it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from console.conversation.attachments import size_words
from console.conversation.message import Author
from console.conversation.state import Conversation
from console.desk.attachments import MEGABYTE, NotTaken

HOUR: Final = timedelta(hours=1)

TAKEN_WORDS: Final = "pictures, PDF, text, sound and video"
"""The types that are taken, as people call them; :mod:`console.desk.file_types` tells them by their bytes."""


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """What one customer may send in one conversation."""

    per_hour: int = 20
    """Files within any hour."""
    total_bytes: int = 100 * MEGABYTE
    """Bytes of all files of the conversation together."""


def require_room(state: Conversation | None, size: int, now: datetime, limits: UploadLimits) -> None:
    """Raise :class:`NotTaken`, in words for the customer, where a file of ``size`` bytes is one too many.

    ``state`` is their conversation; ``None`` before their first message.
    """
    theirs = [m for m in state.messages if m.role is Author.CUSTOMER] if state else []
    lately = sum(len(m.attachments) for m in theirs if m.at and m.at > now - HOUR)
    if lately >= limits.per_hour:
        raise NotTaken(
            f"you have sent {lately} files within an hour, which is the most we take; please try again later"
        )
    if sum(a.size for m in theirs for a in m.attachments) + size > limits.total_bytes:
        most = size_words(limits.total_bytes)
        raise NotTaken(
            f"the files of this chat would be larger than {most} together; please send us the rest another way"
        )
