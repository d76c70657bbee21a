"""The report from a log on disk: what a reading in one go gives, whatever was kept, erased or broken between."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console.conversation import events as e
from console.conversation.events import WORKSPACE
from console.conversation.gap_events import GapPutAside
from console.demo.history import Shape, events_of, material
from console.review import reading
from console.review.aside import asides_of
from console.review.asked_in import asked_in, pressing_since
from console.review.asked_in_vain import AskedInVain
from console.review.book import Book
from console.review.book_file import review_file
from console.review.edits.fold import WhyEdited
from console.review.edits.look import pending_at_all
from console.review.gaps import recent_of
from console.review.questions import questions_of
from console.review.reading import book_of, lead_book, report_file, reported, span_of
from console.review.report import EPOCH, Span, report_of
from console.store import SqlEventLog
from console.store import reading as store_reading

UNTIL = datetime(2026, 3, 20, 9, tzinfo=UTC)
MADE = [*events_of(Shape(UNTIL, days=6), material())]


def whole(log: SqlEventLog) -> list[e.Event]:
    """Return all events."""
    return log.read(0, limit=1_000_000)


def fill(log: SqlEventLog, events: Sequence[e.NewEvent]) -> None:
    """Write events."""
    log.append(events)


@pytest.fixture
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of books; files are written after a hundred events, pages are small."""
    monkeypatch.setattr(reading, "GROWN", 100)
    monkeypatch.setattr(reading, "PAGE", 70)
    return tmp_path / "books"


def same(log: SqlEventLog, books: Path) -> None:
    """Hold the report from the log and the books to the one from all events."""
    found, wanted = reported(log, books, UNTIL, 9), report_of(whole(log), UNTIL, 9)
    assert list(found) == list(wanted)
    assert [name for name in found if json.dumps(found[name]) != json.dumps(wanted[name])] == []


def test_a_report_that_goes_on_is_the_report_of_the_whole_log(real_log: SqlEventLog, books: Path) -> None:
    """Also where nothing new came, and where the file is of another program or broken."""
    fill(real_log, MADE[:1_500])
    said: list[int] = []
    reported(real_log, books, UNTIL, 9, lambda done, of, _: said.append(of - done))
    assert said
    assert said[-1] >= 0
    kept = report_file(books).load(real_log)
    assert kept is not None
    fill(real_log, MADE[1_500:])
    same(real_log, books)
    same(real_log, books)
    (books / "report.npz").write_bytes(b"broken")
    same(real_log, books)
    same(real_log, None)  # type: ignore[arg-type] - a desk without a folder of books


def test_the_reasons_of_edits_are_kept_with_the_book(real_log: SqlEventLog, books: Path) -> None:
    """Who looks at them after a start finds them read, and reads the new ones alone."""
    fill(real_log, MADE[:-400])
    lead_book(real_log, books, UNTIL, 9)
    kept = review_file(books).load(real_log)
    assert kept is not None
    assert kept.of(WhyEdited).codes
    assert pending_at_all(kept) == []
    fill(real_log, MADE[-400:])
    same(real_log, books)


def test_events_are_read_by_their_numbers_in_order(real_log: SqlEventLog) -> None:
    """Whatever order they are asked for in; what was erased, and what never was, is left out."""
    fill(real_log, MADE[:60])
    events = whole(real_log)
    real_log.expire([events[4]], by="desk", at=UNTIL)
    asked = [events[7].seq, events[4].seq, events[2].seq, 1_000_000]
    assert real_log.of_numbers(asked) == [events[2], events[7]]
    assert real_log.of_numbers([]) == []


def test_what_was_erased_is_in_no_report_and_in_no_file(real_log: SqlEventLog, books: Path) -> None:
    """Whoever erased it, and whether or not they knew of the file."""
    fill(real_log, MADE)
    same(real_log, books)
    gone = next(event.conversation for event in whole(real_log) if event.kind == "suggestion-decided")
    assert (books / "report.npz").exists()
    real_log.erase_conversations([gone], by="desk", at=UNTIL)
    same(real_log, books)
    kept = report_file(books).load(real_log)
    assert kept is None or gone not in kept.seen


def test_a_book_that_was_spoilt_while_it_was_written_does_not_stay(
    real_log: SqlEventLog, books: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever erases looks for the file before it is there."""
    fill(real_log, MADE)
    file = report_file(books)
    save = file.save

    def saved_late(*given: object) -> bool:
        real_log.erase_conversations([next(n.conversation for n in MADE if n.conversation)], by="desk", at=UNTIL)
        return save(*given)  # type: ignore[arg-type] - what it was given

    monkeypatch.setattr(file, "save", saved_late)
    book_of(real_log, file, EPOCH)
    assert file.path is not None
    assert not file.path.exists()


def test_the_span_of_a_log_leaves_out_what_was_erased(real_log: SqlEventLog) -> None:
    """Of an empty one there is none."""
    assert span_of(real_log) == Span()
    fill(real_log, MADE[:400])
    events = whole(real_log)
    assert span_of(real_log) == Span(events[0].at, events[-1].at)
    real_log.expire(events[-30:], by="desk", at=UNTIL)
    assert span_of(real_log) == Span(events[0].at, UNTIL)


def test_gaps_are_told_by_the_conversations_in_which_something_was_asked(real_log: SqlEventLog) -> None:
    """They come to the same as the whole log."""
    fill(real_log, MADE)
    put = GapPutAside("how long is the tent", UNTIL, "Marta")
    fill(real_log, [e.NewEvent(WORKSPACE, "agent:marta", put, UNTIL)])
    now, every = UNTIL + timedelta(days=1), whole(real_log)
    some = asked_in(real_log, now)
    assert recent_of(questions_of(some), now) == recent_of(questions_of(every), now) != []
    assert asides_of(some) == asides_of(every)
    assert len(some) < len(every) / 2
    book = Book(pressing_since(now))
    for event in every:
        book.take(event)
    assert asked_in(real_log, now, book.of(AskedInVain).numbers(pressing_since(now))) == some


def test_events_of_some_conversations_come_in_order_and_of_these_kinds_alone(
    real_log: SqlEventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many conversations are asked for; erased ones are left out."""
    fill(real_log, MADE)
    events = whole(real_log)
    names, kinds = [*dict.fromkeys(event.conversation for event in events)][::2], ("message-added", "mood-read")
    some = [event for event in events if event.conversation in names and event.kind in kinds]
    monkeypatch.setattr(store_reading, "NAMES", 3)
    assert real_log.of_conversations(names, kinds) == some != []
    real_log.expire(some[:2], by="desk", at=UNTIL)
    assert real_log.of_conversations(names, kinds) == some[2:]
