"""A database with no connection to spare: what cannot be done is said, nothing is half done, and all goes on after."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
import pytest_asyncio
import structlog

from console.conversation.events import MessageAdded
from console.conversation.people import Customer
from console.desk.desk import Desk
from console.desk.log import LogError
from console.store import open_log
from console.store.postgres.servers import PostgresServers
from tests.desks import Chair, Clock, arrive, until, writes
from tests.postgres import Server
from tests.store.desks import PostgresDesk
from tests.team.test_servers import both_at_work

MOST = 45
"""Connections of the database: two servers come by with them, and have none to spare under load."""

CROWD = 30


@pytest.fixture(scope="module")
def scarce() -> Iterator[Server]:
    """A database with few connections, of which three are kept back for its keeper."""
    server = Server(max_connections=str(MOST), fsync="off")
    server.start()
    yield server
    server.remove()


@pytest_asyncio.fixture
async def desks(scarce: Server, tmp_path: Path) -> AsyncIterator[tuple[Desk, Desk]]:
    """Two servers of one desk."""
    place = PostgresDesk(scarce, tmp_path / "workspace", tmp_path / "keys")
    with structlog.testing.capture_logs():  # what is said of each failure would take longer to print than all the rest
        async for pair in _started(place):
            yield pair
    place.remove()


async def _started(place: PostgresDesk) -> AsyncIterator[tuple[Desk, Desk]]:
    started: list[Desk] = []
    for _ in range(2):
        log = open_log(place.workspace, place.keys, address=place.address)
        desk = Desk(log, Chair(), now=Clock(), servers=PostgresServers(place.address))
        await desk.start({})
        started.append(desk)
    await both_at_work(*started)
    yield started[0], started[1]
    for desk in started:
        await desk.stop()


async def test_when_all_connections_are_taken_customers_are_told_and_later_served(
    desks: tuple[Desk, Desk], scarce: Server
) -> None:
    """By another program that takes every one that is left; the same messages again are each taken once."""
    for number in range(CROWD):
        await arrive(desks[number % 2], f"c{number}", customer=Customer(f"u{number}"))
    greedy = _take_all(scarce)
    outcomes = await asyncio.gather(
        *(writes(desks[n % 2], f"message {n}", f"key-{n}", f"c{n}") for n in range(CROWD)), return_exceptions=True
    )
    refused = [outcome for outcome in outcomes if outcome is not None]
    assert all(isinstance(outcome, LogError) for outcome in refused), refused
    assert all("\n" not in str(outcome) for outcome in refused)
    assert any("no connection to spare" in str(outcome) for outcome in refused)
    for connection in greedy:
        connection.close()
    async with asyncio.timeout(30):
        await asyncio.gather(*(_again(desks[n % 2], n) for n in range(CROWD)))
    said = [e.data.text for e in await desks[0].live.history() if isinstance(e.data, MessageAdded)]
    assert sorted(text for text in said if "message" in text) == sorted(f"message {n}" for n in range(CROWD))
    await both_at_work(*desks)
    assert desks[0].live.log.verify().whole  # type: ignore[attr-defined]


async def test_many_at_once_wait_for_each_other(desks: tuple[Desk, Desk]) -> None:
    """Far more than there are connections write and read; whoever is refused is refused in a line."""
    await arrive(desks[0])
    await until(lambda: "c1" in desks[1].live.rows)
    work = [writes(desks[n % 2], f"message {n}", f"key-{n}") for n in range(4 * CROWD)]
    reads = [desks[n % 2].live.call(lambda log: len(log.read())) for n in range(4 * CROWD)]
    outcomes = await asyncio.gather(*work, *reads, return_exceptions=True)
    failed = [o for o in outcomes if isinstance(o, BaseException)]
    assert all(isinstance(outcome, LogError) for outcome in failed), failed
    async with asyncio.timeout(30):
        for number in range(4 * CROWD):
            await _again(desks[number % 2], number, "c1")
    said = [e.data.text for e in await desks[0].live.history("c1") if isinstance(e.data, MessageAdded)]
    assert sorted(said[1:]) == sorted(f"message {n}" for n in range(4 * CROWD))


async def _again(desk: Desk, number: int, conversation: str = "") -> None:
    """Write as a page does: under the same key until it is acknowledged."""
    while True:
        try:
            await writes(desk, f"message {number}", f"key-{number}", conversation or f"c{number}")
        except LogError:
            await asyncio.sleep(0.1)
        else:
            return


def _take_all(server: Server) -> list[psycopg.Connection]:
    """Take every connection that is left, those of the keeper too, and break those that the servers have."""
    taken: list[psycopg.Connection] = []
    with psycopg.connect(server.dsn, autocommit=True) as own:
        own.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where pid <> pg_backend_pid() and backend_type = 'client backend'"
        )
        while True:
            try:
                taken.append(psycopg.connect(server.dsn))
            except psycopg.OperationalError:
                return taken
