"""Conversations of a contract double of Chatwoot as conversations of a real desk."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from console.conversation.commands import Close
from console.conversation.message import Author, Status
from console.desk import outbox
from console.desk.attachments import FileStore
from console.desk.channels.chatwoot import Cable, ChatwootChannel, ChatwootClient
from console.desk.desk import Desk
from console.desk.hub import Signal
from console.store import SqlEventLog
from console.store.files import FileFolder
from tests.channels.chatwoot_double import ACCOUNT, TOKEN, Chatwoot
from tests.channels.desks import answer, only, running, when_written
from tests.channels.files import PICTURE
from tests.desks import ROBIN, until


@pytest_asyncio.fixture
async def chatwoot() -> AsyncIterator[Chatwoot]:
    """A double that runs."""
    double = Chatwoot()
    async with double.serving():
        yield double


@asynccontextmanager
async def on(
    log: SqlEventLog,
    chatwoot: Chatwoot,
    *,
    looks_every: float = 60,
    inbox: int = 0,
    files: FileStore | None = None,
) -> AsyncIterator[Desk]:
    """Run a desk on the double; its log outlives it."""

    def channel(desk: Desk) -> ChatwootChannel:
        client = ChatwootClient(chatwoot.address, ACCOUNT, TOKEN)
        cable = Cable(chatwoot.address, ACCOUNT)
        return ChatwootChannel(desk, client, cable, inbox=inbox, looks_every=looks_every)

    async with running(log, channel, files=files) as desk:
        await until(lambda: bool(log.cursor("chatwoot")) and chatwoot.followed)
        yield desk


async def test_a_contact_writes_and_is_answered(real_log: SqlEventLog, chatwoot: Chatwoot) -> None:
    """Each message arrives once; the answer is on Chatwoot once, and does not come back as an echo."""
    async with on(real_log, chatwoot) as desk:
        number = chatwoot.contact_opens("Where are my boots?")
        await when_written(desk, "Where are my boots?")
        chatwoot.contact_writes(number, "Order 88213")
        state = await when_written(desk, "Where are my boots?", "Order 88213")
        assert (state.customer.name, state.customer.phone) == ("Dana Kovel", "+447700900123")
        assert state.status is Status.WAITING
        await answer(desk, "I am looking for them.")
        await until(lambda: chatwoot.sent(number) == ["I am looking for them."])
        chatwoot.contact_writes(number, "thanks")
        state = await when_written(desk, "Where are my boots?", "Order 88213", "thanks")
        assert [m.role for m in state.messages].count(Author.AGENT) == 1


async def test_what_the_live_stream_does_not_tell_is_found_by_looking(
    real_log: SqlEventLog, chatwoot: Chatwoot
) -> None:
    """A stream that stands and is silent costs time, no message; more than a page of them, and of conversations."""
    async with on(real_log, chatwoot, looks_every=0.05) as desk:
        chatwoot.deaf = True
        number = chatwoot.contact_opens("0")
        for text in range(1, 150):
            chatwoot.contact_writes(number, str(text))
        await when_written(desk, *map(str, range(50, 150)))  # the desk meets it with its newest hundred
        for text in range(150, 300):
            chatwoot.contact_writes(number, str(text))
        await when_written(desk, *map(str, range(50, 300)))
        for _ in range(60):
            chatwoot.contact_opens("another")
        await until(lambda: len(desk.live.rows) == 61)


async def test_an_answer_whose_receipt_was_lost_is_not_written_twice(
    real_log: SqlEventLog, chatwoot: Chatwoot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chatwoot keeps no ids of ours: the copy is found by its words, and the same words said twice are two."""
    monkeypatch.setattr(outbox, "RETRY", 0.02)
    async with on(real_log, chatwoot) as desk:
        number = chatwoot.contact_opens("Hello?")
        await when_written(desk, "Hello?")
        await answer(desk, "One moment.", "k1")
        await until(lambda: real_log.undelivered("chatwoot") == [])
        chatwoot.lose_answers = 1
        await answer(desk, "One moment.", "k2")
        await until(lambda: real_log.undelivered("chatwoot") == [])
        assert chatwoot.sent(number) == ["One moment.", "One moment."]


