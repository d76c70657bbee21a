"""What a lead reads of each source of suggested replies: how often it is taken, and what follows where it is.

The words of a figure are made in :mod:`console.conversation.reviews`; what is retired is said here.
"""

from dataclasses import dataclass
from datetime import datetime

from console.conversation.reviews import USUAL_WEEKS, Share


@dataclass(frozen=True, slots=True)
class Retired:
    """Who retired a source, and when."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class SourceFigures:
    """A macro, article, policy or behaviour that suggested replies cite first."""

    source: str
    """``macro:ID``, ``article:ID`` and so on."""
    taken: Share
    """Replies taken, as they were or changed, of those that were decided on after they could be read."""
    went_wrong: Share
    """Taken ones after which the customer's mood fell, a lead was called, it was passed on, or it was opened again."""
    angered: int
    """Of those, the ones after which the mood fell."""
    suspect: bool
    """Whether its interval says that it is surely taken less, or surely goes wrong more, than the others."""
    retired: Retired | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """All sources of the weeks, the most doubtful first."""

    weeks: int = USUAL_WEEKS
    since: datetime | None = None
    until: datetime | None = None
    taken: Share | None = None
    went_wrong: Share | None = None
    """Both of all sources together."""
    sources: tuple[SourceFigures, ...] = ()
    progress: str = ""


@dataclass(frozen=True, slots=True)
class RetireSource:
    """Retire a source, or bring it back."""

    source: str


@dataclass(frozen=True, slots=True)
class RetiredSources:
    """The sources that are retired now."""

    sources: tuple[str, ...] = ()
