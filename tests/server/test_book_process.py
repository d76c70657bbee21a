"""The process that writes the lead's book: on a real log in a file and in PostgreSQL, and when it cannot."""

import asyncio
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest

from console.demo.history import Shape, events_of, material
from console.review.book_file import review_file
from console.review.reviewing.ledger import Ledger
from console.server.book_process import BookProcess, BookUnwritten
from console.server.kept_book import SPARE, since_longest
from console.workspace import Workspace, config_folder
from tests.postgres import Server
from tests.store.desks import Desk, PostgresDesk, SqliteDesk

UNTIL = datetime(2026, 3, 20, 9, tzinfo=UTC)
SINCE = since_longest(UNTIL)
OLDEST = SINCE - SPARE


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Desk, str]]:
    """A place for a log, and the address of its database; its key lies where a server would look for it."""
    root = tmp_path / "workspace"
    if request.param == "sqlite":
        own = SqliteDesk(root, config_folder())
        yield own, ""
        own.close()
        return
    server = request.getfixturevalue("postgres")
    assert isinstance(server, Server)
    team = PostgresDesk(server, root, config_folder())
    yield team, team.address
    team.remove()


async def test_the_book_is_in_its_file_for_its_owner_alone_and_grows_with_the_log(place: tuple[Desk, str]) -> None:
    """Who waits is told how far it is, and up to which event it goes in the end."""
    desk, address = place
    log, workspace = desk.open(), Workspace(desk.workspace)
    events = [*events_of(Shape(UNTIL, days=30), material())]
    log.append(events[:9_000])
    writer, said = BookProcess(workspace, address), list[tuple[int, int]]()
    upto = await writer.write(SINCE, OLDEST, lambda done, of: said.append((done, of)))
    assert said
    assert all(0 < done <= of == 9_000 for done, of in said)
    file = review_file(workspace.books)
    found = file.load(log)
    assert found is not None
    assert (found.read, found.since) == (upto, SINCE)
    assert file.path is not None
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    log.append(events[9_000:9_500])
    assert await writer.write(SINCE, OLDEST, lambda *_: None) > upto
    more = file.load(log)
    assert more is not None
    assert len(more.of(Ledger).suggestions) > len(found.of(Ledger).suggestions)


async def test_a_log_that_cannot_be_read_is_told_in_its_own_words(tmp_path: Path) -> None:
    """So is a process that ends before it has answered."""
    with pytest.raises(BookUnwritten, match=r"desk\.db"):
        await BookProcess(Workspace(tmp_path), "").write(SINCE, OLDEST, lambda *_: None)


async def test_whoever_waits_no_longer_takes_the_process_along(place: tuple[Desk, str]) -> None:
    """A desk that stops leaves nobody behind."""
    desk, address = place
    desk.open().append([*events_of(Shape(UNTIL, days=30), material())][:9_000])
    begun = asyncio.Event()
    writer = BookProcess(Workspace(desk.workspace), address)
    writing = asyncio.create_task(writer.write(SINCE, OLDEST, lambda *_: begun.set()))
    await begun.wait()
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    assert not [one for one in psutil.Process().children() if "console.server.book_worker" in one.cmdline()]


async def test_a_book_that_goes_back_too_far_is_made_anew(place: tuple[Desk, str]) -> None:
    """One that goes back further than it must stays."""
    desk, address = place
    log = desk.open()
    log.append([*events_of(Shape(UNTIL, days=6), material())][:500])
    writer, file = BookProcess(Workspace(desk.workspace), address), review_file(Workspace(desk.workspace).books)
    await writer.write(OLDEST, OLDEST, lambda *_: None)
    await writer.write(SINCE, OLDEST, lambda *_: None)
    kept = file.load(log)
    assert kept is not None
    assert kept.since == OLDEST
    later = SINCE + timedelta(hours=1)
    await writer.write(later, later, lambda *_: None)
    anew = file.load(log)
    assert anew is not None
    assert anew.since == later
