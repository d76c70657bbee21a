"""Why suggestions were changed before they were sent, as a lead reads it: the share of each reason."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from console.conversation.reviews import USUAL_WEEKS, By, Share


class Reason(StrEnum):
    """Why an agent changed a suggested reply; an edit may have several."""

    FACT = "fact"
    TONE = "tone"
    POLICY = "policy"
    LENGTH = "length"
    LANGUAGE = "language"
    OTHER = "other"


REASONS: Final = {
    Reason.FACT: "numbers, days, amounts or names changed",
    Reason.TONE: "greeting, apology or politeness changed",
    Reason.POLICY: "a promise was taken out or softened",
    Reason.LENGTH: "mainly cut, or mainly extended",
    Reason.LANGUAGE: "spelling, grammar, or another language",
    Reason.OTHER: "none of these can be read from it",
}
"""Each reason in words."""


@dataclass(frozen=True, slots=True)
class Edited:
    """The edits of a group, and the share of them that each reason has."""

    by: By
    name: str
    title: str
    edits: int
    reasons: tuple[tuple[Reason, Share], ...] = ()
    withheld: bool = False
    """Whether no shares are given because they would be those of one or two people."""


@dataclass(frozen=True, slots=True)
class Seconds:
    """An estimate in seconds with its 95 % interval; ``None`` where there is too little data."""

    of: int = 0
    """Turns that it rests on."""
    conversations: int = 0
    mean: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def words(self) -> str:
        """The estimate as it is shown; more than nought is saved, less is lost."""
        if self.mean is None or self.low is None or self.high is None:
            return f"not enough data ({self.of})"
        return f"{self.mean:+.0f} s ({self.low:+.0f} to {self.high:+.0f})".replace("-", "−")


@dataclass(frozen=True, slots=True)
class Saved:
    """Seconds that suggestions save, by what became of them: an estimate, and no experiment."""

    accepted: Seconds
    edited: Seconds
    refused: Seconds
    """Turns in which nothing was taken: the time that reading the suggestions takes."""
    all: Seconds
    """A turn with suggestions, whatever became of them."""
    unread: Seconds = Seconds()
    """The same as ``all``, were nothing of what was suggested ever read: the other end of what can be assumed."""
    left_out: int = 0
    """Turns that are not comparable: left open for too long, or of a length that nobody wrote by hand often enough."""


@dataclass(frozen=True, slots=True)
class Edits:
    """All edits of the weeks by reason, of all and by group."""

    weeks: int = USUAL_WEEKS
    since: datetime | None = None
    until: datetime | None = None
    groups: tuple[Edited, ...] = ()
    saved: Saved | None = None
    progress: str = ""


@dataclass(frozen=True, slots=True)
class AskedEdits:
    """Which edits are asked for."""

    by: By = By.ALL
    name: str = ""
    reason: Reason = Reason.FACT
