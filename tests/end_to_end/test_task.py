"""A customer on the demo's web chat whom the bot asks for an agent; everything over HTTP."""

import asyncio
import json

import httpx
import pytest
from httpx_sse import aconnect_sse

from console.commands.attach import WorkspaceDesk
from console.conversation.message import Author
from console.conversation.task_commands import DelegateTask
from console.terminal.client import HttpDesk
from tests.end_to_end.test_bot import PATIENCE, once, ready


async def read(browser: httpx.AsyncClient) -> list[tuple[str, str]]:
    """Return what the customer's page holds: who says what."""
    items: list[tuple[str, str]] = []
    async with aconnect_sse(browser, "GET", "/chat/events") as source, asyncio.timeout(PATIENCE):
        async for event in source.aiter_sse():
            if event.event == "item" and "speaker" in (item := json.loads(event.data)):
                items.append((item["speaker"], item["text"]))
            if event.event == "caught-up":
                break
    return items


@pytest.mark.slow
async def test_the_bot_gets_an_order_number_for_robin_before_the_customers_eyes(robins: WorkspaceDesk) -> None:
    url, token = await asyncio.to_thread(robins.attach)
    await ready(url)
    robin = HttpDesk(url, token)
    async with httpx.AsyncClient(base_url=url, headers={"Origin": url}) as browser:
        await browser.post("/chat/session", json={})
        await browser.post("/chat/messages", json={"text": "my parcel never came", "key": "key-0001"})
        state = await once(robin, lambda s: s.routing is not None and s.routing.intent == "lost-parcel")
        await robin.claim(state.id)
        slots = [fact.slot for fact in (await robin.task_offer(state.id)).facts]
        assert "order.number" in slots
        await robin.delegate_task(state.id, DelegateTask(("order.number",)))
        await once(robin, lambda s: s.messages[-1].role is Author.BOT)
        assert (await read(browser))[-1][0] == "bot"
        assert (await read(browser))[-1][1].startswith("I'm Robin's automated assistant. While Robin looks into this")
        await browser.post("/chat/messages", json={"text": "sure, LF-88213", "key": "key-0002"})
        await once(robin, lambda s: s.tasks.running is None and len(s.messages) == 4)
        assert (await read(browser))[-1] == ("bot", "Thank you, I have the order number. Robin goes on now.")
        assert (await robin.inbox()).rows[0].task_back == "all is there"
    await robin.close()
