"""A log in a schema beside another one's, in the same database: made once, called by its name, heard by its own."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from console.conversation.events import ConversationOpened, NewEvent
from console.conversation.people import Customer
from console.desk.desk import utc_now
from console.desk.log import LogUnwritable
from console.store import open_log
from console.store.postgres.address import in_schema, schema_of, shown
from console.store.postgres.schemas import drop_schema, holds_log, make_schema
from console.store.postgres.servers import PostgresServers
from tests.postgres import Server
from tests.store.desks import PostgresDesk


@pytest.fixture
def place(postgres: Server, tmp_path: Path) -> Iterator[PostgresDesk]:
    """A database for the desk."""
    made = PostgresDesk(postgres, tmp_path / "workspace", tmp_path / "config")
    yield made
    made.remove()


@pytest.mark.parametrize(
    ("address", "schema"),
    [
        ("postgresql://app:a%40b@host:1/desk", "practice"),
        ("postgresql://app@/desk?host=/tmp&options=-csearch_path%3Dnorth%20-cwork_mem%3D8MB", "north_practice"),
    ],
)
def test_a_schema_beside_a_desk_is_named_after_it(address: str, schema: str) -> None:
    """Two desks may share a database, each in a schema of its own; what else the address says stays."""
    beside = in_schema(address, "practice")
    assert (schema_of(beside), shown(beside).endswith(f"/desk, schema {schema}")) == (schema, True)
    assert ("a%40b" in beside, "work_mem" in beside) == ("a%40b" in address, "work_mem" in address)


def test_servers_that_begin_at_once_make_it_once(place: PostgresDesk) -> None:
    """Each of them has its address then."""
    with ThreadPoolExecutor(8) as many:
        made = set(many.map(lambda _: make_schema(place.address, "practice"), range(8)))
    assert made == {in_schema(place.address, "practice")}


def test_a_log_beside_one_that_has_events_is_a_new_one(place: PostgresDesk) -> None:
    """It is not taken for the other, whose events were anchored in the same database."""
    log = place.open()
    log.append([NewEvent("c1", "customer:dana", ConversationOpened("web", Customer("dana")), utc_now())])
    beside = make_schema(place.address, "practice")
    assert not holds_log(beside)
    other = open_log(place.workspace, place.keys, address=beside, shared_key=log.key)
    assert (other.workspace != log.workspace, other.key, holds_log(beside)) == (True, log.key, True)
    other.close()
    drop_schema(beside)
    assert not holds_log(beside)
    assert place.rows("SELECT count(*) FROM meta") != [(0,)]


def test_who_may_make_no_schema_is_told_what_to_ask_for(place: PostgresDesk, postgres: Server) -> None:
    """One that is there is used, whoever made it."""
    with psycopg.connect(place.address, autocommit=True) as connection:
        connection.execute("DO $$ BEGIN CREATE ROLE guest LOGIN; EXCEPTION WHEN duplicate_object THEN END $$")
        guest = place.address.replace("app@", "guest@")
        with pytest.raises(LogUnwritable, match="CREATE SCHEMA practice AUTHORIZATION"):
            make_schema(guest, "practice")
        connection.execute("CREATE SCHEMA practice AUTHORIZATION guest")
    assert schema_of(make_schema(guest, "practice")) == "practice"


def test_what_is_told_in_one_schema_is_not_heard_in_another(place: PostgresDesk) -> None:
    """Who practises is not seen at work by the servers of the desk, nor what they write."""
    beside = make_schema(place.address, "practice")
    heard: dict[str, list[str]] = {"desk": [], "practice": []}
    came = threading.Event()

    def hears(name: str, text: str) -> None:
        heard[name].append(text)
        came.set()

    servers = [PostgresServers(place.address), PostgresServers(beside)]
    tellers = [PostgresServers(place.address), PostgresServers(beside)]
    for server, name in zip(servers, heard, strict=True):
        server.start(lambda: None, lambda text, name=name: hears(name, text), lambda _: None)  # type: ignore[misc]
    while not all(heard.values()):
        tellers[0].tell("of the desk")
        tellers[1].tell("of practice")
        came.wait(1)
        came.clear()
    for server in (*servers, *tellers):
        server.close()
    assert {name: set(texts) for name, texts in heard.items()} == {"desk": {"of the desk"}, "practice": {"of practice"}}
