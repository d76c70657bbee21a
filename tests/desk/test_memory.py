"""Resolved conversations become material for later replies."""

import asyncio
from collections.abc import AsyncIterator, Collection

import pytest
import pytest_asyncio

from console.conversation.commands import Close
from console.conversation.events import ConversationClosed, NewEvent
from console.conversation.state import Conversation
from console.desk.desk import Desk
from console.desk.log import LogUnwritable
from console.desk.memory import Memory
from tests.desks import ROBIN, arrive, until


class Keeper:
    """Keeps conversations, but for one that the disk has no room for."""

    def __init__(self) -> None:
        self.kept: list[Conversation] = []
        self.no_room_for = ""

    def keep(self, conversation: Conversation) -> None:
        """Keep one."""
        if conversation.id == self.no_room_for:
            raise OSError(28, "No space left on device")
        self.kept.append(conversation)

    def forget(self, conversations: Collection[str]) -> None:
        """Keep nothing of these."""
        self.kept = [kept for kept in self.kept if kept.id not in conversations]

    def of_customer(self, customer: str) -> tuple[str, ...]:
        """Return whose they are."""
        return tuple(kept.id for kept in self.kept if kept.customer.id == customer)

    def told(self, customer: str) -> list[dict[str, object]]:
        """Return whose they are."""
        return [{"id": name} for name in self.of_customer(customer)]


@pytest_asyncio.fixture
async def keeper(desk: Desk) -> AsyncIterator[Keeper]:
    """A memory at work on the desk."""
    keeper = Keeper()
    task = asyncio.create_task(Memory(desk.live, keeper).run())
    yield keeper
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def closes(desk: Desk, name: str, *, resolved: bool) -> None:
    """Take a conversation and end it."""
    await arrive(desk, conversation=name)
    await desk.casework.claim(ROBIN, name)
    await desk.casework.close(ROBIN, name, Close("answered", resolved=resolved))


async def test_a_conversation_closed_as_resolved_is_kept(desk: Desk, keeper: Keeper) -> None:
    """Whole, as it ended."""
    await closes(desk, "c1", resolved=True)
    await until(lambda: bool(keeper.kept))
    assert [(kept.id, kept.disposition) for kept in keeper.kept] == [("c1", "answered")]


async def test_one_that_was_not_resolved_is_kept_too(desk: Desk, keeper: Keeper) -> None:
    """Whoever counts how often a matter ends well has to count it."""
    await closes(desk, "c1", resolved=False)
    await closes(desk, "c2", resolved=True)
    await until(lambda: len(keeper.kept) == 2)
    assert [(kept.id, kept.resolved) for kept in keeper.kept] == [("c1", False), ("c2", True)]


async def test_one_that_cannot_be_kept_does_not_stop_the_next(desk: Desk, keeper: Keeper) -> None:
    """A full disk costs the memory of one conversation, not the desk."""
    keeper.no_room_for = "c1"
    await closes(desk, "c1", resolved=True)
    await closes(desk, "c2", resolved=True)
    await until(lambda: bool(keeper.kept))
    assert [kept.id for kept in keeper.kept] == ["c2"]


async def test_a_log_that_is_away_does_not_stop_the_next(
    desk: Desk, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was closed meanwhile waits for nobody for ever."""
    state = desk.live.state

    async def away(conversation: str) -> Conversation:
        raise LogUnwritable("the database is away")

    await closes(desk, "c2", resolved=True)
    await until(lambda: len(keeper.kept) == 1)
    monkeypatch.setattr(desk.live, "state", away)
    await desk.live.record([NewEvent("c2", "desk", ConversationClosed("answered", True), desk.now())])
    monkeypatch.setattr(desk.live, "state", state)
    await closes(desk, "c3", resolved=True)
    await until(lambda: [kept.id for kept in keeper.kept][-1] == "c3")
