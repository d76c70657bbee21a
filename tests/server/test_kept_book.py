"""The lead's book on a running desk: kept for the next start, made ahead of who looks, gone with what is erased."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from console.conversation.erasure_events import EventsExpired
from console.conversation.events import WORKSPACE, NewEvent
from console.desk.desk import Desk
from console.desk.live import LiveLog
from console.review import reading
from console.review.book import Book, Kept
from console.review.book_file import review_file
from console.review.impact.trials import EPOCH
from console.review.keeping import keep_books
from console.review.reading import book_of, report_file
from console.review.reviewing.ledger import Ledger
from console.server import kept_book as module
from console.server.book_process import BookUnwritten, Say
from console.server.following import Following
from console.server.kept_book import KeptBook, since_longest
from console.server.reviewing import Reviewing
from tests.desks import DANA, MARTA, until
from tests.server.test_reviewing import decided


class Here:
    """Writes in this process what a process of its own writes on a real desk."""

    def __init__(self, live: LiveLog, books: Path) -> None:
        self.live, self.books = live, books
        self.begun, self.go_on = asyncio.Event(), asyncio.Event()
        self.go_on.set()
        self.failing = False

    async def write(self, since: datetime, oldest: datetime, say: Say) -> int:
        """Say that half is read, wait until it may go on, and write."""
        say(1, 2)
        self.begun.set()
        await self.go_on.wait()
        if self.failing:
            raise BookUnwritten("the disk is full")
        return await self.live.call(lambda log: keep_books(log, self.books, since, oldest))


@pytest.fixture
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of books; pages are small, and every event is a reason to write."""
    monkeypatch.setattr(module, "PAGE", 2)
    monkeypatch.setattr(module, "GROWN", 1)
    monkeypatch.setattr(reading, "GROWN", 1)
    return tmp_path / "books"


def kept(desk: Desk, books: Path) -> KeptBook:
    """Return a book that nobody has looked at."""
    return KeptBook(desk.live, desk.now, lambda: None, books, Here(desk.live, books))


def in_file(desk: Desk, books: Path) -> Book | None:
    """Return the book that the file holds."""
    return review_file(books).load(desk.live.log)


def names(books: Path) -> list[str]:
    """Return the names of the files of books."""
    return [file.name for file in books.iterdir()]


