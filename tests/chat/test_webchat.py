"""The web chat as a channel of a running desk."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path

import pytest

from console.conversation.commands import Close
from console.conversation.events import ConversationOpened, Event, IdentityChanged, MessageAdded
from console.conversation.message import Author, Message, Status
from console.conversation.people import Customer, Identity
from console.desk.channels.channel import UndeliverableError
from console.desk.channels.projection import AgentTyping, Notice, Said, Seen
from console.desk.channels.webchat import CaughtUp, Erased, Shown, StartOver, anonymous, verified
from console.desk.hub import Signal
from console.desk.intake import Incoming
from console.store import open_log
from tests.chat.conftest import Chat, running
from tests.desks import ROBIN

VISITOR = anonymous("ab" * 32)
DANA = Customer("u-1", "Dana Kovel", email="dana@example.org")


async def take(following: AsyncGenerator[Shown, None], count: int) -> list[Shown]:
    """Return the next things a page receives."""
    async with asyncio.timeout(10):
        return [await anext(following) for _ in range(count)]


async def test_a_first_message_opens_a_conversation_that_waits_for_people(chat: Chat) -> None:
    """It is in the inbox at once, with the message and the reason."""
    await chat.webchat.write(VISITOR, "Where is my order?", "key-0001")
    state = await chat.only()
    assert (state.status, state.channel, state.identity) == (Status.WAITING, "webchat", Identity.ANONYMOUS)
    assert [m.text for m in state.messages] == ["Where is my order?"]
    assert state.handover
    assert state.handover.reason == "wrote on the web chat"


async def test_the_same_message_twice_is_kept_once(chat: Chat) -> None:
    """A page that saw no answer sends it again with the same key."""
    for _ in range(2):
        await chat.webchat.write(VISITOR, "Hello", "key-0001")
    assert await chat.customers_texts() == ["Hello"]


async def test_two_first_messages_at_once_are_both_kept(chat: Chat) -> None:
    """Only one of them can open the conversation; the other one is not lost."""
    await asyncio.gather(*(chat.webchat.write(VISITOR, f"Hello {n}", f"key-000{n}") for n in range(5)))
    assert sorted(await chat.customers_texts()) == [f"Hello {n}" for n in range(5)]


async def test_writing_after_the_end_opens_the_conversation_again(chat: Chat) -> None:
    """It goes back to the agent who had it; a repeated message opens nothing."""
    await chat.webchat.write(VISITOR, "Hello", "key-0001")
    conversation = (await chat.only()).id
    await chat.desk.casework.claim(ROBIN, conversation)
    await chat.desk.casework.close(ROBIN, conversation, Close("answered", True))
    await chat.webchat.write(VISITOR, "Hello", "key-0001")
    assert conversation not in chat.desk.live.rows
    await chat.webchat.write(VISITOR, "One more thing", "key-0002")
    assert (await chat.only()).status is Status.ACTIVE


async def test_a_known_customer_is_verified_by_an_event_of_the_log(chat: Chat) -> None:
    """The level of identity is part of the record."""
    await chat.webchat.write(verified(DANA), "Hello", "key-0001")
    assert (await chat.only()).identity is Identity.VERIFIED
    history = await chat.desk.live.history((await chat.only()).id)
    assert [e.data for e in history if isinstance(e.data, IdentityChanged)] == [
        IdentityChanged(Identity.VERIFIED, DANA)
    ]


async def test_a_known_customers_new_name_reaches_the_desk_once(chat: Chat) -> None:
    """The host page knows better than the first conversation."""
    renamed = Customer("u-1", "Dana Marsh", email="dana@example.org")
    await chat.webchat.write(verified(DANA), "Hello", "key-0001")
    for number in (2, 3):
        await chat.webchat.write(verified(renamed), "Hello again", f"key-000{number}")
    history = await chat.desk.live.history((await chat.only()).id)
    assert [e.data.customer.name for e in history if isinstance(e.data, IdentityChanged)] == [
        "Dana Kovel",
        "Dana Marsh",
    ]


async def test_a_page_sees_the_past_then_what_happens(chat: Chat) -> None:
    """Numbered without a gap over the moment it caught up."""
    await chat.webchat.write(VISITOR, "Hello", "key-0001")
    async with aclosing(chat.webchat.follow(VISITOR, 0)) as following:
        past = await take(following, 3)
        await chat.answer("Good morning")
        live = await take(following, 3)
    assert isinstance(past[0], Said)
    assert isinstance(past[1], Notice)
    assert past[2] == CaughtUp(2)
    assert [(i.number, i.text) for i in live if isinstance(i, Said | Notice)] == [
        (3, "Robin has joined the chat."),
        (4, "Good morning"),
    ]


async def test_a_page_that_comes_back_sees_only_what_it_missed(chat: Chat) -> None:
    """It names the last number it saw."""
    await chat.webchat.write(VISITOR, "Hello", "key-0001")
    await chat.answer("Good morning")
    async with aclosing(chat.webchat.follow(VISITOR, 3)) as following:
        missed, seen, caught_up = await take(following, 3)
    assert isinstance(missed, Said)
    assert (missed.number, missed.text) == (4, "Good morning")
    assert seen == Seen(1)
    assert caught_up == CaughtUp(4)


async def test_a_page_that_knows_more_than_there_is_starts_over(chat: Chat) -> None:
    """What it shows was erased, or belongs to another visit."""
    await chat.webchat.write(VISITOR, "Hello", "key-0001")
    async with aclosing(chat.webchat.follow(VISITOR, 90)) as following:
        assert [type(shown) for shown in await take(following, 4)] == [StartOver, Said, Notice, CaughtUp]


async def test_nothing_is_missed_or_doubled_while_the_past_is_read(chat: Chat) -> None:
    """Pages connect in the middle of a flood of messages."""
    await chat.webchat.write(VISITOR, "0", "key-first")

    async def numbers() -> list[int]:
        found: list[int] = []
        async with asyncio.timeout(20), aclosing(chat.webchat.follow(VISITOR, 0)) as following:
            async for shown in following:
                found += [shown.number] if isinstance(shown, Said | Notice) else []
                if len(found) == 62:  # 61 messages and the hand-over
                    return found
        return found

    async def flood() -> None:
        for n in range(60):
            await chat.webchat.write(VISITOR, str(n + 1), f"key-{n:04d}")

    *seen, _ = await asyncio.gather(numbers(), numbers(), numbers(), flood())
    assert seen == [list(range(1, 63))] * 3


async def test_another_visitors_conversation_stays_theirs(chat: Chat) -> None:
    """A page follows its own conversation alone."""
    other = anonymous("cd" * 32)
    async with aclosing(chat.webchat.follow(VISITOR, 0)) as following:
        assert await take(following, 1) == [CaughtUp(0)]
        await chat.webchat.write(other, "A secret", "key-0001")
        await chat.webchat.write(VISITOR, "Mine", "key-0001")
        (first,) = await take(following, 1)
    assert isinstance(first, Said)
    assert first.text == "Mine"


async def test_a_message_counts_as_delivered_only_with_a_page_connected(chat: Chat) -> None:
    """Until then it waits in the outbox; when the page comes, it goes out at once."""
    message = Message("m2", Author.AGENT, "Good morning")
    await chat.webchat.write(VISITOR, "Hello", "key-0001")
    with pytest.raises(UndeliverableError):
        await chat.webchat.deliver(VISITOR.conversation, message)
    await chat.answer("Good morning")
    assert (await chat.only()).delivered == {}
    async with aclosing(chat.webchat.follow(VISITOR, 0)) as following:
        await take(following, 5)
        assert (await chat.until(lambda state: bool(state.delivered))).delivered == {"m2": "m2"}
    assert chat.webchat.pages(VISITOR.conversation) == 0


async def test_the_agents_typing_reaches_the_customer(chat: Chat) -> None:
    """With the first name, after joining."""
    await chat.webchat.write(VISITOR, "Hello", "key-0001")
    await chat.answer("Good morning")
    async with aclosing(chat.webchat.follow(VISITOR, 4)) as following:
        await take(following, 2)
        chat.desk.casework.typing(ROBIN, VISITOR.conversation, True)
        assert await take(following, 1) == [AgentTyping(True, "Robin")]


async def test_the_customers_typing_reaches_the_desk_once_there_is_a_conversation(chat: Chat) -> None:
    """Before the first message there is nobody to tell."""
    with chat.desk.live.hub.listen() as listener:
        chat.webchat.typing(VISITOR, True)
        await chat.webchat.write(VISITOR, "Hello", "key-0001")
        chat.webchat.typing(VISITOR, True)
        async with asyncio.timeout(10):
            async for thing in listener:
                if not isinstance(thing, Event):
                    break
    assert thing == Signal(VISITOR.conversation, "customer", True)


async def test_a_page_that_does_not_keep_up_is_ended(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes back with the last number it saw, instead of holding ever more in memory."""
    monkeypatch.setattr("console.desk.channels.webchat.PAGE_BACKLOG", 3)
    async with aclosing(chat.webchat.follow(VISITOR, 0)) as following:
        await take(following, 1)
        for n in range(9):
            await chat.webchat.write(VISITOR, str(n), f"key-000{n}")
        async with asyncio.timeout(10):
            rest = [shown async for shown in following]
    assert 1 <= len(rest) <= 4


