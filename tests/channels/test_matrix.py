"""Rooms of a real homeserver as conversations of a real desk."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from console.conversation.commands import Close
from console.conversation.message import Author
from console.desk.attachments import FileStore
from console.desk.channels.matrix import MatrixChannel, MatrixClient
from console.desk.desk import Desk
from console.desk.hub import Signal
from console.store import SqlEventLog
from console.store.files import FileFolder
from console.text import MAX_CHARACTERS
from tests.channels.desks import answer, customers_texts, only, running, when_written
from tests.channels.files import PICTURE
from tests.channels.synapse import Member, Synapse
from tests.channels.wire import wire
from tests.desks import ROBIN, until


@asynccontextmanager
async def on(
    log: SqlEventLog, synapse: Synapse, user: Member, timeline: int = 100, files: FileStore | None = None
) -> AsyncIterator[Desk]:
    """Run a desk on the homeserver; its log outlives it."""

    def channel(desk: Desk) -> MatrixChannel:
        return MatrixChannel(desk, MatrixClient(synapse.address, user.token, timeline=timeline))

    async with running(log, channel, files=files) as desk:
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


async def test_a_customer_who_was_there_before_the_desk_goes_by_their_name(
    real_log: SqlEventLog, synapse: Synapse
) -> None:
    """Also where their coming is further back than the newest events."""
    user, dana = synapse.member("desk"), synapse.member("dana", "Dana Kovel")
    room = dana.invite(user)
    for number in range(9):
        dana.write(room, str(number))
    async with on(real_log, synapse, user, timeline=2) as desk:
        state = await when_written(desk, *map(str, range(9)))
        assert state.customer.name == "Dana Kovel"


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


@pytest.mark.slow
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


@pytest.mark.slow
async def test_thirty_messages_are_heard_by_a_desk_that_was_cut_off_and_whose_homeserver_was_killed(
    real_log: SqlEventLog, synapse: Synapse
) -> None:
    """For the first half its connection is cut, for the second the homeserver is killed; it runs all the while."""
    user, dana = synapse.member("desk"), synapse.member("dana")
    texts = [f"message {number}" for number in range(30)]
    async with wire(synapse.port) as between:

        def channel(desk: Desk) -> MatrixChannel:
            return MatrixChannel(desk, MatrixClient(between.address, user.token, timeline=7))

        async with running(real_log, channel) as desk:
            await until(lambda: bool(real_log.cursor("matrix")), within=30)
            room = await asyncio.to_thread(dana.invite, user)
            await asyncio.to_thread(dana.write, room, "before")
            await when_written(desk, "before")
            await between.cut()
            for number, text in enumerate(texts):
                if number == 15:
                    await between.mend()
                    synapse.kill()
                    await asyncio.to_thread(synapse.start)
                await asyncio.to_thread(dana.write, room, text)
            await when_written(desk, "before", *texts)


async def test_an_edit_arrives_as_a_message_that_says_so(real_log: SqlEventLog, synapse: Synapse) -> None:
    """Who answered the first wording must see that it changed; the first wording stays."""
    user, dana = synapse.member("desk"), synapse.member("dana")
    async with on(real_log, synapse, user) as desk:
        room = dana.invite(user)
        first = dana.write(room, "Order 88213")
        await when_written(desk, "Order 88213")
        dana.edit(room, first, "Order 88214")
        state = await when_written(desk, "Order 88213", "Order 88214")
        assert [message.edits for message in state.messages] == ["", "m1"]


async def test_a_deleted_message_is_marked_and_stays(real_log: SqlEventLog, synapse: Synapse) -> None:
    """What was read cannot be unread; one that was deleted before it was read is told of."""
    user, dana = synapse.member("desk"), synapse.member("dana", "Dana")
    async with on(real_log, synapse, user) as desk:
        room = dana.invite(user)
        first = dana.write(room, "my card is 4111")
        state = await when_written(desk, "my card is 4111")
        dana.delete(room, first)
        await until(lambda: state.contact.withdrawn == {"m1"})
    dana.delete(room, dana.write(room, "never read"))
    async with on(real_log, synapse, user) as desk:

        async def told() -> bool:
            said = [m.text for m in (await only(desk)).messages if m.role is Author.SYSTEM]
            return said == ["Dana deleted a message before it was read here."]

        await until(told)
        assert await customers_texts(desk) == ["my card is 4111"]


async def test_a_customer_can_write_and_change_nothing_else(real_log: SqlEventLog, synapse: Synapse) -> None:
    """Neither by state of the room, nor by events of their own making, nor by texts that look like the desk's."""
    user, dana = synapse.member("desk"), synapse.member("dana")
    async with on(real_log, synapse, user) as desk:
        room = dana.invite(user)
        first = dana.write(room, "Hello")
        before = await when_written(desk, "Hello")
        await desk.casework.claim(ROBIN, before.id)
        standing = (before.agent, before.status, before.routing, before.customer, before.address)
        dana.set_state(room, "m.room.name", {"name": "assigned to: me"})
        dana.set_state(room, "m.room.topic", {"topic": "tier 3"})
        dana.set_state(room, "secondchair.assignment", {"agent": "dana", "tier": 3, "status": "closed"})
        dana.send(room, "secondchair.close", {"resolved": True})
        dana.send(
            room, "m.room.message", {"msgtype": "m.text", "body": "/assign sam", "role": "agent", "author": "Sam"}
        )
        dana.send(room, "m.reaction", {"m.relates_to": {"rel_type": "m.annotation", "key": "x", "event_id": first}})
        after = await when_written(desk, "Hello", "/assign sam")
        assert (after.agent, after.status, after.routing, after.customer, after.address) == standing
        assert [message.author for message in after.messages] == ["", ""]
        kinds = [event.kind for event in await desk.live.history(after.id) if event.actor != "assist"]
        opened = ["conversation-opened", "identity-changed", "message-added", "handed-over"]
        assert kinds == [*opened, "conversation-claimed", "message-added"]


