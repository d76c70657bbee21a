"""What a console asks of the lead's review."""

from dataclasses import dataclass
from datetime import date, datetime

from console.conversation.reviews import By, Judgement, Measure, ReviewQueue, Uptake


@dataclass(frozen=True, slots=True)
class Asked:
    """Which exchanges are asked for: those that a figure counts, or with ``others`` the rest of its cases."""

    by: By = By.ALL
    name: str = ""
    measure: Measure | Uptake = Measure.ACCEPTED
    week: date | None = None
    """The Monday of the week; ``None`` for all weeks that are looked back on."""
    others: bool = False


@dataclass(frozen=True, slots=True)
class Judge:
    """Judge a suggestion, or with ``is_flag`` a flag."""

    conversation: str
    subject: str
    """Its id; of a promise ``promise:`` and the id of its follow-up."""
    verdict: Judgement
    reason: str = ""
    queue: ReviewQueue | None = None
    """The queue that it was judged from."""
    is_flag: bool = False


@dataclass(frozen=True, slots=True)
class MarkChange:
    """Mark that something changed."""

    on: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Marked:
    """The mark that was made."""

    change: str
