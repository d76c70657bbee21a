"""What a console asks of quality review."""

from dataclasses import dataclass
from datetime import date, datetime

from console.conversation.quality import Mark
from console.conversation.reviews import By


@dataclass(frozen=True, slots=True)
class AskedMarks:
    """Which marks are asked for."""

    criterion: str
    mark: Mark = Mark.NOT_MET
    by: By = By.ALL
    """``ALL``, ``INTENT`` or ``TEAM``."""
    name: str = ""
    week: date | None = None
    """The Monday of the week of the closing; ``None`` for all."""


@dataclass(frozen=True, slots=True)
class MarkQuality:
    """Mark a criterion of a closed conversation; without a mark, take one's own back."""

    conversation: str
    criterion: str
    mark: Mark | None
    reason: str = ""
    sampled: bool = False
    """Whether it came from the queue that chance drew."""


@dataclass(frozen=True, slots=True)
class MarkAgain:
    """Mark conversations anew that were closed since a moment, and marked by another rubric than the one in force."""

    since: datetime
