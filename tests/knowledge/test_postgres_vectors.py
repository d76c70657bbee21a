"""The store of vectors in PostgreSQL, on a real one: the contract, and what several writers and readers meet."""

import itertools
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import IndexBusy, IndexDamaged, IndexUnwritable, StoreUnavailable
from knowledge.vectors import Vectors
from knowledge.vectors.postgres import PostgresStore
from knowledge.vectors.postgres.writer import PostgresWriter
from tests.knowledge.contract_vectors import DIMENSIONS, Place, VectorsContract, unit, write
from tests.postgres import Server

_names = itertools.count()


class Folders:
    """An index's generations, each with the folder in which a state is named."""

    def __init__(self, folder: Path, store: PostgresStore) -> None:
        self.store = store
        self._root, self._numbers, self._made = folder, itertools.count(), list[Path]()

    @property
    def finished(self) -> list[Path]:
        """Folders of states that were finished, in order."""
        return [folder for folder in self._made if (folder / "postgres.json").exists()]

    def writer(self, earlier: Path | None = None) -> PostgresWriter:
        """The next state, on the last one or an earlier one."""
        self._made.append(self._root / f"{next(self._numbers)}")
        return self.store.writer(self._made[-1], DIMENSIONS, earlier or (self.finished or [None])[-1])

    def reader(self) -> Vectors:
        """The state that was finished last."""
        return self.store.open(self.finished[-1], DIMENSIONS)

    @property
    def place(self) -> Place:
        """What the contract asks for."""
        return Place(self.writer, self.reader)


Made = Callable[..., Folders]


@pytest.fixture
def made(postgres: Server, tmp_path: Path) -> Made:
    """Makes an index of a new name; `exact_up_to` vectors are searched without an index of PostgreSQL's."""

    def folders(server: Server = postgres, exact_up_to: int = 1_000_000) -> Folders:
        name = f"test {next(_names)}"
        (tmp_path / name).mkdir()
        return Folders(tmp_path / name, PostgresStore(server.dsn, name, exact_up_to=exact_up_to))

    return folders


@pytest.fixture
def folders(made: Made) -> Folders:
    """An index that is searched exactly."""
    return made()


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server that the test may stop."""
    server = Server(fsync="off")
    server.start()
    yield server
    server.remove()


class TestPostgresVectors(VectorsContract):
    """The contract."""

    @pytest.fixture(params=[1_000_000, 15], ids=["exact", "hnsw"])
    def place(self, made: Made, request: pytest.FixtureRequest) -> Place:
        """Without and with an index of PostgreSQL's."""
        return made(exact_up_to=request.param).place


def found(vectors: Vectors, number: int, of: int = 0) -> bool:
    """Whether a vector of `unit(20)` is found as its own nearest."""
    _, numbers = vectors.search(unit(20)[[number - of]], 1)
    return bool(numbers[0, 0] == number)


def test_a_reader_stays_on_its_state(folders: Folders) -> None:
    """While the next one is written, and after it is there."""
    write(folders.place, unit(20))
    old = folders.reader()
    writer = folders.writer()
    writer.put(np.arange(20, 22), unit(2, seed=1))
    writer.remove(np.array([3]))
    assert old.count == 20
    assert found(old, 3)
    writer.finish()
    new = folders.reader()
    assert (old.count, new.count) == (20, 21)
    assert found(old, 3)
    assert not found(new, 3)
    assert old.search(unit(2, seed=1), 20)[1].max() < 20
    assert new.search(unit(2, seed=1), 1)[1].tolist() == [[20], [21]]


def test_a_state_is_cleared_when_two_newer_ones_are_in_use(folders: Folders, postgres: Server) -> None:
    """A reader that is still on it is told so; nothing is left out silently."""
    write(folders.place, unit(20))
    oldest = folders.reader()
    for number in range(3):
        assert found(oldest, 7)
        write(folders.place, unit(0), removed=(number,))
    last_but_one = folders.store.open(folders.finished[-2], DIMENSIONS)
    assert found(last_but_one, 2)
    with pytest.raises(IndexDamaged, match=r"state \d+ were cleared, .* open the index again"):
        found(oldest, 7)
    assert found(folders.reader(), 7)