async def test_typing_and_reading_pass_both_ways(real_log: SqlEventLog, synapse: Synapse) -> None:
    """The customer sees that the agent types and has read; the desk sees the same of the customer."""
    user, dana = synapse.member("desk"), synapse.member("dana")
    async with on(real_log, synapse, user) as desk:
        room = dana.invite(user)
        asked = dana.write(room, "Hello")
        state = await when_written(desk, "Hello")
        with desk.live.hub.listen() as listener:
            dana.types(room)
            async with asyncio.timeout(10):
                async for thing in listener:
                    if isinstance(thing, Signal):
                        break
        assert (thing.conversation, thing.who, thing.active) == (state.id, "customer", True)
        desk.casework.typing(ROBIN, state.id, active=True)

        async def sees_typing() -> bool:
            return user.user in (await asyncio.to_thread(dana.signs, room))["m.typing"].get("user_ids", ())

        await until(sees_typing)
        await answer(desk, "Hello Dana")

        async def sees_reading() -> bool:
            read = (await asyncio.to_thread(dana.signs, room))["m.receipt"].get(asked, {})
            return user.user in read.get("m.read", {})

        await until(sees_reading)
        await until(lambda: bool(state.delivered))
        dana.reads(room, state.delivered["m2"])
        await until(lambda: state.contact.has_read("m2"))


async def test_what_cannot_be_read_is_said(real_log: SqlEventLog, synapse: Synapse) -> None:
    """An encrypted message is not passed over in silence; nor is a customer who leaves."""
    user, dana = synapse.member("desk"), synapse.member("dana", "Dana")
    async with on(real_log, synapse, user) as desk:
        room = dana.invite(user)
        dana.write(room, "Hello")
        await when_written(desk, "Hello")
        dana.send(room, "m.room.encrypted", {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "x"})
        dana.call("POST", f"rooms/{room}/leave", {})

        async def told() -> bool:
            return len((await only(desk)).messages) == 3

        await until(told)
        assert [m.text for m in (await only(desk)).messages][1:] == [
            "Dana sent an encrypted message, which the desk cannot read.",
            "Dana has left the room.",
        ]


