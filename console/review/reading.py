"""Books read from a log in one go, on from where their files stop: for the report, whoever asks for it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol

from console.conversation import events as e
from console.conversation.codec import encode
from console.conversation.reviews import Review
from console.review.aftermath.fold import Aftermath
from console.review.besides import RETIRING, besides_from, learn_why, retired_in
from console.review.book import ERASURES, Book
from console.review.book_file import BookFile, review_file
from console.review.edition import REPORT
from console.review.edits.fold import WhyEdited
from console.review.edits.look import pending_at_all
from console.review.escalating.handovers import Handovers
from console.review.escalating.patterns import escalations_of
from console.review.impact.trials import EPOCH
from console.review.layers.cohort import Money
from console.review.layers.looking import layers_of
from console.review.promises.fold import Promises
from console.review.quality.marks import QualityMarks
from console.review.quality.quality import UNNAMED, Named, quality_of
from console.review.report import REPORT_FOLDS, Span, report_from
from console.review.reviewing.ledger import Ledger
from console.review.reviewing.review import review_of
from console.review.reviewing.window import LEAD_IN, beginning

PAGE: Final = 5_000
"""Events that are read at a time."""

FEW: Final = 25
"""Events that are read around one, to see what happened next."""

GROWN: Final = 20_000
"""New events from which on a file is written anew: reading so many takes less than a second."""

Say = Callable[[int, int, str], None]
"""Takes in how far a reading is: done, of how many, and of what."""


class ReadableLog(Protocol):
    """What is read; see :class:`console.desk.log.EventLog`."""

    def of_kinds(
        self, kinds: Sequence[str], *, after: int = 0, since: datetime | None = None, limit: int | None = None
    ) -> list[e.Event]:
        """Return events of these kinds, in order."""

    def read(self, after: int = 0, *, conversation: str | None = None, limit: int = 1000) -> list[e.Event]:
        """Return events after a number, in order."""

    def of_numbers(self, numbers: Sequence[int]) -> list[e.Event]:
        """Return the events of these numbers, in order."""

    def head(self) -> int:
        """Return the number of the newest event."""

    def mark(self, seq: int) -> str:
        """Return what tells this log, up to an event's number, from every other."""


def report_file(books: Path | None) -> BookFile:
    """Return where the report's own counts are kept, in the folder of books."""
    return BookFile(books / REPORT if books else None, REPORT_FOLDS)


def reported(
    log: ReadableLog,
    books: Path | None,
    now: datetime,
    weeks: int,
    say: Say | None = None,
    lead: Book | None = None,
    money: Money | None = None,
    named: Named = UNNAMED,
    wait: Callable[[], Mapping[str, Any] | None] = lambda: None,
) -> dict[str, Any]:
    """Return the report of a log (see :func:`console.review.report.report_from`), its review of the last weeks.

    What was counted before is taken from the folder of ``books``, where there is one. ``lead`` is the lead's book,
    where somebody has it already; ``named`` is the rubric in force, whose titles criteria then have. ``wait`` waits for
    whoever counts the rest meanwhile, and returns it as :func:`counted_in` does; nothing, where nobody does.
    """
    lead = lead or lead_book(log, books, now, weeks, say)
    looks = {name: encode(look) for name, look in looks_of(lead, now, weeks, money, named).items()}
    besides = besides_in(log, lead, now, weeks)
    return {**(wait() or counted_in(log, books, say)), **looks, **besides}


def counted_in(log: ReadableLog, books: Path | None, say: Say | None = None) -> dict[str, Any]:
    """Return what the report counts of the whole log, without any look at some weeks."""
    book = book_of(log, report_file(books), EPOCH, say)
    return report_from(book, span_of(log), lambda seq, name: event_at(log, seq, name))


