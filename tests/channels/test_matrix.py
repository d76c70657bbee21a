"""Rooms of a real homeserver as conversations of a real desk."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from console.conversation.commands import SendMessage
from console.conversation.message import Author
from console.conversation.state import Conversation
from console.desk.channels.matrix import MatrixChannel, MatrixClient
from console.desk.desk import Desk, utc_now
from console.store import SqlEventLog
from tests.channels.synapse import Member, Synapse
from tests.desks import ROBIN, Chair, until


@asynccontextmanager
async def running(log: SqlEventLog, synapse: Synapse, user: Member, timeline: int = 100) -> AsyncIterator[Desk]:
    """Run a desk on the homeserver; its log outlives it."""
    desk = Desk(log, Chair(), now=utc_now)
    await desk.start({"matrix": MatrixChannel(desk, MatrixClient(synapse.address, user.token, timeline=timeline))})
    try:
        await until(lambda: bool(log.cursor("matrix")), within=30)
        yield desk
    finally:
        desk.live.hub.close()
        for task in desk._tasks:
            task.cancel()
        await asyncio.gather(*desk._tasks, return_exceptions=True)
        await desk.assistance.close()


async def only(desk: Desk) -> Conversation:
    """Return the one conversation."""
    (row,) = desk.live.rows.values()
    return await desk.live.state(row.id)


async def customers_texts(desk: Desk) -> list[str]:
    """Return what the customer of the one conversation has written; nothing while there is none."""
    if not desk.live.rows:
        return []
    return [m.text for m in (await only(desk)).messages if m.role is Author.CUSTOMER]


async def when_written(desk: Desk, *texts: str) -> Conversation:
    """Wait until the customer has written exactly this."""

    async def written() -> bool:
        return await customers_texts(desk) == list(texts)

    try:
        await until(written, within=20)
    except TimeoutError:
        assert await customers_texts(desk) == list(texts)
    return await only(desk)


async def answer(desk: Desk, text: str, key: str = "k1") -> None:
    """Answer the one conversation as an agent."""
    state = await only(desk)
    await desk.casework.claim(ROBIN, state.id)
    assert (await desk.sending.send(ROBIN, state.id, SendMessage(text, key))).sent


async def test_a_customer_invites_the_desk_writes_and_is_answered(real_log: SqlEventLog, synapse: Synapse) -> None:
    """What they wrote before the desk had come in is there too, under their name; the answer reaches the room."""
    user, dana = synapse.member("desk"), synapse.member("dana", "Dana Kovel")
    async with running(real_log, synapse, user) as desk:
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
    async with running(real_log, synapse, user) as desk:
        room = dana.invite(user)
        dana.write(room, "before")
        await when_written(desk, "before")
    for number, text in enumerate(texts):
        if number == 15:
            synapse.kill()
            await asyncio.to_thread(synapse.start)
        dana.write(room, text)
    async with running(real_log, synapse, user, timeline=7) as desk:
        await when_written(desk, "before", *texts)


async def test_a_desk_that_runs_while_the_homeserver_is_killed_goes_on_by_itself(
    real_log: SqlEventLog, synapse: Synapse
) -> None:
    """Messages come both ways once it is back; what was answered meanwhile is sent, once."""
    user, dana = synapse.member("desk"), synapse.member("dana")
    async with running(real_log, synapse, user, timeline=7) as desk:
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
