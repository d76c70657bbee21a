"""Whoever does not read, and whoever is gone, costs a server a bounded amount of memory and holds up nobody."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from console.conversation.events import MessageAdded, NewEvent
from console.conversation.message import Author, Message
from console.conversation.people import Role
from console.desk.channels.channel import UndeliverableError
from console.desk.desk import Desk
from console.desk.hub import BACKLOG
from console.server import connections
from console.server.app import create_app
from console.store import SqlEventLog
from tests.accounts.making import new_accounts
from tests.desks import Chair, Clock, arrive, until
from tests.faults.serving import deaf, listening

DEAF = 4
"""Consoles that read nothing."""


@pytest_asyncio.fixture
async def served(desk: Desk, tmp_path: Path) -> AsyncIterator[tuple[str, str]]:
    """The desk on a port, and a lead's token."""
    accounts = new_accounts(tmp_path)
    token, _ = accounts.mint(Role.LEAD, "Marta Quill")
    async with listening(create_app(desk, accounts), desk) as url:
        yield url, token


async def test_consoles_that_read_nothing_are_let_go(
    desk: Desk, served: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their backlog is bounded, and ends with their connection; who reads misses nothing meanwhile."""
    monkeypatch.setattr(connections, "TAKING_SECONDS", 1.0)
    url, token = served
    await arrive(desk)
    lines = [deaf(url, "/v1/events?after=0", token) for _ in range(DEAF)]
    reader = asyncio.create_task(_read(url, token, BACKLOG))
    await until(lambda: desk.live.hub.listening >= DEAF + 1)
    held = 0
    for turn in range(3 * BACKLOG // 100):
        await desk.live.record([_message(desk, f"{turn}.{n} " + "x" * 2000) for n in range(100)])
        held = max([held, *(listener._queue.qsize() for listener in desk.live.hub._listeners)])
    assert held <= BACKLOG + 1
    assert await asyncio.wait_for(reader, 30) >= BACKLOG
    await until(lambda: desk.live.hub.listening == 0, within=20)
    for line in lines:
        with closing(line), suppress(ConnectionResetError):
            line.settimeout(10)
            while line.recv(65536):
                continue


async def _read(url: str, token: str, count: int) -> int:
    """Follow as a console that keeps up, and return the last number."""
    heads, last = {"Authorization": f"Bearer {token}"}, 0
    async with (
        httpx.AsyncClient(timeout=30) as client,
        client.stream("GET", f"{url}/v1/events?after=0", headers=heads) as response,
    ):
        async for line in response.aiter_lines():
            if line.startswith("id: "):
                assert int(line[4:]) == last + 1
                last += 1
                if last >= count:
                    return last
    raise AssertionError(f"the stream ended at {last}")


def _message(desk: Desk, text: str) -> NewEvent:
    return NewEvent("c1", "customer:dana-kovel", MessageAdded(Author.CUSTOMER, text), desk.now(), "test")


class Gone:
    """A channel whose other end is away until it is back."""

    name = "test"
    everywhere = False

    def __init__(self) -> None:
        self.back = False
        self.tries = 0
        self.taken: list[tuple[str, str]] = []

    async def deliver(self, conversation: str, message: Message) -> str:
        """Take a message, once it is back."""
        self.tries += 1
        if not self.back:
            raise UndeliverableError("away")
        self.taken.append((conversation, message.text))
        return message.id

    async def run(self) -> None:
        """Bring nothing in."""


CONVERSATIONS = 20
EACH = 20


async def test_a_channel_that_is_gone_for_an_hour_costs_nothing_but_room_in_the_log(
    real_log: SqlEventLog, clock: Clock
) -> None:
    """Four hundred answers wait; each try costs one for each conversation; all arrive in order once it is back."""
    gone = Gone()
    desk = Desk(real_log, Chair(), now=clock)
    await desk.start({"test": gone})
    names = [f"c{n}" for n in range(CONVERSATIONS)]
    for name in names:
        await arrive(desk, name)
    for number in range(EACH):
        said = MessageAdded(Author.AGENT, f"answer {number}", "Robin")
        await desk.live.record([NewEvent(name, "agent:robin", said, clock(), "test") for name in names])
    for _ in range(5):
        clock.forward(720)
        before = gone.tries
        desk.reached("test")
        await until(lambda: gone.tries >= before + CONVERSATIONS)  # noqa: B023 - asked at once
    assert desk._outbox is not None
    assert len(desk._outbox._said) <= CONVERSATIONS
    assert len(real_log.undelivered("test")) == CONVERSATIONS * EACH
    gone.back = True
    desk.reached("test")
    await until(lambda: len(gone.taken) == CONVERSATIONS * EACH, within=60)
    for name in names:
        assert [text for where, text in gone.taken if where == name] == [f"answer {n}" for n in range(EACH)]
    await desk.stop()