def read_events(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list to which the numbers of events are added that books take in from now on."""
    taken: list[int] = []
    take = Book.take

    def noted(self: Book, event: object) -> Book:
        taken.append(event.seq)  # type: ignore[attr-defined] - an event
        return take(self, event)  # type: ignore[arg-type] - an event

    monkeypatch.setattr(Book, "take", noted)
    return taken


async def test_after_a_restart_only_what_is_new_is_read(
    desk: Desk, books: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The figures are those of a desk that never stopped."""
    for name in ("c1", "c2"):
        await decided(desk, name)
    before = Following(desk.live, desk.now, books)
    assert (await Reviewing(before).look(26)).groups[0].decided == 2
    await kept(desk, books).keep_up()
    written = in_file(desk, books)
    assert written is not None
    await decided(desk, "c3")
    taken = read_events(desk, monkeypatch)
    again = Reviewing(Following(desk.live, desk.now, books))
    assert (await again.look(26)).groups[0].decided == 3
    assert taken
    assert min(taken) > written.read
    assert (await again.look(4)).groups[0].decided == 3  # of the same book


async def test_a_fold_that_cannot_be_put_back_has_the_book_made_anew(
    desk: Desk, books: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever looks waits for that, and the file goes."""
    await decided(desk, "c1")
    await kept(desk, books).keep_up()
    following = Following(desk.live, desk.now, books)

    def broken(self: Kept, fold: object) -> None:
        if isinstance(fold, Ledger):
            raise ValueError("it is none")

    monkeypatch.setattr(Kept, "restore", broken)
    assert (await Reviewing(following).look(26)).groups[0].decided == 1
    assert names(books) == []


async def test_the_longest_book_is_on_disk_before_anybody_looks(desk: Desk, books: Path) -> None:
    """The file grows with the log; who looked is let go of again where nobody looks any more."""
    await decided(desk, "c1")
    book = kept(desk, books)
    await book.keep_up()
    found = in_file(desk, books)
    assert found is not None
    assert found.since == since_longest(desk.now())
    assert book.book is None
    async with book.turn:
        looked_at = await book.up_to_date(4, desk.now())
    await decided(desk, "c2")
    await book.keep_up()
    assert len(in_file(desk, books).of(Ledger).suggestions) == 2  # type: ignore[union-attr] - it is there
    assert book.book is looked_at
    book._looked -= module.IDLE + 1
    await book.keep_up()
    assert book.book is None


async def test_a_few_events_are_no_reason_to_write(desk: Desk, books: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is a small log to have a file at all: it is read as fast."""
    monkeypatch.setattr(module, "GROWN", 1_000)
    await decided(desk, "c1")
    await kept(desk, books).keep_up()
    assert in_file(desk, books) is None


async def test_whoever_looks_far_back_meanwhile_waits_for_the_book_that_is_being_written(
    desk: Desk, books: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look at fewer weeks reads these itself; where the writing fails, so does the other."""
    await decided(desk, "c1")
    for failing in (False, True):
        book = kept(desk, books)
        writer = book._writer
        assert isinstance(writer, Here)
        writer.failing = failing
        writer.go_on.clear()
        writing = asyncio.create_task(book.keep_up())
        await writer.begun.wait()
        assert book.progress == "1 of 2 events looked at"
        review_file(books).forget()
        async with book.turn:
            few = await book.up_to_date(4, desk.now())
            assert len(few.of(Ledger).suggestions) == 1
            looking = asyncio.create_task(book.up_to_date(26, desk.now()))
            taken = read_events(desk, monkeypatch)
            writer.go_on.set()
            whole = await looking
        await writing
        assert whole.since == since_longest(desk.now())
        assert len(whole.of(Ledger).suggestions) == 1
        assert taken


async def test_what_is_erased_is_gone_from_memory_and_from_the_files_at_once(desk: Desk, books: Path) -> None:
    """Also where the book is on disk alone, or that one goes back further; what was never in it takes nothing away."""
    for name in ("c1", "c2"):
        await decided(desk, name)
    book = kept(desk, books)
    await book.keep_up()
    async with book.turn:
        await book.up_to_date(26, desk.now())
    (books / "report.npz").touch()
    old = EventsExpired({"mood-read": 1, "suggestion-decided": 1}, ("long-gone",))
    await desk.live.record([NewEvent(WORKSPACE, "desk", old, desk.now())])
    assert book.book is not None
    assert in_file(desk, books) is not None
    assert not (books / "report.npz").exists()
    await desk.erasure.erase(MARTA, "u-other")
    assert book.book is None
    assert names(books) == []

    await book.keep_up()
    book._put(None)
    await desk.erasure.erase(MARTA, DANA.id)
    await until(lambda: book._check is None)
    found = in_file(desk, books)
    assert found is not None
    assert "c2" not in found.seen


async def test_a_file_that_cannot_be_held_against_an_erasure_is_deleted(desk: Desk, books: Path) -> None:
    """Whoever looks next reads the log."""
    await decided(desk, "c2")
    book = kept(desk, books)
    await book.keep_up()
    assert isinstance(book._writer, Here)
    book._writer.failing = True
    await desk.erasure.erase(MARTA, DANA.id)
    await until(lambda: book._check is None)
    assert names(books) == []
    await book.keep_up()  # nor is it written, and nobody is held up
    assert names(books) == []


async def test_a_book_that_reaches_too_far_back_is_made_anew(desk: Desk, books: Path) -> None:
    """So that the file does not grow for ever; looks go on with it until then."""
    await decided(desk, "c1")
    late = desk.now() + module.SPARE + timedelta(weeks=2)
    await kept(desk, books).keep_up()
    await decided(desk, "c2")
    await KeptBook(desk.live, lambda: late, lambda: None, books, Here(desk.live, books)).keep_up()
    assert in_file(desk, books).since == since_longest(late)  # type: ignore[union-attr] - it is there


async def test_another_server_that_reads_the_same_log_takes_the_file_of_its_own_folder(
    desk: Desk, books: Path, tmp_path: Path
) -> None:
    """Each keeps its own."""
    await decided(desk, "c1")
    await kept(desk, books).keep_up()
    other = LiveLog(desk.live.log)
    await other.start()
    there = tmp_path / "other"
    await KeptBook(other, desk.now, lambda: None, there, Here(other, there)).keep_up()
    assert in_file(desk, there) is not None


async def test_what_another_server_erased_is_in_no_file_once_one_runs_here_again(
    desk: Desk, books: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither in the lead's nor in the report's."""
    monkeypatch.setattr(module, "FIRST", 0.0)
    await decided(desk, "c1")
    await desk.live.call(lambda log: book_of(log, report_file(books), EPOCH))
    assert names(books) == ["report.npz"]
    await desk.erasure.erase(MARTA, "u-other")
    book = kept(desk, books)
    running = asyncio.create_task(book.run())
    await until(lambda: names(books) == ["review.npz"])
    assert "c1" not in in_file(desk, books).seen  # type: ignore[union-attr] - it is there
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
