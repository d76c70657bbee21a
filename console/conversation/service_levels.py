"""How long a customer may wait for a person's answer, and how that stands. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from console.conversation.inbox import InboxRow
from console.conversation.message import Status

SOON: Final = 0.25
"""Share of the time that is left from which on an answer is due soon: enough to finish a sentence, not a chat."""

TIERS: Final = 3


class Standing(StrEnum):
    """How an answer stands against its time."""

    FINE = "fine"
    SOON = "soon"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Targets:
    """Seconds in which the first and each next answer of a person is due, by tier from 1 to 3."""

    first: tuple[float, ...] = (120.0, 120.0, 120.0)
    following: tuple[float, ...] = (180.0, 180.0, 180.0)

    def of(self, row: InboxRow) -> float:
        """Return the seconds that a row's next answer may take."""
        times = self.following if row.answered else self.first
        return times[min(max(row.tier, 1), TIERS) - 1]


@dataclass(frozen=True, slots=True)
class Due:
    """An answer that is owed."""

    first: bool
    """Whether it is the first since the hand-over."""
    left: float
    """Seconds that are left; negative where it is late."""
    standing: Standing

    @property
    def late(self) -> bool:
        """Whether it should have been there."""
        return self.standing is Standing.LATE


def due(row: InboxRow, targets: Targets, now: datetime) -> Due | None:
    """Return how the answer that a row owes stands; ``None`` where none is owed or no person is asked for one."""
    since = owed_since(row)
    if since is None or row.status in {Status.BOT, Status.CLOSED}:
        return None
    allowed = targets.of(row)
    left = allowed - max(0.0, (now - since).total_seconds())
    standing = Standing.LATE if left < 0 else Standing.SOON if left <= allowed * SOON else Standing.FINE
    return Due(not row.answered, left, standing)


def owed_since(row: InboxRow) -> datetime | None:
    """Return since when a person owes an answer.

    The first one counts from the hand-over, not from what the customer said to the bot; where a conversation came back
    to the queue, the wait goes on.
    """
    if row.waiting_since is None:
        return None
    return max(row.waiting_since, row.handed_at) if row.handed_at is not None else row.waiting_since