def test_what_is_embedded_anew_stands_beside_what_is_in_use(folders: Folders, postgres: Server) -> None:
    """Its dimensions may differ; the tables from before go two states later."""
    write(folders.place, unit(20))
    old = folders.reader()
    (folders.finished[0].parent / "anew").mkdir()
    anew = folders.finished[0].parent / "anew" / "1"
    writer = folders.store.writer(anew, 3, None)
    writer.put(np.arange(2), np.eye(3, dtype=np.float32)[:2])
    writer.finish()
    assert found(old, 5)
    for number in (2, 3):
        last, anew = anew, anew.with_name(str(number))
        writer = folders.store.writer(anew, 3, last)
        writer.put(np.array([number]), np.eye(3, dtype=np.float32)[2:])
        writer.finish()
    assert folders.store.open(anew, 3).count == 4
    with pytest.raises(IndexDamaged, match="cleared"):
        found(old, 5)


def test_two_indexes_in_one_database_do_not_meet(made: Made) -> None:
    """Each has its own numbers, and its own writer."""
    one, other = made(), made()
    write(one.place, unit(20))
    writer = one.writer()
    write(other.place, unit(20)[::-1])
    writer.discard()
    assert found(one.reader(), 3)
    assert other.reader().search(unit(20)[[3]], 1)[1].tolist() == [[16]]


def test_a_second_writer_is_told_that_another_is_at_work(folders: Folders) -> None:
    """Until the first has finished."""
    write(folders.place, unit(20))
    first = folders.writer()
    with pytest.raises(IndexBusy, match="another run is writing the vectors of 'test"):
        folders.writer()
    first.discard()
    write(folders.place, unit(1, seed=2), first=20)
    assert folders.reader().count == 21


KILLED = """
import sys
from pathlib import Path
import numpy as np
from knowledge.vectors.postgres import PostgresStore
dsn, name, folder, earlier = sys.argv[1:]
writer = PostgresStore(dsn, name).writer(Path(folder), 16, Path(earlier))
writer.put(np.arange(20, 40), np.eye(20, 16, dtype=np.float32))
writer.remove(np.arange(10))
print("in the middle", flush=True)
sys.stdin.read()
"""


def test_a_writer_killed_in_the_middle_leaves_nothing(folders: Folders, postgres: Server, tmp_path: Path) -> None:
    """Its numbers are free again, and so is the right to write."""
    write(folders.place, unit(20))
    reader = folders.reader()
    name = folders.finished[0].parent.name
    arguments = [postgres.dsn, name, str(tmp_path / "killed"), str(folders.finished[0])]
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"in the middle\n"
        with pytest.raises(IndexBusy):
            folders.writer()
        process.kill()
    # The server notices that its client is gone within milliseconds, but not at once.
    postgres.until("select count(*) = 0 from pg_stat_activity where state like 'idle in transaction%'")
    write(folders.place, unit(3, seed=5), first=20)
    assert found(reader, 3)
    assert folders.reader().count == 23
    assert folders.reader().search(unit(3, seed=5), 1)[1].ravel().tolist() == [20, 21, 22]


def test_a_state_that_never_came_into_use_is_written_over(folders: Folders) -> None:
    """A run killed after the commit, before its generation is put in use, is followed by one on the same base."""
    write(folders.place, unit(20))
    base = folders.finished[0]
    lost = folders.writer()
    lost.put(np.arange(20, 30), unit(10, seed=3))
    lost.remove(np.array([4]))
    lost.finish()
    writer = folders.writer(base)
    writer.put(np.arange(20, 22), unit(2, seed=8))
    writer.finish()
    reader = folders.reader()
    assert reader.count == 22
    assert found(reader, 4)
    assert reader.search(unit(2, seed=8), 1)[1].ravel().tolist() == [20, 21]
    assert reader.search(unit(10, seed=3), 22)[1].max() == 21


def test_a_reader_goes_on_after_the_server_was_restarted(made: Made, own_server: Server) -> None:
    """While it is down the error says so, without a password."""
    folders = made(own_server)
    write(folders.place, unit(20))
    reader = folders.reader()
    assert found(reader, 3)
    own_server.stop()
    own_server.start()
    assert found(reader, 3)
    own_server.stop()
    with pytest.raises(StoreUnavailable, match=r"database app@.*/postgres cannot be used \(.*\); start it"):
        found(reader, 3)
    own_server.start()
    assert found(reader, 3)


