"""The folds behind the lead's pages: read in one pass over the log, from a moment on."""

from datetime import datetime
from typing import ClassVar, Final, Protocol, Self, TypeVar

from console.conversation import events as e
from console.review.aftermath.fold import Aftermath
from console.review.edits.fold import WhyEdited
from console.review.promises.fold import Promises
from console.review.reviewing.ledger import Ledger


class Fold(Protocol):
    """What is known of a stretch of the log; it holds numbers and ids, and no text that anybody wrote."""

    KINDS: ClassVar[tuple[str, ...]]
    """The kinds of events that it reads."""

    def __init__(self, since: datetime) -> None:
        """``since`` is from when on events are given to it."""

    def take(self, event: e.Event) -> None:
        """Take in an event of these kinds; they come in the order of their numbers, each once."""


F = TypeVar("F", bound=Fold)

FOLDS: Final[tuple[type[Fold], ...]] = (Ledger, Aftermath, WhyEdited, Promises)
"""All of them: a new one stands here."""

KINDS: Final = tuple(dict.fromkeys(kind for fold in FOLDS for kind in fold.KINDS))
"""The kinds of events that any of them reads."""


class Book:
    """One of each fold, all of the same stretch of the log."""

    def __init__(self, since: datetime) -> None:
        """``since`` is from when on events are given to it."""
        self.since = since
        self.read = 0
        """The number of the newest event that it has taken in."""
        self._folds = {fold: fold(since) for fold in FOLDS}
        self._by_kind: dict[str, list[Fold]] = {
            kind: [one for fold, one in self._folds.items() if kind in fold.KINDS] for kind in KINDS
        }

    def of(self, fold: type[F]) -> F:
        """Return a fold of this book."""
        found: object = self._folds[fold]
        assert isinstance(found, fold)  # noqa: S101 - it was made of this class
        return found

    def take(self, event: e.Event) -> Self:
        """Take in an event; one that it has seen already changes nothing."""
        if event.seq > self.read:
            self.read = event.seq
            for fold in self._by_kind.get(event.kind, ()):
                fold.take(event)
        return self
