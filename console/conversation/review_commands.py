"""What a console asks of the lead's review."""

from dataclasses import dataclass
from datetime import datetime

from console.conversation.reviews import Judgement, ReviewQueue


@dataclass(frozen=True, slots=True)
class Judge:
    """Judge a suggestion, or with ``is_flag`` a flag."""

    conversation: str
    subject: str
    """Its id."""
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