async def test_what_was_said_before_an_erasure_does_not_come_back(real_log: SqlEventLog, synapse: Synapse) -> None:
    """Who writes again after it begins a new conversation."""
    user, dana = synapse.member("desk"), synapse.member("dana")
    async with on(real_log, synapse, user) as desk:
        room = dana.invite(user)
        dana.write(room, "Hello")
        state = await when_written(desk, "Hello")
        first = state.id
        await until(lambda: bool(state.withheld))  # nothing is under way that would be written after the erasure
    real_log.erase(dana.user)
    async with on(real_log, synapse, user) as desk:
        dana.write(room, "Hello again")
        state = await when_written(desk, "Hello again")
        assert state.id != first


async def test_a_picture_comes_along_and_what_is_not_taken_is_said(
    real_log: SqlEventLog, synapse: Synapse, tmp_path: Path
) -> None:
    """By its bytes, not by what its sender calls it; a caption is the message's text."""
    user, dana = synapse.member("desk"), synapse.member("dana")
    async with on(real_log, synapse, user, files=FileFolder(tmp_path / "files")) as desk:
        room = dana.invite(user)
        dana.sends_file(room, PICTURE, "label.png")
        dana.sends_file(room, PICTURE, "label.png", caption="the label")
        dana.sends_file(room, b"MZ\x90\x00", "label.png")
        dana.sends_file(room, b"a" * 5000, "long.txt")
        dana.write(room, "there", msgtype="m.image", url="mxc://desk.test/nowhere")
        state = await when_written(
            desk,
            "[label.png]",
            "the label\n[label.png]",
            "[label.png: files of this type are not taken: pictures, PDF, text, sound and video are]",
            "[long.txt: the file is larger than 4 KB]",
            "[there: the file could not be fetched]",
        )
        assert [[a.type for a in m.attachments] for m in state.messages] == [["image/png"], ["image/png"], [], [], []]
        _, data = await desk.attachments.read(state.id, state.messages[0].attachments[0].id)
        assert data == PICTURE


async def test_a_customer_is_told_who_takes_over_and_when_it_ends(real_log: SqlEventLog, synapse: Synapse) -> None:
    """In the web chat's words, each line once, also where the desk was off in between."""
    user, dana = synapse.member("desk"), synapse.member("dana")

    async def notices(room: str) -> list[str]:
        return [text for _, text in await asyncio.to_thread(dana.seen, room, "m.notice")]

    async with on(real_log, synapse, user) as desk:
        room = dana.invite(user)
        dana.write(room, "Hello")
        state = await when_written(desk, "Hello")
        await desk.casework.claim(ROBIN, state.id)

        async def joined() -> bool:
            return len(await notices(room)) == 2

        await until(joined)
    async with on(real_log, synapse, user) as desk:
        await desk.casework.close(ROBIN, state.id, Close("solved", resolved=True))

        async def ended() -> bool:
            return len(await notices(room)) > 2

        await until(ended)
    told = await notices(room)
    assert [line.split(".")[0] for line in told] == [
        "You are through to our team",
        "Robin has joined the chat",
        "This chat has ended",
    ]


async def test_nothing_that_a_customer_sends_stops_what_follows(real_log: SqlEventLog, synapse: Synapse) -> None:
    """However strange it is; others are heard as before."""
    user, dana = synapse.member("desk"), synapse.member("dana")
    async with on(real_log, synapse, user) as desk:
        room = dana.invite(user)
        strange: list[dict[str, object]] = [
            {},
            {"msgtype": [], "body": "odd"},
            {"msgtype": "m.image", "body": "x", "url": {"mxc": 1}},
            {"msgtype": "m.text", "body": "a" * 60_000},
            {"msgtype": "m.text", "body": {"text": "no text"}},
            {"msgtype": "m.text", "body": "\x1b[2J\u202e", "m.relates_to": []},
        ]
        for content in strange:
            with contextlib.suppress(httpx.HTTPStatusError):  # Synapse itself refuses some; another may not
                dana.send(room, "m.room.message", content)
        dana.write(room, "Hello")

        async def heard() -> bool:
            return "Hello" in await customers_texts(desk)

        await until(heard, within=20)
        assert max(map(len, await customers_texts(desk))) <= MAX_CHARACTERS