def test_a_connection_lost_while_writing_leaves_the_state_before(made: Made, own_server: Server) -> None:
    """The message says what to do."""
    folders = made(own_server)
    write(folders.place, unit(20))
    writer = folders.writer()
    writer.put(np.arange(20, 22), unit(2, seed=1))
    own_server.stop()
    own_server.start()
    with pytest.raises(StoreUnavailable, match=r"was lost .* run the index command again"):
        writer.finish()
    writer.discard()
    assert folders.reader().count == 20
    write(folders.place, unit(2, seed=1), first=20)
    assert folders.reader().count == 22


@pytest.mark.parametrize(
    ("dsn", "said"),
    [
        ("postgresql://app:hunter2@127.0.0.1:1/desk", "app@127.0.0.1:1/desk cannot be used"),
        ("postgresql://app:hunter2@127.0.0.1:1/desk?sslmode=hunter2", "app@127.0.0.1:1/desk cannot be used"),
        ("postgresql://app:hunter2@[/desk", "cannot be read; write postgresql://"),
        ("hunter2", "cannot be read; write postgresql://"),
    ],
)
def test_a_database_that_cannot_be_reached_is_named_without_its_password(dsn: str, said: str) -> None:
    """Errors end in logs and on screens."""
    with pytest.raises(StoreUnavailable, match=said) as caught:
        PostgresStore(dsn).check()
    assert "hunter2" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_database_without_pgvector_is_refused(postgres: Server, tmp_path: Path) -> None:
    """Where we may not enable it ourselves."""
    postgres.execute("create role plain login")
    postgres.execute("create database bare owner plain")
    dsn = postgres.dsn.replace("app@/postgres", "plain@/bare")
    store = PostgresStore(dsn)
    assert store.check().startswith("PostgreSQL 1")
    with pytest.raises(StoreUnavailable, match=r"not enabled in plain@.*/bare; .*create extension vector"):
        store.writer(tmp_path / "1", DIMENSIONS, None)


def test_an_account_that_may_not_write_is_told(made: Made, postgres: Server, tmp_path: Path) -> None:
    """What was indexed before can still be read by it, if it may."""
    folders = made()
    write(folders.place, unit(20))
    postgres.execute("create role reader login")
    postgres.execute("grant usage on schema knowledge to reader")
    postgres.execute("grant select on all tables in schema knowledge to reader")
    reading = PostgresStore(postgres.dsn.replace("app@", "reader@"), "other")
    assert found(reading.open(folders.finished[0], DIMENSIONS), 3)
    with pytest.raises(IndexUnwritable, match=r"reader@.*permission denied .* run the index command again"):
        reading.writer(tmp_path / "next", DIMENSIONS, folders.finished[0])


def test_other_dimensions_are_refused(folders: Folders) -> None:
    """As after a change of the model; the update begins anew then."""
    write(folders.place, unit(2))
    with pytest.raises(ValueError, match="have 16 dimensions, not 384"):
        folders.store.open(folders.finished[0], 384)
    with pytest.raises(IndexDamaged, match="have 16 dimensions, not 384; run the index command again"):
        folders.store.writer(folders.finished[0].with_name("next"), 384, folders.finished[0])


@pytest.mark.parametrize("told", [None, "", "[]", '{"index": "x"}', '{"index": "x", "state": "y"}'])
def test_a_folder_that_names_no_state_is_refused(folders: Folders, tmp_path: Path, told: str | None) -> None:
    """It may come from a store of files."""
    if told is not None:
        (tmp_path / "postgres.json").write_text(told)
    with pytest.raises(ValueError, match=r"does not say which|cannot be read"):
        folders.store.open(tmp_path, DIMENSIONS)


def test_an_index_of_postgresql_misses_little(made: Made) -> None:
    """At least 95 of 100 of the true ten nearest are found; more than it can follow are compared one by one."""
    many = made(exact_up_to=1000)
    vectors = unit(4000)
    write(many.place, vectors)
    asked = unit(50, seed=5)
    true = np.argsort(-(asked @ vectors.T), axis=1)[:, :10]
    _, numbers = many.reader().search(asked, 10)
    assert sum(len(np.intersect1d(*pair)) for pair in zip(true, numbers, strict=True)) >= 0.95 * true.size
    assert sorted(many.reader().search(asked[:1], 4000)[1][0].tolist()) == list(range(4000))
