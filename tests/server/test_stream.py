"""Live events over a real connection: none missed, none twice, and an end when the server stops."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from httpx_sse import ServerSentEvent, aconnect_sse

from console.conversation.events import event_from_json
from console.conversation.people import Role
from tests.desks import ROBIN, arrive, until, writes
from tests.server.conftest import Served


@asynccontextmanager
async def stream(
    served: Served, url: str, last: int | None = None, query: str = ""
) -> AsyncIterator[AsyncIterator[ServerSentEvent]]:
    """Follow the events as a client does."""
    headers = {"Authorization": f"Bearer {served.tokens[Role.AGENT]}"}
    if last is not None:
        headers["Last-Event-ID"] = str(last)
    async with (
        httpx.AsyncClient(timeout=10) as client,
        aconnect_sse(client, "GET", f"{url}/v1/events{query}", headers=headers) as source,
    ):
        source.response.raise_for_status()
        yield source.aiter_sse()


async def test_a_client_that_comes_back_misses_nothing_and_sees_nothing_twice(served: Served) -> None:
    """While two hundred events are written, and the connection breaks again and again."""
    desk = served.desk
    await arrive(desk, "c1", "hi")
    first = desk.live.seq

    async def write() -> None:
        for number in range(200):
            await writes(desk, f"message {number}")

    async with served.listening() as url:
        writing = asyncio.create_task(write())
        seen: list[int] = []
        for most in (1, 30, 7, 500):
            async with stream(served, url, seen[-1] if seen else first) as events:
                taken = 0
                async for event in events:
                    seen.append(int(event.id))
                    taken += 1
                    if taken == most or len(seen) == 200:
                        break
        await writing
    assert seen == list(range(first + 1, first + 201))


async def test_events_arrive_as_they_stand_in_the_log(served: Served) -> None:
    """Kind, number and data; the query's number does as well as the header's."""
    await arrive(served.desk, "c1", "hi [b]\u2028 <x>")
    history = await served.desk.live.history()
    async with served.listening() as url, stream(served, url, query="?after=1") as events:
        heard = []
        async for event in events:
            heard.append(event)
            if len(heard) == len(history) - 1:
                break
    assert [event_from_json(json.loads(e.data)) for e in heard] == history[1:]
    assert [e.event for e in heard] == [e.kind for e in history[1:]]


async def test_without_a_number_the_stream_begins_now(served: Served) -> None:
    """And carries who types, without a number of its own."""
    await arrive(served.desk, "c1", "before")
    hub = served.desk.live.hub
    async with served.listening() as url, stream(served, url) as events:
        await until(lambda: len(hub._listeners) == 1)
        served.desk.intake.typing("c1", active=True)
        served.desk.casework.typing(ROBIN, "c1", active=False)
        await writes(served.desk, "after")
        customer, agent, event = [await anext(events) for _ in range(3)]  # type: ignore[call-overload]
    assert [e.event for e in (customer, agent, event)] == ["typing", "typing", "message-added"]
    assert json.loads(customer.data) == {"conversation": "c1", "who": "customer", "active": True}
    assert json.loads(agent.data) == {"conversation": "c1", "who": "agent:robin", "active": False}
    assert customer.id == ""
    assert json.loads(event.data)["data"]["text"] == "after"


async def test_streams_end_when_the_server_stops(served: Served) -> None:
    """At once, not after a grace period; and a client that is gone is forgotten."""
    async with served.listening() as url:
        async with stream(served, url):
            await until(lambda: len(served.desk.live.hub._listeners) == 1)
        await until(lambda: len(served.desk.live.hub._listeners) == 0)
        async with stream(served, url, 0) as events:
            await until(lambda: len(served.desk.live.hub._listeners) == 1)
            served.desk.live.hub.close()
            assert [event.event async for event in events] == ["leaving"]  # when to come back


@pytest.mark.parametrize("last", ["-1", "x", "1.5"])
async def test_a_number_that_is_none_is_refused(served: Served, last: str) -> None:
    """With one line."""
    async with served.client() as client:
        answer = await client.get("/v1/events", headers={"Last-Event-ID": last})
    assert answer.status_code == 422
    assert "last-event-id" in answer.json()["error"]["message"]