async def test_pending_is_the_bots_and_open_is_for_people(real_log: SqlEventLog, chatwoot: Chatwoot) -> None:
    """Handing over here opens it there, and the other way round; what ended here is resolved there."""
    async with on(real_log, chatwoot) as desk:
        number = chatwoot.contact_opens("Where are my boots?", status="pending")
        state = await when_written(desk, "Where are my boots?")
        assert state.status is Status.BOT
        await desk.intake.hand_over(state.id, "asked for a person")
        await until(lambda: chatwoot.conversations[number].status == "open")
        await answer(desk, "Hello.")
        await desk.casework.close(ROBIN, state.id, Close("solved", resolved=True))
        await until(lambda: chatwoot.conversations[number].status == "resolved")
        other = chatwoot.contact_opens("And mine?", status="pending", name="Sam")
        await until(lambda: [row.name for row in desk.live.rows.values()] == ["Sam"])
        chatwoot.set_status(other, "open")
        await until(lambda: next(iter(desk.live.rows.values())).status is Status.WAITING)


async def test_what_colleagues_and_bots_wrote_there_is_part_of_the_conversation(
    real_log: SqlEventLog, chatwoot: Chatwoot
) -> None:
    """With who wrote it; notes among staff and Chatwoot's own lines are not; nothing of it is sent again."""
    async with on(real_log, chatwoot) as desk:
        chatwoot.deaf = True
        number = chatwoot.contact_opens("Hello?", status="pending")
        chatwoot.colleague_writes(number, "I am a bot.", "agent_bot")
        chatwoot.colleague_writes(number, "a note", private=True)
        chatwoot.notes_activity(number, "Conversation was opened")
        chatwoot.deaf = False
        chatwoot.colleague_writes(number, "Hello from Jo.")
        state = await when_written(desk, "Hello?")
        chatwoot.colleague_writes(number, "Jo again.")
        await until(lambda: len(state.messages) == 4)
        said = [(m.role, m.text, m.author) for m in state.messages]
        assert said[1:] == [
            (Author.BOT, "I am a bot.", ""),
            (Author.AGENT, "Hello from Jo.", "Jo Brand"),
            (Author.AGENT, "Jo again.", "Jo Brand"),
        ]
        assert real_log.undelivered("chatwoot") == []
        assert chatwoot.sent(number) == []


async def test_typing_reading_and_deleting_pass_both_ways(real_log: SqlEventLog, chatwoot: Chatwoot) -> None:
    """Who types is seen on the other side; so is what was read; what the contact deletes is marked."""
    async with on(real_log, chatwoot) as desk:
        number = chatwoot.contact_opens("Hello?")
        state = await when_written(desk, "Hello?")
        with desk.live.hub.listen() as listener:
            chatwoot.contact_types(number)
            async with asyncio.timeout(5):
                async for thing in listener:
                    if isinstance(thing, Signal):
                        break
        assert (thing.who, thing.active) == ("customer", True)
        desk.casework.typing(ROBIN, state.id, active=True)
        await until(lambda: chatwoot.typing == [(number, "on")])
        await answer(desk, "Hello.")
        await until(lambda: number in chatwoot.seen and bool(state.delivered))
        chatwoot.update(number, int(state.delivered["m2"]), status="read")
        await until(lambda: state.contact.has_read("m2"))
        first = chatwoot.conversations[number].messages[0]["id"]
        chatwoot.update(number, first, content_attributes={"deleted": True}, content="This message was deleted")
        await until(lambda: "m1" in state.contact.withdrawn)
        assert (await only(desk)).messages[0].text == "Hello?"


async def test_only_the_inbox_that_is_named_is_taken_in(real_log: SqlEventLog, chatwoot: Chatwoot) -> None:
    """Also of what the live stream tells."""
    async with on(real_log, chatwoot, inbox=5) as desk:
        chatwoot.contact_opens("not for the desk", inbox=3)
        chatwoot.contact_opens("for the desk", inbox=5)
        await when_written(desk, "for the desk")


async def test_a_file_comes_along_from_where_chatwoot_keeps_it(
    real_log: SqlEventLog, chatwoot: Chatwoot, tmp_path: Path
) -> None:
    """Chatwoot leads on to its store, which is not told the token; no other address is fetched from."""
    chatwoot.stored["label.png"] = PICTURE
    async with on(real_log, chatwoot, files=FileFolder(tmp_path / "files")) as desk:
        number = chatwoot.contact_opens("this one", attachments=[chatwoot.attachment("label.png")])
        chatwoot.contact_writes(number, "", attachments=[chatwoot.attachment("missing.png")])
        elsewhere = {"file_type": "image", "data_url": "http://169.254.169.254/latest/key.png"}
        chatwoot.contact_writes(number, "", attachments=[elsewhere])
        state = await when_written(
            desk,
            "this one\n[label.png]",
            "[missing.png: the file could not be fetched]",
            "[key.png: the file could not be fetched]",
        )
        assert [a.type for a in state.messages[0].attachments] == ["image/png"]
