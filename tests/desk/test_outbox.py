"""Every answer reaches its channel: at least once, in order, whatever happens to others."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
import structlog
from structlog.typing import EventDict

from console.conversation.commands import SendMessage
from console.conversation.events import MessageDelivered
from console.conversation.message import Message
from console.desk import outbox
from console.desk.channels.channel import UndeliverableError
from console.desk.desk import Desk
from console.desk.log import Appended, Write
from console.store import SqlEventLog
from tests.desks import ROBIN, Chair, Clock, arrive, events_of, state_when, until, wound_down


@dataclass
class Line:
    """A channel that notes what it was given; ``trouble`` is raised for the conversations named."""

    name: str = "test"
    everywhere: bool = False
    taken: list[tuple[str, str]] = field(default_factory=list)
    trouble: dict[str, Exception] = field(default_factory=dict)
    tries: int = 0

    async def deliver(self, conversation: str, message: Message) -> str:
        """Take a message."""
        self.tries += 1
        if conversation in self.trouble:
            raise self.trouble[conversation]
        self.taken.append((conversation, message.text))
        return f"ref-{message.id}"

    async def run(self) -> None:
        """Bring nothing in."""


@asynccontextmanager
async def running(log: SqlEventLog, line: Line) -> AsyncIterator[Desk]:
    """Run a desk with the channel; its log outlives it."""
    desk = Desk(log, Chair(), now=Clock())
    await desk.start({"test": line})
    try:
        yield desk
    finally:
        await wound_down(desk)


async def answer(desk: Desk, conversation: str, text: str) -> None:
    """Send an answer."""
    await desk.casework.claim(ROBIN, conversation)
    assert (await desk.sending.send(ROBIN, conversation, SendMessage(text, text))).sent


async def test_answers_are_delivered_in_order_and_recorded(real_log: SqlEventLog) -> None:
    """With the channel's own reference."""
    line = Line()
    async with running(real_log, line) as desk:
        await arrive(desk)
        for number in range(5):
            await answer(desk, "c1", f"answer {number}")
        state = await state_when(desk, lambda s: len(s.delivered) == 5)
        assert line.taken == [("c1", f"answer {number}") for number in range(5)]
        assert state.delivered == {f"m{n}": f"ref-m{n}" for n in range(2, 7)}
        assert real_log.undelivered("test") == []


@pytest.mark.parametrize("trouble", [UndeliverableError("not there"), RuntimeError("a fault of the channel")])
async def test_one_stuck_conversation_does_not_hold_up_others(real_log: SqlEventLog, trouble: Exception) -> None:
    """Its own later answers wait behind the stuck one, and come in order when the customer is back."""
    line = Line(trouble={"c1": trouble})
    async with running(real_log, line) as desk:
        await arrive(desk, "c1")
        await arrive(desk, "c2")
        await answer(desk, "c1", "one")
        await answer(desk, "c1", "two")
        await answer(desk, "c2", "three")
        await until(lambda: line.taken == [("c2", "three")])
        line.trouble.clear()
        desk.reached("test")
        await until(lambda: len(line.taken) == 3)
        assert line.taken[1:] == [("c1", "one"), ("c1", "two")]


async def test_what_was_not_delivered_is_tried_again_by_itself(
    real_log: SqlEventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has to say that the customer is back."""
    monkeypatch.setattr(outbox, "RETRY", 0.02)
    line = Line(trouble={"c1": UndeliverableError("not there")})
    async with running(real_log, line) as desk:
        await arrive(desk)
        await answer(desk, "c1", "one")
        await until(lambda: line.tries >= 3)
        line.trouble.clear()
        await until(lambda: line.taken == [("c1", "one")])


@pytest.mark.parametrize("trouble", [UndeliverableError("not there"), RuntimeError("a fault of the channel")])
async def test_what_waits_is_said_once_however_often_it_is_tried(
    real_log: SqlEventLog, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    """Once for each message, whatever the reason is by now; nothing is ever given up."""
    monkeypatch.setattr(outbox, "RETRY", 0.01)
    line = Line(trouble={"c1": trouble, "c2": trouble})
    with structlog.testing.capture_logs() as said:
        async with running(real_log, line) as desk:
            for conversation in ("c1", "c2"):
                await arrive(desk, conversation)
                await answer(desk, conversation, "one")
            await until(lambda: line.tries >= 8)
            assert [entry["conversation"] for entry in lines(said)] == ["c1", "c2"]
            line.trouble.clear()
            await until(lambda: len(line.taken) == 2)
            line.trouble["c1"] = trouble
            await desk.sending.send(ROBIN, "c1", SendMessage("two", "two"))
            await until(lambda: len(lines(said)) == 3)
    assert [entry["message"] for entry in lines(said)] == ["m2", "m2", "m3"]


def lines(said: list[EventDict]) -> list[EventDict]:
    """Return what was logged of messages that did not get through."""
    return [entry for entry in said if entry["event"] == "undelivered"]


async def test_a_restart_delivers_what_was_left(real_log: SqlEventLog) -> None:
    """And what was delivered stays so."""
    line = Line(trouble={"c1": UndeliverableError("not there")})
    async with running(real_log, line) as desk:
        await arrive(desk, "c1")
        await arrive(desk, "c2")
        await answer(desk, "c1", "one")
        await answer(desk, "c2", "two")
        await until(lambda: len(real_log.undelivered("test")) == 1)
    after = Line()
    async with running(real_log, after) as desk:
        await until(lambda: real_log.undelivered("test") == [])
        assert after.taken == [("c1", "one")]


async def test_a_delivery_whose_record_was_lost_is_made_again(
    real_log: SqlEventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At least once: the channel tells the second one apart by the message's id."""
    monkeypatch.setattr(outbox, "RETRY", 0.02)
    line, append_all, lost = Line(), real_log.append_all, list[Write]()

    def losing(writes: Sequence[Write]) -> list[Appended | Exception]:
        if not lost and any(isinstance(new.data, MessageDelivered) for write in writes for new in write.batch):
            lost.extend(writes)
            raise OSError("killed")
        return append_all(writes)

    monkeypatch.setattr(real_log, "append_all", losing)
    async with running(real_log, line) as desk:
        await arrive(desk)
        await answer(desk, "c1", "one")
        await until(lambda: real_log.undelivered("test") == [])
        assert line.taken == [("c1", "one")] * 2
        assert len(await events_of(desk, MessageDelivered)) == 1
