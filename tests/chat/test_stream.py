"""The customer's stream over HTTP, from a real server."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from httpx_sse import ServerSentEvent, aconnect_sse

from console.server.chat.keeping import EndedVisits
from console.server.chat.routes import PAGES_AT_ONCE
from console.settings import WebChatSettings
from tests.chat.conftest import Chat, listening, running


@pytest_asyncio.fixture
async def client(chat: Chat) -> AsyncIterator[httpx.AsyncClient]:
    """A visitor who has written and was answered: four items."""
    async with listening(chat) as url, httpx.AsyncClient(base_url=url, headers={"Origin": url}) as client:
        await client.post("/chat/session", json={})
        (await client.post("/chat/messages", json={"text": "Hello", "key": "key-0001"})).raise_for_status()
        await chat.answer("Good morning")
        yield client


async def until_caught_up(events: AsyncIterator[ServerSentEvent]) -> list[ServerSentEvent]:
    """Return what a stream sends until it is live, without signs of life; it lasts as long as ``events`` is held."""
    found = []
    async with asyncio.timeout(10):
        async for event in events:
            found += [event] if event.event != "ping" else []
            if event.event == "caught-up":
                break
    return found


async def test_the_stream_holds_the_customers_items_and_nothing_else(chat: Chat, client: httpx.AsyncClient) -> None:
    """Field by field; the conversation's id and the agent's are not among them."""
    async with aconnect_sse(client, "GET", "/chat/events") as source:
        events = await until_caught_up(source.aiter_sse())
    items: list[dict[str, Any]] = [json.loads(e.data) for e in events if e.event == "item"]
    assert [e.id for e in events if e.event == "item"] == ["1", "2", "3", "4"]
    assert [set(item) for item in items] == [
        {"number", "speaker", "text", "at", "name", "key", "files"},
        {"number", "notice", "text", "at", "name", "asks"},
        {"number", "notice", "text", "at", "name", "asks"},
        {"number", "speaker", "text", "at", "name", "key", "files"},
    ]
    sent = "".join(e.data for e in events)
    conversation = await chat.only()
    assert not [word for word in (conversation.id, "robin", "Ashdale", "web chat", "tier") if word in sent]


async def test_a_stream_shows_nothing_more_once_another_server_was_told_that_the_visit_is_over(
    chat: Chat, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its cookie may have been copied: what an agent says from then on is not for whoever has it."""
    over: list[str] = []
    monkeypatch.setattr(EndedVisits, "__contains__", lambda _, __: bool(over))
    async with aconnect_sse(client, "GET", "/chat/events") as source, asyncio.timeout(10):
        events = source.aiter_sse()
        await until_caught_up(events)
        over.append("the visit")
        await chat.answer("Your parcel is here", "answer-2")
        assert [event.data async for event in events if event.event != "ping"] == []


async def test_a_stream_resumes_after_the_last_event_id(client: httpx.AsyncClient) -> None:
    """As a browser's EventSource does by itself."""
    async with aconnect_sse(client, "GET", "/chat/events", headers={"Last-Event-ID": "3"}) as source:
        events = await until_caught_up(source.aiter_sse())
    assert [(e.event, e.id) for e in events] == [("item", "4"), ("seen", "4"), ("caught-up", "4")]


async def test_a_last_event_id_that_is_no_number_is_refused(client: httpx.AsyncClient) -> None:
    """In one line."""
    for wrong in ("-1", "x", "9" * 30):
        answer = await client.get("/chat/events", headers={"Last-Event-ID": wrong})
        assert answer.status_code == 422


async def test_a_visitor_has_only_so_many_streams(client: httpx.AsyncClient) -> None:
    """So that one browser cannot take all connections; a closed one makes room."""
    async with asyncio.timeout(20):
        async with AsyncExitStack() as streams:
            held = []
            for _ in range(PAGES_AT_ONCE):
                source = await streams.enter_async_context(aconnect_sse(client, "GET", "/chat/events"))
                held.append(source.aiter_sse())
                await until_caught_up(held[-1])
            answer = await client.get("/chat/events")
            assert (answer.status_code, answer.json()["error"]["code"]) == (429, "pages")
        status = 429
        while status == 429:  # the server notices in its own time that they are gone
            async with aconnect_sse(client, "GET", "/chat/events") as source:
                status = source.response.status_code
    assert status == 200


async def test_one_address_has_only_so_many_pages_open(tmp_path: Path) -> None:
    """A page that is closed makes room for another."""
    settings = WebChatSettings(streams_per_address=1)
    async with (
        asyncio.timeout(20),
        running(tmp_path / "desk", settings) as chat,
        listening(chat) as url,
        httpx.AsyncClient(base_url=url, headers={"Origin": url}) as client,
    ):
        await client.post("/chat/session", json={})
        async with aconnect_sse(client, "GET", "/chat/events") as source:
            held = source.aiter_sse()
            await until_caught_up(held)
            answer = await client.get("/chat/events")
            assert (answer.status_code, answer.json()["error"]["code"]) == (429, "crowded")
        status = 429
        while status == 429:  # the server notices in its own time that it is gone
            async with aconnect_sse(client, "GET", "/chat/events") as source:
                status = source.response.status_code
    assert status == 200
