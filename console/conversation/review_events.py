"""The events of a lead's review; part of :data:`console.conversation.events.EventData`."""

from dataclasses import dataclass
from datetime import datetime

from console.conversation.reviews import Judgement, ReviewQueue


@dataclass(frozen=True, slots=True)
class SuggestionJudged:
    """A lead judged a suggestion; a later judgement replaces an earlier one."""

    suggestion: str
    verdict: Judgement
    reason: str = ""
    queue: ReviewQueue | None = None
    """The queue that it was judged from; ``None`` where it was come upon otherwise."""
    by: str = ""
    """The lead's name."""


@dataclass(frozen=True, slots=True)
class FlagJudged:
    """A lead judged a flag: right where it applied, whether or not it was dismissed."""

    flag: str
    policy: str
    verdict: Judgement
    reason: str = ""
    queue: ReviewQueue | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class PromiseJudged:
    """A lead judged a promise that was not kept in its time: right where it was indeed broken."""

    promise: str
    """Id of the follow-up."""
    verdict: Judgement
    reason: str = ""
    queue: ReviewQueue | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class ChangeMarked:
    """A lead marked that something changed, of rules, content or work: what was before and after is compared."""

    change: str
    on: datetime
    words: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class ChangeUnmarked:
    """A lead took such a mark back."""

    change: str
    by: str = ""