def looks_of(
    lead: Book, now: datetime, weeks: int, money: Money | None = None, named: Named = UNNAMED
) -> dict[str, object]:
    """Return what the lead's pages show of the last weeks, each by its name in the report."""
    return {
        "review": review_in(lead, now, weeks),
        "escalations": escalations_of(lead, now, weeks),
        "layers": layers_of(lead, now, weeks, money),
        "quality": quality_of(lead.of(QualityMarks), now, weeks, named),
    }


def review_in(lead: Book, now: datetime, weeks: int) -> Review:
    """Return the review of the last weeks."""
    folds = lead.of(Aftermath), lead.of(Promises), lead.of(Handovers)
    return review_of(lead.of(Ledger), now, weeks, *folds)


def besides_in(log: ReadableLog, lead: Book, now: datetime, weeks: int) -> dict[str, Any]:
    """Return the sources and edits of the last weeks: see :mod:`console.review.besides`."""
    retired = retired_in(log.of_kinds(RETIRING))
    return besides_from(lead, now, weeks, log.of_numbers, retired)


def lead_book(log: ReadableLog, books: Path | None, now: datetime, weeks: int, say: Say | None = None) -> Book:
    """Return a book of the last weeks with every fold; the desk's own one, where that goes so far back."""
    return book_of(log, review_file(books), beginning(now, weeks) - LEAD_IN, say)


def book_of(
    log: ReadableLog,
    file: BookFile,
    since: datetime,
    say: Say | None = None,
    *,
    oldest: datetime | None = None,
    grown: int | None = None,
) -> Book:
    """Return a book that goes back to ``since`` or further, up to the log's end, and write its file if it grew much.

    One that goes back beyond ``oldest`` is made anew, so that what is older is let go. ``grown`` is how many events
    are much; :data:`GROWN`, unless the caller says so.
    """
    book = file.load(log)
    if book is None or book.since > since or (oldest is not None and book.since < oldest):
        book = _begun(log, file, since)
    before = book.read
    while _more(log, book, say):
        if book.spoilt:
            file.forget()
            book, before = _begun(log, file, since), 0
    much = book.read - before >= (grown or GROWN)
    if much and WhyEdited in file.folds:  # who looks at the edits next finds them read
        learn_why(book, pending_at_all(book), log.of_numbers)
    if much and file.save(book, log) and _lost_since(log, book):
        file.forget()  # erased while it was written: whoever erased it may have looked for the file before
    return book


def span_of(log: ReadableLog) -> Span:
    """Return the times of the first and the last event that are not erased."""
    first, head, back = log.read(0, limit=1), log.head(), 1
    while first:
        last = log.read(max(0, head - back), limit=back)
        if last:
            return Span(first[0].at, last[-1].at)
        back *= 10
    return Span()


def event_at(log: ReadableLog, seq: int, conversation: str) -> e.Event | None:
    """Return an event of a conversation by its number; ``None`` where there is none, or it was erased."""
    found = log.read(seq - 1, conversation=conversation, limit=1) if seq else []
    return found[0] if found and found[0].seq == seq else None


def events_behind(log: ReadableLog, seq: int, conversation: str) -> list[e.Event]:
    """Return the next few events of a conversation behind a number."""
    return log.read(max(0, seq), conversation=conversation, limit=FEW)


def _begun(log: ReadableLog, file: BookFile, since: datetime) -> Book:
    book = Book(since, file.folds)
    book.settled = log.head()
    return book


def _more(log: ReadableLog, book: Book, say: Say | None) -> bool:
    """Read a page; returns whether that was not the last one."""
    since = book.since if book.since > EPOCH else None
    page = log.of_kinds((*book.kinds, *ERASURES), after=book.read, since=since, limit=PAGE)
    for event in page:
        book.take(event)
    if say is not None and len(page) == PAGE:
        say(book.read, log.head(), "events" if since is None else "events for the review")
    return book.spoilt or len(page) == PAGE


def _lost_since(log: ReadableLog, book: Book) -> bool:
    return any(book.lost_by(event.data) for event in log.of_kinds(ERASURES, after=book.read))
