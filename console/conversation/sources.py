"""What a lead reads of each source of suggested replies: how often it is taken, and what follows where it is.

The words of a figure are made in :mod:`console.conversation.reviews`; what is retired is said here.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from console.conversation.reviews import USUAL_WEEKS, Share

WORTH: Final = 0.05
"""Difference of two shares that is worth acting on: what is surely no more than this is not marked."""


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
    taken_less: bool = False
    """Whether it is surely taken less than the others of its kind, by more than :data:`WORTH`."""
    more_trouble: bool = False
    """Whether trouble surely follows it more often than the others of its kind, by more than :data:`WORTH`."""
    retired: Retired | None = None

    @property
    def suspect(self) -> bool:
        """Whether it is worth looking at: one of the two is so."""
        return self.taken_less or self.more_trouble

    @property
    def kind(self) -> str:
        """What it is: ``macro``, ``article`` and so on."""
        return kind_of(self.source)

    @property
    def doubt(self) -> str:
        """What speaks against it, in words; empty where nothing does."""
        said = ["followed by trouble more"] if self.more_trouble else []
        said += ["taken less"] if self.taken_less else []
        return f"{' and '.join(said)} than other {kinds_said(self.kind)}" if said else ""


@dataclass(frozen=True, slots=True)
class KindFigures:
    """All sources of a kind together: what one of them is compared with, itself left out."""

    kind: str
    sources: int
    taken: Share
    went_wrong: Share


def kind_of(source: str) -> str:
    """Return the kind of a source, by its name."""
    return source.partition(":")[0]


def kinds_said(kind: str) -> str:
    """Return several of a kind, in words."""
    return {"policy": "policies"}.get(kind, f"{kind}s")


@dataclass(frozen=True, slots=True)
class Sources:
    """All sources of the weeks, the most doubtful first."""

    weeks: int = USUAL_WEEKS
    since: datetime | None = None
    until: datetime | None = None
    taken: Share | None = None
    went_wrong: Share | None = None
    """Both of all sources together."""
    angered: int = 0
    """After how many of all the mood fell."""
    kinds: tuple[KindFigures, ...] = ()
    """The same of the sources of each kind."""
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
