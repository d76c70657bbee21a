"""A customer on the demo's web chat, helped by the bot and then handed to people; everything over HTTP."""

import asyncio
from collections.abc import Callable

import httpx
import pytest

from console.commands.attach import WorkspaceDesk
from console.conversation.message import Author, Status
from console.conversation.people import Identity
from console.conversation.state import Conversation
from console.demo.order_system import postcode_of
from console.terminal.client import HttpDesk
from tests.desks import until

PATIENCE = 240.0
"""Seconds that a machine with two busy cores may take until model and index are there."""


async def ready(url: str) -> None:
    """Wait until the desk has its engine, and so its bot."""
    async with httpx.AsyncClient() as http:

        async def has() -> bool:
            return bool((await http.get(f"{url}/ready")).json()["ready"])

        await until(has, PATIENCE)


async def once(desk: HttpDesk, holds: Callable[[Conversation], bool]) -> Conversation:
    """Return the one conversation once something is so."""
    found: list[Conversation] = []

    async def seen() -> bool:
        rows = (await desk.inbox()).rows
        if rows and holds(state := (await desk.conversation(rows[0].id)).conversation):
            found.append(state)
        return bool(found)

    await until(seen, PATIENCE)
    return found[0]


async def answered(desk: HttpDesk, count: int) -> Conversation:
    """Return the one conversation once the bot has said so much."""
    return await once(desk, lambda state: sum(m.role is Author.BOT for m in state.messages) >= count)


async def test_a_customer_is_matched_told_and_handed_over(
    robins: WorkspaceDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECONDCHAIR_BOT__OPENS", "true")
    url, token = await asyncio.to_thread(robins.attach)
    await ready(url)
    robin = HttpDesk(url, token)
    async with httpx.AsyncClient(base_url=url, headers={"Origin": url}) as browser:

        async def writes(text: str, key: str) -> None:
            assert (await browser.post("/chat/messages", json={"text": text, "key": key})).status_code == 204

        await browser.post("/chat/session", json={})
        await writes("where is my order?", "key-0001")
        assert "automated assistant" in (await answered(robin, 1)).messages[-1].text
        await writes(f"LF-88213, {postcode_of('dana-kovel')}", "key-0002")
        state = await answered(robin, 2)
        assert (state.identity, state.customer.id) == (Identity.MATCHED, "dana-kovel")
        assert "Order LF-88213 (Fellwalker boots, size 43) is in transit" in state.messages[-1].text
        await writes("this is no use at all, get me a person", "key-0003")
        state = await answered(robin, 3)
        assert state.status is Status.WAITING
        assert state.handover
    await robin.close()
