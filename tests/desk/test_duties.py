"""Work that is done for all goes on whatever befalls it, and can be begun again where it was stopped."""

import asyncio
from collections.abc import Callable

import pytest

from console.conversation.message import Message
from console.desk import duties
from console.desk.channels.channel import UndeliverableError
from console.desk.desk import Desk
from console.desk.log import LogUnwritable
from console.desk.servers import Alone
from console.store import SqlEventLog
from tests.desks import Chair, Clock, until


class Faltering:
    """A channel that fails when it is begun, as often as it is told, and then runs."""

    name = "test"

    def __init__(self, *, everywhere: bool, fails: int) -> None:
        self.everywhere, self.fails = everywhere, fails
        self.begun = 0

    async def deliver(self, conversation: str, message: Message) -> str:
        """Deliver nothing."""
        raise UndeliverableError("not there")

    async def run(self) -> None:
        """Fail, or run."""
        self.begun += 1
        if self.begun <= self.fails:
            raise ExceptionGroup("of a channel's parts", [LogUnwritable("the database is away")])
        await asyncio.Event().wait()


class Several(Alone):
    """One of several servers, which has the duty now and then."""

    shared = True
    mine_now = True

    def mine(self, name: str) -> bool:
        """Return what the test says."""
        return self.mine_now


@pytest.mark.parametrize("everywhere", [True, False])
@pytest.mark.parametrize("servers", [Alone, Several])
async def test_a_channel_that_fails_is_begun_again(
    real_log: SqlEventLog, monkeypatch: pytest.MonkeyPatch, everywhere: bool, servers: Callable[[], Alone]
) -> None:
    """A database that is away for a moment does not take it away for ever."""
    monkeypatch.setattr(duties, "AGAIN", 0.01)
    channel = Faltering(everywhere=everywhere, fails=3)
    desk = Desk(real_log, Chair(), now=Clock(), servers=servers())
    await desk.start({"test": channel})
    await until(lambda: channel.begun == 4)
    await desk.stop()


async def test_a_duty_that_goes_and_comes_back_is_done_again(
    real_log: SqlEventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is stopped meanwhile."""
    monkeypatch.setattr(duties, "LOOKS_EVERY", 0.01)
    channel, servers = Faltering(everywhere=False, fails=0), Several()
    desk = Desk(real_log, Chair(), now=Clock(), servers=servers)
    await desk.start({"test": channel})
    await until(lambda: channel.begun == 1)
    servers.mine_now = False
    await until(lambda: "channel:test" not in desk.live.duties)
    servers.mine_now = True
    await until(lambda: channel.begun == 2)
    await desk.stop()
