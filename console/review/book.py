"""The folds behind the lead's pages: read in one pass over the log, from a moment on."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Final, Protocol, Self, TypeVar

from numpy.typing import NDArray

from console.conversation import events as e
from console.conversation.erasure_events import ConversationsErased, EventsExpired
from console.review.aftermath.fold import Aftermath
from console.review.automating.openings import Openings
from console.review.edits.fold import WhyEdited
from console.review.escalating.handovers import Handovers
from console.review.forecast.arrivals import Arrivals
from console.review.layers.talks import Talks
from console.review.plain import Arrays, restore, told
from console.review.promises.fold import Promises
from console.review.quality.marks import QualityMarks
from console.review.reviewing.ledger import Ledger


class Fold(Protocol):
    """What is known of a stretch of the log; it holds numbers and ids, and no text that anybody wrote.

    A book is kept on disk and goes on where it stopped, so a fold is its attributes and nothing else:

    - All of them are set in ``__init__``, which takes ``since`` alone; no slots, no properties of a class that change.
    - They are ``Columns``, ``Names``, arrays of :mod:`array`, numbers, strings, ``None``, ``datetime`` and ``date``;
      lists, tuples, sets, dicts, counters and ``defaultdict`` of these, however deep (no ``Counter`` or ``defaultdict``
      *within* another container: those come back as dicts). No enum, no other object, no function.
    - No two attributes are, or hold, the same list or dict: each comes back as one of its own.
    - What it does with an event depends on that event and its attributes alone: no clock, no random number.

    ``tests/review/test_book_file.py`` holds every fold of :data:`FOLDS` to it.
    """

    KINDS: ClassVar[tuple[str, ...]]
    """The kinds of events that it reads."""

    def __init__(self, since: datetime) -> None:
        """``since`` is from when on events are given to it."""

    def take(self, event: e.Event) -> None:
        """Take in an event of these kinds; they come in the order of their numbers, each once."""


F = TypeVar("F", bound=Fold)

FOLDS: Final[tuple[type[Fold], ...]] = (
    Ledger,
    Aftermath,
    WhyEdited,
    Promises,
    Talks,
    Handovers,
    QualityMarks,
    Arrivals,
    Openings,
)
"""All of them: a new one stands here."""


def kinds_of(folds: Sequence[type[Fold]]) -> tuple[str, ...]:
    """Return the kinds of events that any of these reads."""
    return tuple(dict.fromkeys(kind for fold in folds for kind in fold.KINDS))


KINDS: Final = kinds_of(FOLDS)
"""The kinds of events that any of them reads."""

ERASURES: Final = ("conversations-erased", "events-expired")
"""The kinds of events that every book reads beside them."""


class Book:
    """One of each fold, all of the same stretch of the log."""

    def __init__(self, since: datetime, folds: Sequence[type[Fold]] = FOLDS) -> None:
        """``since`` is from when on events are given to it."""
        self.since, self.kinds = since, kinds_of(folds)
        self.read = 0
        """The number of the newest event that it has taken in, or that was no event for it."""
        self.seen: set[str] = set()
        """The conversations of which it has taken in anything; an empty id stands for the workspace."""
        self.settled = 0
        """Up to this event erasures are of what this book has never taken in: the newest when its reading began."""
        self.spoilt = False
        """Whether something that it has taken in was erased since: it is to be made anew."""
        self._folds = {fold: fold(since) for fold in folds}
        self._takers: dict[type[object], list[Callable[[e.Event], None]]] = {
            e.KINDS[kind]: [one.take for fold, one in self._folds.items() if kind in fold.KINDS] for kind in self.kinds
        }

    def of(self, fold: type[F]) -> F:
        """Return a fold of this book."""
        found: object = self._folds[fold]
        assert isinstance(found, fold)  # noqa: S101 - it was made of this class
        return found

    def take(self, event: e.Event) -> Self:
        """Take in an event; one that it has seen already changes nothing."""
        if event.seq > self.read:
            self.read, data = event.seq, event.data
            self.spoilt = self.spoilt or (event.seq > self.settled and self.lost_by(data))
            if takers := self._takers.get(type(data)):
                self.seen.add(event.conversation)
                for take in takers:
                    take(event)
        return self

    def lost_by(self, data: object) -> bool:
        """Return whether anything that this book has taken in is erased with an event of this data."""
        match data:
            case ConversationsErased(conversations=gone, others=others, drafts=drafts):
                return "" in self.seen or bool(drafts) or not self.seen.isdisjoint((*gone, *others))
            case EventsExpired(kinds=kinds, conversations=conversations):
                known = "" in self.seen or not self.seen.isdisjoint(conversations)
                return known and not set(self.kinds).isdisjoint(kinds)
            case _:
                return False

    def told(self, arrays: Arrays) -> dict[str, Any]:
        """Return all of it as JSON types, adding arrays; raises :class:`~console.review.plain.NotPlain`."""
        own = {"since": self.since.isoformat(), "read": self.read, "settled": self.settled}
        own |= {"seen": told(_Seen(self.seen), arrays)}
        return own | {"folds": [[fold.__qualname__, told(one, arrays)] for fold, one in self._folds.items()]}

    @classmethod
    def restored(
        cls, said: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]], folds: Sequence[type[Fold]] = FOLDS
    ) -> Self:
        """Return the book that :meth:`told` wrote down; raises ``KeyError``, ``ValueError`` or ``TypeError``."""
        book = cls(datetime.fromisoformat(said["since"]), folds)
        book.read, book.settled = int(said["read"]), int(said["settled"])
        restore(seen := _Seen(set()), said["seen"], arrays)
        book.seen = seen.conversations
        for (fold, one), (name, state) in zip(book._folds.items(), said["folds"], strict=True):
            if fold.__qualname__ != name:
                raise ValueError(f"{name} is not the fold {fold.__qualname__}")
            restore(one, state, arrays)
        return book


class _Seen:
    def __init__(self, conversations: set[str]) -> None:
        self.conversations = conversations
