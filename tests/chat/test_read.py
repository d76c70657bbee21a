"""How far each side of the web chat has read."""

from contextlib import aclosing

import httpx
import pytest

from console.conversation.channel_events import MessagesRead
from console.conversation.commands import AddNote
from console.desk.channels.projection import Notice, Said, Seen
from console.desk.channels.webchat import Visitor, anonymous
from console.server.chat.routes import SIGNS_PER_MINUTE
from tests.chat.conftest import HELLO, Chat
from tests.chat.test_webchat import take
from tests.desks import ROBIN

VISITOR, OTHER = anonymous("ab" * 32), anonymous("cd" * 32)


async def reports(chat: Chat, visitor: Visitor = VISITOR) -> list[str]:
    """Return the messages up to which the log says that the customer has read."""
    history = await chat.desk.live.history(visitor.conversation)
    return [event.data.message for event in history if isinstance(event.data, MessagesRead)]


async def test_what_the_customer_has_read_is_noted_once(chat: Chat) -> None:
    """By the number on their page, which counts other things than messages; a repeated or late report says no more."""
    await chat.webchat.write(VISITOR, "Hello", "key-0001")
    await chat.answer("Good morning")
    await chat.answer("And here it is", "answer-2")
    for number in (4, 4, 5, 4, 5):  # 1 is theirs, 2 and 3 are lines about the chat
        await chat.webchat.read(VISITOR, number)
    assert await reports(chat) == ["m2", "m3"]
    assert (await chat.only()).contact.read == "m3"


@pytest.mark.parametrize("number", [1, 2, 3, 5, 999])
async def test_no_other_number_counts_as_read(chat: Chat, number: int) -> None:
    """Neither a message of their own, nor a line about the chat, nor what there is not."""
    await chat.webchat.write(VISITOR, "Hello", "key-0001")
    await chat.answer("Good morning")
    await chat.webchat.read(VISITOR, number)
    assert await reports(chat) == []


async def test_nobody_reads_for_somebody_else(chat: Chat) -> None:
    """A number means an item of the visitor's own view; one who has written nothing has none."""
    await chat.webchat.write(VISITOR, "Hello", "key-0001")
    await chat.answer("Good morning")
    await chat.webchat.read(OTHER, 4)
    assert await reports(chat) == []
    assert await chat.desk.live.history(OTHER.conversation) == []


async def test_a_report_comes_by_request_and_too_many_are_passed_over(chat: Chat, page: httpx.AsyncClient) -> None:
    """An answer of 204 either way: a page has nothing to do about it."""
    await page.post("/chat/messages", json=HELLO)
    await chat.answer("Good morning")
    for _ in range(SIGNS_PER_MINUTE):
        assert (await page.post("/chat/read", json={"number": 1})).status_code == 204
    assert (await page.post("/chat/read", json={"number": 4})).status_code == 204
    assert not (await chat.only()).contact.read


async def test_a_report_by_request_reaches_the_agent(chat: Chat, page: httpx.AsyncClient) -> None:
    """As the page sends it."""
    await page.post("/chat/messages", json=HELLO)
    await chat.answer("Good morning")
    assert (await page.post("/chat/read", json={"number": 4})).status_code == 204
    assert (await chat.only()).contact.has_read("m2")


@pytest.mark.parametrize("number", [0, -1, 1.5, "4", True, None, 10**9])
async def test_a_report_that_names_no_item_is_refused(page: httpx.AsyncClient, number: object) -> None:
    """Before anything is looked for."""
    assert (await page.post("/chat/read", json={"number": number})).status_code == 422


async def test_the_customer_sees_what_an_agent_has_read(chat: Chat) -> None:
    """From when one takes the conversation, and again with each answer; a note inside tells nothing."""
    await chat.webchat.write(VISITOR, "Hello", "key-0001")
    async with aclosing(chat.webchat.follow(VISITOR, 2)) as following:
        await take(following, 1)
        conversation = (await chat.only()).id
        await chat.desk.casework.claim(ROBIN, conversation)
        joined, seen = await take(following, 2)
        assert isinstance(joined, Notice)
        assert seen == Seen(1)
        await chat.webchat.write(VISITOR, "Anybody?", "key-0002")
        await chat.desk.casework.note(ROBIN, conversation, AddNote("patience", "note-1"))
        await chat.answer("Yes")
        asked, answered, seen = await take(following, 3)
    assert [i.text for i in (asked, answered) if isinstance(i, Said)] == ["Anybody?", "Yes"]
    assert seen == Seen(4)


async def test_a_page_that_comes_back_knows_what_was_read(chat: Chat) -> None:
    """Without having been told while it was away."""
    await chat.webchat.write(VISITOR, "Hello", "key-0001")
    await chat.answer("Good morning")
    await chat.webchat.write(VISITOR, "Thanks", "key-0002")
    async with aclosing(chat.webchat.follow(VISITOR, 0)) as following:
        past = await take(following, 7)
    assert [thing.number for thing in past if isinstance(thing, Seen)] == [1]
