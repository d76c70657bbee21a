"""The events of generated history, and the mark that tells it from what happened.

Part of :data:`console.conversation.events.EventData`. Every event of such a history carries :data:`GENERATED` as its
channel, in the part of the log that is signed and never erased; it is in no inbox, on no stream and in no figure of the
moment.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

GENERATED: Final = "generated"
"""The channel of everything that was generated and never happened."""


@dataclass(frozen=True, slots=True)
class HistoryBegun:
    """The desk began to write a generated history; what stands here makes the same one again."""

    seed: int
    until: datetime
    """The moment before which all of it lies."""
    days: int
    a_day: float
    """Conversations on an average day."""
    edition: str
    """Digest of what it is made from: another edition tells another history."""
    since: datetime | None = None
    """From when on it goes on from an earlier one; ``None`` for the first."""


@dataclass(frozen=True, slots=True)
class HistoryWritten:
    """The generated history is whole."""

    conversations: int
    events: int


@dataclass(frozen=True, slots=True)
class WeeksPassed:
    """A lead moved the clock of a demo forward; what lies between is filled with generated history.

    This event itself happened: it is no part of that history.
    """

    weeks: int
    since: datetime
    """What the desk's clock said …"""
    until: datetime
    """… and what it says from then on."""
    by: str = ""
    """The lead's name."""
