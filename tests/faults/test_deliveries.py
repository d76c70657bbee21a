"""At least once comes in, effectively once comes out: whatever a channel repeats, and wherever the desk is killed."""

import asyncio
import multiprocessing
import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.conversation.events import MessageAdded, MessageDelivered
from console.conversation.message import Author
from console.desk.desk import Desk
from console.desk.intake import Incoming
from console.store import open_log
from tests.desks import ROBIN, Chair, Clock, arrive
from tests.faults.far_end import NAME, FarEnd
from tests.faults.killed_desk import ANSWERS, POINTS, run
from tests.postgres import Server
from tests.store.desks import PostgresDesk

WRITTEN = ("my boots are late", "order 88213", "hello?", "anybody?", "please")
COPIES = 4
MESSAGES = 40

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tests.faults.killed_desk"])


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where the log lies: in the workspace, or in a database."""
    if request.param == "SQLite":
        yield ""
        return
    server: Server = request.getfixturevalue("postgres")
    place = PostgresDesk(server, tmp_path / "unused", tmp_path / "keys")
    yield place.address
    place.remove()


LATER = [pytest.param(point, marks=pytest.mark.slow) for point in POINTS if point not in {"taken in", "sent"}]


@pytest.mark.parametrize("point", ["taken in", "sent", *LATER])
def test_wherever_the_desk_is_killed_all_comes_once(address: str, point: str, tmp_path: Path) -> None:
    """At the first passing of a point, and at a later one; both ways, in order."""
    far = FarEnd(tmp_path / "far.db")
    far.write(*WRITTEN)
    for times in (1, 2):
        assert _ended(tmp_path, address, point, times) == -signal.SIGKILL
    assert _ended(tmp_path, address, "never", 1) == 0
    log = open_log(tmp_path / "workspace", tmp_path / "keys", address=address, read_only=True)
    events = log.read(limit=10_000)
    said = [event.data for event in events if isinstance(event.data, MessageAdded)]
    assert tuple(m.text for m in said if m.role is Author.CUSTOMER) == WRITTEN
    assert tuple(m.text for m in said if m.role is Author.AGENT) == ANSWERS
    assert sum(isinstance(event.data, MessageDelivered) for event in events) == len(ANSWERS)
    assert log.cursor(NAME) == str(len(WRITTEN))
    assert tuple(far.shown()) == ANSWERS
    assert far.asked() == len(ANSWERS) + 2 * (point == "sent"), "what was sent and not noted is sent again"
    assert log.verify().whole
    log.close()


async def test_what_is_repeated_and_shuffled_is_taken_once(address: str, tmp_path: Path) -> None:
    """Each message four times, in any order, many at once; by two servers where there can be two."""
    keys = tmp_path / "keys"
    logs = [open_log(tmp_path / f"workspace-{n}", keys, address=address) for n in range(2 if address else 1)]
    desks = [Desk(log, Chair(), now=Clock()) for log in logs]
    for desk in desks:
        await desk.start({})
    await arrive(desks[0])
    for desk in desks:
        await desk.live.catch_up()
    deliveries = [number for number in range(MESSAGES) for _ in range(COPIES)]
    random.Random(3).shuffle(deliveries)
    results = await asyncio.gather(
        *(
            desks[place % len(desks)].intake.receive("c1", Incoming(Author.CUSTOMER, f"message {n}", f"id-{n}"))
            for place, n in enumerate(deliveries)
        )
    )
    assert sum(not done.repeated for done in results) == MESSAGES
    first = {done.events[0].data.text: done.events[0].seq for done in results}  # type: ignore[union-attr]
    said = [e for e in logs[0].read(limit=10_000) if isinstance(e.data, MessageAdded) and "message" in e.data.text]
    assert {e.data.text: e.seq for e in said} == first  # type: ignore[union-attr]
    assert len(said) == MESSAGES
    assert logs[0].verify().whole
    for desk in desks:
        await desk.stop()


async def test_what_is_replayed_after_all_was_done_changes_nothing(address: str, tmp_path: Path) -> None:
    """From the very beginning, by a channel that has forgotten its point, to a desk that has started anew."""
    folders = (tmp_path / "workspace", tmp_path / "keys")
    told = [Incoming(Author.CUSTOMER, text, f"id-{n}") for n, text in enumerate(WRITTEN)]
    for replay in range(3):
        log = open_log(*folders, address=address)
        desk = Desk(log, Chair(), now=Clock())
        await desk.start({})
        before = log.head()
        await arrive(desk, "c1", "first")
        for message in told:
            done = await desk.intake.receive("c1", message)
            assert done.repeated == (replay > 0)
        if replay == 0:
            await desk.casework.claim(ROBIN, "c1")
        else:
            assert log.head() == before
        await desk.stop()


def _ended(folder: Path, address: str, point: str, times: int) -> int | None:
    """Run a desk to its end, or to the kill; return how it ended."""
    child = _processes.Process(target=run, args=(folder, address, point, times, len(WRITTEN)))
    child.start()
    child.join(90)
    ended = child.exitcode
    child.kill()
    child.join()
    return ended
