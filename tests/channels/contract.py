"""What every channel owes the desk and the customer, whatever is behind it."""

from collections.abc import Sequence
from typing import Protocol

import pytest

from console.conversation.events import MessageDelivered
from console.desk import outbox
from console.desk.channels.channel import Channel
from console.desk.desk import Desk
from console.desk.log import Appended, Write
from console.store import SqlEventLog
from tests.channels.desks import Later, answer, customers_texts, running, when_written
from tests.desks import until

FIRST = ("one", "two", "three")
"""What the customer writes to begin with."""

THEN = ("four", "five")
"""What they write once an agent has answered."""

ANSWER = "Hello, I am looking into it."


class Line(Protocol):
    """One customer at the other end of a channel; outlives desks."""

    def channel(self, desk: Desk) -> Channel:
        """Return the channel for a desk that starts."""

    async def begin(self) -> None:
        """Let the customer write :data:`FIRST`."""

    async def go_on(self) -> None:
        """Let the customer write :data:`THEN`; where they are out of reach, once they are back."""

    async def seen(self) -> list[str]:
        """Return what the customer has seen of agents, oldest first."""

    async def go(self) -> None:
        """Put the customer out of reach."""

    async def come_back(self) -> None:
        """Bring them within reach again."""


class ChannelContract:
    """Tests over the fixture ``line``."""

    async def test_messages_arrive_once_and_in_order(self, line: Line, real_log: SqlEventLog) -> None:
        """As the customer wrote them, before and after an answer, which they see once."""
        async with running(real_log, line.channel) as desk:
            await line.begin()
            await when_written(desk, *FIRST)
            await answer(desk, ANSWER)
            await seen(line, ANSWER)
            await line.go_on()
            await when_written(desk, *FIRST, *THEN)
            await until(lambda: real_log.undelivered(line_name(desk)) == [])
            assert await line.seen() == [ANSWER]

    async def test_a_restart_loses_nothing_and_repeats_nothing(self, line: Line, real_log: SqlEventLog) -> None:
        """Wherever it comes: in the middle of what the customer writes, and between an answer and what follows."""
        async with running(real_log, line.channel) as desk:
            await line.begin()

            async def begun() -> bool:
                return bool(await customers_texts(desk))

            await until(begun, within=20)
        async with running(real_log, line.channel) as desk:
            await when_written(desk, *FIRST)
            await answer(desk, ANSWER)
        async with running(real_log, line.channel) as desk:
            await seen(line, ANSWER)
            await line.go_on()
            await when_written(desk, *FIRST, *THEN)
        async with running(real_log, line.channel) as desk:
            await when_written(desk, *FIRST, *THEN)
            assert await line.seen() == [ANSWER]

    async def test_an_answer_is_shown_once_though_its_delivery_was_forgotten(
        self, line: Line, real_log: SqlEventLog, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The desk was killed between the delivery and the note of it, and delivers again."""
        monkeypatch.setattr(outbox, "RETRY", 0.02)
        append_all, lost = real_log.append_all, list[Write]()

        def losing(writes: Sequence[Write]) -> list[Appended | Exception]:
            if not lost and any(isinstance(new.data, MessageDelivered) for write in writes for new in write.batch):
                lost.extend(writes)
                raise OSError("killed")
            return append_all(writes)

        monkeypatch.setattr(real_log, "append_all", losing)
        async with running(real_log, line.channel) as desk:
            await line.begin()
            await when_written(desk, *FIRST)
            await answer(desk, ANSWER)
            await until(lambda: bool(lost) and real_log.undelivered(line_name(desk)) == [], within=20)
            await seen(line, ANSWER)
            await answer(desk, "And once more.", "k2")
            await seen(line, ANSWER, "And once more.")

    async def test_after_an_hour_out_of_reach_everything_is_there_once(self, line: Line, real_log: SqlEventLog) -> None:
        """What was answered meanwhile reaches the customer, what they wrote reaches the desk; each in its order."""
        later = Later()
        async with running(real_log, line.channel, later) as desk:
            await line.begin()
            await when_written(desk, *FIRST)
            await line.go()
            await answer(desk, ANSWER)
            await answer(desk, "It is on its way.", "k2")
            later.hours = 1
            await line.go_on()
            await line.come_back()
            await when_written(desk, *FIRST, *THEN)
            await seen(line, ANSWER, "It is on its way.")


def line_name(desk: Desk) -> str:
    """Return the name of the desk's one channel."""
    return next(iter(desk.channels))


async def seen(line: Line, *texts: str) -> None:
    """Wait until the customer has seen exactly this of agents."""

    async def so() -> bool:
        return await line.seen() == list(texts)

    try:
        await until(so, within=70)
    except TimeoutError:
        assert await line.seen() == list(texts)
