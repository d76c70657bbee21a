"""The lead's book on a running desk: kept for the next start, made ahead of who looks, gone with what is erased."""

import asyncio
import time
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from console.conversation.erasure_events import EventsExpired
from console.conversation.events import WORKSPACE, NewEvent
from console.desk.desk import Desk
from console.desk.live import LiveLog
from console.review import reading
from console.review.book import Book
from console.review.book_file import review_file
from console.review.impact.trials import EPOCH
from console.review.reading import book_of, report_file
from console.review.reviewing.ledger import Ledger
from console.server import kept_book as module
from console.server.following import Following
from console.server.kept_book import KeptBook, since_longest
from console.server.reviewing import Reviewing
from tests.desks import DANA, MARTA, until
from tests.server.test_reviewing import decided


@pytest.fixture
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of books; pages are small, and nobody rests."""
    monkeypatch.setattr(module, "PAGE", 2)
    monkeypatch.setattr(module, "RESTS", 0.0)
    return tmp_path / "books"


def kept(desk: Desk, books: Path | None) -> KeptBook:
    """Return a book that nobody has looked at."""
    return KeptBook(desk.live, desk.now, books, lambda: None)


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
    following = Following(desk.live, desk.now, books)
    running = asyncio.create_task(following.run())
    assert (await Reviewing(following).look(26)).groups[0].decided == 2
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    before = in_file(desk, books)
    assert before is not None
    await decided(desk, "c3")
    taken = read_events(desk, monkeypatch)
    again = Reviewing(Following(desk.live, desk.now, books))
    assert (await again.look(26)).groups[0].decided == 3
    assert taken
    assert min(taken) > before.read
    assert (await again.look(4)).groups[0].decided == 3  # of the same book


async def test_the_desk_makes_the_longest_book_before_anybody_looks(desk: Desk, books: Path) -> None:
    """And lets go of it where nobody does; the file stays, and grows with the log."""
    await decided(desk, "c1")
    book = kept(desk, books)
    await book.keep_up()
    found = in_file(desk, books)
    assert found is not None
    assert found.since == since_longest(desk.now())
    book._looked -= module.IDLE + 1
    await book.keep_up()
    assert book.book is None
    await decided(desk, "c2")
    await book.keep_up()  # a few events are no reason to write it
    assert in_file(desk, books).read == found.read  # type: ignore[union-attr] - it is there
    book._on_disk -= module.GROWN
    await book.keep_up()
    book._on_disk -= module.GROWN
    assert len(in_file(desk, books).of(Ledger).suggestions) == 1  # type: ignore[union-attr] - it is there
    async with book.turn:
        await book.up_to_date(4, desk.now())
        await book.save()
    assert len(in_file(desk, books).of(Ledger).suggestions) == 2  # type: ignore[union-attr] - it is there


async def test_whoever_looks_far_back_meanwhile_waits_for_the_book_that_is_being_made(
    desk: Desk, books: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is made without rests from then on."""
    monkeypatch.setattr(module, "RESTS", 1e9)
    for name in ("c1", "c2"):
        await decided(desk, name)
    book = kept(desk, books)
    making = asyncio.create_task(book.keep_up())
    await until(lambda: book._making is not None and book._making.read > 0)
    made = book._making
    async with book.turn:
        assert await book.up_to_date(26, desk.now()) is made
    await making


async def test_what_is_erased_is_gone_from_memory_and_from_the_files_at_once(desk: Desk, books: Path) -> None:
    """Also where the book is on disk alone; what was never in it takes nothing away."""
    for name in ("c1", "c2"):
        await decided(desk, name)
    book = kept(desk, books)
    book._looked = time.monotonic()
    await book.keep_up()
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
    book._looked -= module.IDLE + 1
    await book.keep_up()
    assert (book.book, in_file(desk, books) is None) == (None, False)
    await desk.erasure.erase(MARTA, DANA.id)
    await asyncio.gather(*book._checks)
    assert names(books) == []


async def test_a_book_that_reaches_too_far_back_is_made_anew(desk: Desk, books: Path) -> None:
    """So that memory does not grow for ever; looks go on with it until then."""
    await decided(desk, "c1")
    late = desk.now() + module.SPARE + timedelta(weeks=2)
    now = [desk.now()]
    book = KeptBook(desk.live, lambda: now[0], books, lambda: None)
    book._looked = time.monotonic()
    await book.keep_up()
    first = book.book
    now[0] = late
    async with book.turn:
        assert await book.up_to_date(26, late) is first
    await book.keep_up()
    assert book.book is not first
    assert in_file(desk, books).since == since_longest(late)  # type: ignore[union-attr] - it is there


async def test_another_server_that_reads_the_same_log_takes_the_file_of_its_own_folder(
    desk: Desk, books: Path, tmp_path: Path
) -> None:
    """Each keeps its own."""
    await decided(desk, "c1")
    await kept(desk, books).keep_up()
    other = LiveLog(desk.live.log)
    await other.start()
    await KeptBook(other, desk.now, tmp_path / "other", lambda: None).keep_up()
    assert in_file(desk, tmp_path / "other") is not None


async def test_a_report_that_tells_of_what_another_server_erased_goes_at_the_start(
    desk: Desk, books: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No server ran here meanwhile."""
    await decided(desk, "c1")
    monkeypatch.setattr(reading, "GROWN", 1)
    file = report_file(books)
    await desk.live.call(lambda log: book_of(log, file, EPOCH))
    assert names(books) == ["report.npz"]
    await desk.live.call(partial(module._checked, file))
    assert names(books) == ["report.npz"]
    await desk.erasure.erase(MARTA, "u-other")
    await desk.live.call(partial(module._checked, file))
    assert names(books) == []