async def test_stopping_the_desk_ends_every_page(tmp_path: Path) -> None:
    """So that a server can stop although customers have the page open."""
    async with running(tmp_path / "desk") as chat:
        following = chat.webchat.follow(VISITOR, 0)
        await take(following, 1)
    async with asyncio.timeout(10):
        assert [shown async for shown in following] == []


async def test_a_conversation_outlives_the_server(tmp_path: Path) -> None:
    """The same visitor finds it again after a restart."""
    async with running(tmp_path / "desk") as chat:
        await chat.webchat.write(VISITOR, "Hello", "key-0001")
    async with running(tmp_path / "desk") as chat, aclosing(chat.webchat.follow(VISITOR, 0)) as following:
        (said,) = await take(following, 1)
        assert isinstance(said, Said)
        assert said.text == "Hello"


async def test_an_erased_conversation_does_not_go_on(tmp_path: Path) -> None:
    """The visitor is told apart from one who never wrote, so that the page can begin a new visit."""
    async with running(tmp_path / "desk") as chat:
        await chat.webchat.write(VISITOR, "Hello", "key-0001")
    log = open_log(tmp_path / "desk", tmp_path / "desk" / "keys")
    assert log.erase(VISITOR.customer.id)
    log.close()
    async with running(tmp_path / "desk") as chat:
        with pytest.raises(Erased):
            await chat.webchat.write(VISITOR, "Hello again", "key-0002")


async def test_a_conversation_of_another_channel_is_nobodys_here(chat: Chat) -> None:
    """Conversation ids of the web chat come from the visitor's own secret."""
    await chat.desk.intake.open(
        "replay", Customer("u-9"), conversation="c-replay", before=[Incoming(Author.CUSTOMER, "Psst")]
    )
    async with aclosing(chat.webchat.follow(VISITOR, 0)) as following:
        assert await take(following, 1) == [CaughtUp(0)]
    history = await chat.desk.live.history("c-replay")
    assert [type(e.data) for e in history] == [ConversationOpened, MessageAdded]
