"""What lies beside the log: files of customers, and visits that ended, on every server of a team."""

import hashlib
from collections.abc import Iterator

import pytest

from console.store.postgres import PostgresDatabase, visits
from console.store.postgres.files import ON_THEIR_WAY, SqlFiles
from console.store.postgres.visits import SharedEndedVisits
from tests.desks import until
from tests.store.desks import PostgresDesk

DATA = b"a picture"
NAME = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def database(place: PostgresDesk) -> Iterator[PostgresDatabase]:
    """The database as one server sees it."""
    place.open()
    database = PostgresDatabase(place.address)
    yield database
    database.close()


def test_a_file_is_kept_once_and_given_out_by_every_server(database: PostgresDatabase, place: PostgresDesk) -> None:
    """Kept twice it is the same file."""
    SqlFiles(database).put(NAME, DATA)
    SqlFiles(database).put(NAME, DATA)
    other = PostgresDatabase(place.address)
    assert SqlFiles(other).get(NAME) == DATA
    other.close()


def test_a_file_that_was_changed_behind_our_back_is_not_given_out(
    database: PostgresDatabase, place: PostgresDesk
) -> None:
    """Its name says what it was."""
    SqlFiles(database).put(NAME, DATA)
    with database.side.begin() as connection:
        connection.exec_driver_sql("UPDATE files SET data = 'another'")
    assert SqlFiles(database).get(NAME) is None
    assert SqlFiles(database).get("0" * 64) is None


def test_what_no_message_names_goes_but_for_what_has_just_come(database: PostgresDatabase) -> None:
    """Another server may be about to record the message."""
    now = 1_000_000.0
    files = SqlFiles(database, lambda: now)
    files.put(NAME, DATA)
    assert files.keep_only(()) == 0
    now += ON_THEIR_WAY + 1
    assert files.keep_only((NAME,)) == 0
    assert files.keep_only(()) == 1
    assert files.get(NAME) is None


def test_trouble_with_the_database_is_trouble_with_a_file(place: PostgresDesk) -> None:
    """As callers know it from a folder, with what to do."""
    gone = PostgresDatabase("postgresql://app:hunter2@127.0.0.1:1/desk")
    with pytest.raises(OSError, match="cannot be reached"):
        SqlFiles(gone).get(NAME)
    gone.close()


async def test_a_visit_that_ended_on_one_server_has_ended_on_all(
    database: PostgresDatabase, place: PostgresDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within seconds, and also for a server that starts later."""
    monkeypatch.setattr(visits, "READ_AGAIN", 0.05)
    other = PostgresDatabase(place.address)
    one, two = SharedEndedVisits(database), SharedEndedVisits(other)
    assert "v1" not in two
    one.add("v1", 60)
    assert "v1" in one
    await until(lambda: "v1" in two)
    assert "v1" in SharedEndedVisits(other)
    other.close()
