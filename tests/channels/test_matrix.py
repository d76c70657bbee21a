"""Rooms of a real homeserver as conversations of a real desk."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from console.desk.channels.matrix import MatrixChannel, MatrixClient
from console.desk.desk import Desk
from console.store import SqlEventLog
from tests.channels.desks import answer, customers_texts, running, when_written
from tests.channels.synapse import Member, Synapse
from tests.desks import until


@asynccontextmanager
async def on(log: SqlEventLog, synapse: Synapse, user: Member, timeline: int = 100) -> AsyncIterator[Desk]:
    """Run a desk on the homeserver; its log outlives it."""

    def channel(desk: Desk) -> MatrixChannel:
        return MatrixChannel(desk, MatrixClient(synapse.address, user.token, timeline=timeline))

    async with running(log, channel) as desk:
        await until(lambda: bool(log.cursor("matrix")), within=30)
        yield desk


async def test_a_customer_invites_the_desk_writes_and_is_answered(real_log: SqlEventLog, synapse: Synapse) -> None:
    """What they wrote before the desk had come in is there too, under their name; the answer reaches the room."""
    user, dana = synapse.member("desk"), synapse.member("dana", "Dana Kovel")
    async with on(real_log, synapse, user) as desk:
        room = dana.invite(user)
        dana.write(room, "Where are my boots?")
        await when_written(desk, "Where are my boots?")
        dana.write(room, "Order 88213")
        state = await when_written(desk, "Where are my boots?", "Order 88213")
        assert (state.customer.id, state.customer.name) == (dana.user, "Dana Kovel")
        await answer(desk, "Hello Dana, I am looking for them.")
        await until(lambda: (user.user, "Hello Dana, I am looking for them.") in dana.seen(room))
        await until(lambda: real_log.undelivered("matrix") == [])
        assert await customers_texts(desk) == ["Where are my boots?", "Order 88213"]  # no echo


async def test_thirty_messages_around_a_killed_homeserver_arrive_once_and_in_order(
    real_log: SqlEventLog, synapse: Synapse
) -> None:
    """It is killed between two of them and started again; the desk, which was not there, has to page back for them."""
    user, dana = synapse.member("desk"), synapse.member("dana")
    texts = [f"message {number}" for number in range(30)]
    async with on(real_log, synapse, user) as desk:
        room = dana.invite(user)
        dana.write(room, "before")
        await when_written(desk, "before")
    for number, text in enumerate(texts):
        if number == 15:
            synapse.kill()
            await asyncio.to_thread(synapse.start)
        dana.write(room, text)
    async with on(real_log, synapse, user, timeline=7) as desk:
        await when_written(desk, "before", *texts)


async def test_a_desk_that_runs_while_the_homeserver_is_killed_goes_on_by_itself(
    real_log: SqlEventLog, synapse: Synapse
) -> None:
    """Messages come both ways once it is back; what was answered meanwhile is sent, once."""
    user, dana = synapse.member("desk"), synapse.member("dana")
    async with on(real_log, synapse, user, timeline=7) as desk:
        room = dana.invite(user)
        dana.write(room, "before")
        await when_written(desk, "before")
        synapse.kill()
        await answer(desk, "I am on it.")
        await asyncio.to_thread(synapse.start)
        texts = [f"message {number}" for number in range(30)]
        for text in texts:
            await asyncio.to_thread(dana.write, room, text)
        await when_written(desk, "before", *texts)
        await until(lambda: real_log.undelivered("matrix") == [], within=30)
        assert [text for sender, text in dana.seen(room) if sender == user.user] == ["I am on it."]
