"""Where a conversation stands on the desk and on Chatwoot, and what follows from the two. Pure."""

from enum import StrEnum
from typing import Final

from console.conversation.message import Status

PENDING: Final = "pending"
"""Chatwoot: with the bot."""

OPEN: Final = "open"
"""Chatwoot: with people."""

RESOLVED: Final = "resolved"


class Follows(StrEnum):
    """What has to be done for both to say the same."""

    NOTHING = ""
    HAND_OVER = "hand-over"
    """Somebody on Chatwoot gave it to people: the desk's bot must end."""
    OPEN = OPEN
    """The desk gave it to people: Chatwoot's bot must end."""
    RESOLVE = RESOLVED
    """It ended on the desk."""


def follows(desk: Status, chatwoot: str, *, closed_now: bool = False) -> Follows:
    """Return what follows; ``closed_now`` where it has just ended on the desk.

    What ended earlier is left alone: somebody may have opened it again over there, and will be heard when they write.
    """
    if desk is Status.BOT:
        return Follows.HAND_OVER if chatwoot == OPEN else Follows.NOTHING
    if desk is Status.CLOSED:
        return Follows.RESOLVE if closed_now and chatwoot != RESOLVED else Follows.NOTHING
    return Follows.OPEN if chatwoot == PENDING else Follows.NOTHING
