"""The folds behind the lead's pages: read in one pass over the log, from a moment on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final, Protocol, Self, TypeVar

from numpy.typing import NDArray

from console.conversation import events as e
from console.conversation.erasure_events import ASKED_KINDS, ConversationsErased, EventsExpired
from console.review.aftermath.fold import Aftermath
from console.review.asked_in_vain import AskedInVain
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


def _keeps(fold: type[Fold]) -> bool:
    """Return whether a fold keeps more of an event than its number, which stays when it is erased.

    One that does not says ``BY_NUMBER``: such an erasure takes nothing from it.
    """
    return not getattr(fold, "BY_NUMBER", False)


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
    AskedInVain,
)
"""All of them: a new one stands here."""


def kinds_of(folds: Sequence[type[Fold]]) -> tuple[str, ...]:
    """Return the kinds of events that any of these reads."""
    return tuple(dict.fromkeys(kind for fold in folds for kind in fold.KINDS))


KINDS: Final = kinds_of(FOLDS)
"""The kinds of events that any of them reads."""

MOST_LATER: Final = 20_000
"""New events for folds that nobody has asked for yet from which on these are put back all the same."""

ERASURES: Final = ("conversations-erased", "events-expired")
"""The kinds of events that every book reads beside them."""


class Unrestorable(Exception):
    """A fold that was written down cannot be put back: the file is none of this program's."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A fold as it was written down: its name, and what :func:`~console.review.plain.told` says of it."""

    name: str
    said: Mapping[str, Any]
    arrays: Mapping[str, NDArray[Any]]

    def restore(self, fold: object) -> None:
        """Give a new fold what was written down; raises ``KeyError``, ``ValueError`` or ``TypeError``."""
        restore(fold, self.said, self.arrays)


class Book:
    """One of each fold, all of the same stretch of the log."""

    def __init__(self, since: datetime, folds: Sequence[type[Fold]] = FOLDS) -> None:
        """``since`` is from when on events are given to it."""
        self.since, self.kinds = since, kinds_of(folds)
        self.read = 0
        """The number of the newest event that it has taken in, or that was no event for it."""
        self.seen: set[str] = set()
        """The conversations of which it has taken in anything."""
        self.beside: set[str] = set()
        """The kinds of events of no conversation that it has taken in."""
        self.settled = 0
        """Up to this event erasures are of what this book has never taken in: the newest when its reading began."""
        self.spoilt = False
        """Whether something that it has taken in was erased since: it is to be made anew."""
        self._folds = {fold: fold(since) for fold in folds}
        self._keeping = frozenset(kinds_of([fold for fold in folds if _keeps(fold)]))
        self._kept: dict[type[Fold], Kept] = {}
        """Folds that were written down and that nobody has asked for yet."""
        self._later: list[e.Event] = []
        """What came since, for these."""
        self._takers: dict[type[object], list[Callable[[e.Event], None]]] = {}
        self._tell()

    def of(self, fold: type[F]) -> F:
        """Return a fold of this book; raises :class:`Unrestorable`."""
        if fold in self._kept:
            self._restore(fold)
        found: object = self._folds[fold]
        assert isinstance(found, fold)  # noqa: S101 - it was made of this class
        return found

    def alone(self, fold: type[Fold]) -> Self:
        """Return a book of one fold of this one, to go on with instead of it; raises :class:`Unrestorable`."""
        book = type(self)(self.since, (fold,))
        book.read, book.settled, book.seen, book.beside = self.read, self.settled, self.seen, self.beside
        book._folds = {fold: self.of(fold)}
        book._tell()
        return book

    def take(self, event: e.Event) -> Self:
        """Take in an event; one that it has seen already changes nothing."""
        if event.seq > self.read:
            self.read, data = event.seq, event.data
            self.spoilt = self.spoilt or (event.seq > self.settled and self.lost_by(data))
            takers = self._takers.get(type(data))
            if takers is not None:
                if event.conversation:
                    self.seen.add(event.conversation)
                elif event.kind in self._keeping:
                    self.beside.add(event.kind)
                for take in takers:
                    take(event)
                if self._kept:
                    self._later.append(event)
                    if len(self._later) == MOST_LATER:
                        self.whole()
        return self

    def lost_by(self, data: object) -> bool:
        """Return whether anything that this book has taken in is erased with an event of this data."""
        match data:
            case ConversationsErased(conversations=gone, others=others, drafts=drafts):
                beside = drafts or not self.beside.isdisjoint(ASKED_KINDS)  # which of these went is written nowhere
                return bool(beside) or not self.seen.isdisjoint((*gone, *others))
            case EventsExpired(kinds=kinds, conversations=conversations):
                theirs = not self.seen.isdisjoint(conversations) and not self._keeping.isdisjoint(kinds)
                return theirs or not self.beside.isdisjoint(kinds)
            case _:
                return False

    def told(self) -> tuple[dict[str, Any], list[Kept]]:
        """Return all of it but the folds, as JSON types, and each fold, as the folds stand in this book.

        Raises :class:`~console.review.plain.NotPlain`.
        """
        self.whole()
        own = {"since": self.since.isoformat(), "read": self.read, "settled": self.settled}
        own |= {"beside": sorted(self.beside)}
        return own, [_kept(one) for one in (_Seen(self.seen), *self._folds.values())]

    @classmethod
    def restored(cls, said: Mapping[str, Any], kept: Sequence[Kept], folds: Sequence[type[Fold]] = FOLDS) -> Self:
        """Return the book that :meth:`told` wrote down, each fold of which is put back when it is asked for.

        Raises ``KeyError``, ``ValueError`` or ``TypeError``.
        """
        book = cls(datetime.fromisoformat(said["since"]), folds)
        book.read, book.settled = int(said["read"]), int(said["settled"])
        book.beside = set(map(str, said["beside"]))
        seen, *theirs = kept
        seen.restore(first := _Seen(set()))
        book.seen = first.conversations
        for (fold, one), written in zip(book._folds.items(), theirs, strict=True):
            if written.name != fold.__qualname__ or written.said.keys() != vars(one).keys():
                raise ValueError(f"{written.name} is not the fold {fold.__qualname__}")
            book._kept[fold] = written
        book._tell()
        return book

    def _restore(self, fold: type[Fold]) -> None:
        one, known = self._folds[fold], {e.KINDS[kind] for kind in fold.KINDS}
        try:
            self._kept[fold].restore(one)
        except (KeyError, ValueError, TypeError, IndexError) as error:
            raise Unrestorable(f"{fold.__qualname__}: {error}") from error
        for event in self._later:
            if type(event.data) in known:
                one.take(event)
        del self._kept[fold]
        if not self._kept:
            self._later = []
        self._tell()

    def whole(self) -> Self:
        """Put every fold back that was written down; raises :class:`Unrestorable`."""
        for fold in tuple(self._kept):
            self._restore(fold)
        return self

    def _tell(self) -> None:
        """Work out who is told of an event, by its type."""
        there = {fold: one for fold, one in self._folds.items() if fold not in self._kept}
        self._takers = {
            e.KINDS[kind]: [one.take for fold, one in there.items() if kind in fold.KINDS] for kind in self.kinds
        }


def _kept(thing: object) -> Kept:
    arrays: Arrays = {}
    return Kept(type(thing).__qualname__, told(thing, arrays), arrays)


class _Seen:
    def __init__(self, conversations: set[str]) -> None:
        self.conversations = conversations
