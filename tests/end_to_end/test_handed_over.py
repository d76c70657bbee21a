"""A customer is helped by the bot, gets cross, and is handed to a person with all that is known; nothing pretended.

Once in a browser on the web chat, once on a Matrix homeserver; the agent sits at the console.
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import expect
from textual.pilot import Pilot

from console.commands.attach import WorkspaceDesk
from console.conversation.assistance import Decision
from console.conversation.events import Event
from console.conversation.message import Author, Status
from console.conversation.packet_events import PacketPrepared
from console.conversation.people import Identity
from console.conversation.state import Conversation
from console.demo.order_system import postcode_of
from console.desk.channels.transition import NEXT
from console.terminal.app import ConsoleApp
from console.terminal.client import HttpDesk
from console.terminal.screens.packet import PacketLines, PacketScreen
from console.workspace import Workspace
from tests.channels.synapse import Synapse
from tests.end_to_end.test_bot import PATIENCE, ready
from tests.end_to_end.test_first_contact import customer, until, writes
from tests.end_to_end.test_first_contact import pytestmark as needs_chromium

ASKED = "where is my order?"
GAVE = f"LF-88213, {postcode_of('dana-kovel')}"
CROSS = "this is useless, three weeks now and all you tell me is in transit"
TOLD = "Order LF-88213 (Fellwalker boots, size 43) is in transit with Northpost"
SORRY = "I'm sorry this has not gone as it should have. I'm bringing in a colleague."
WITHIN_MS = 2_000.0
"""Milliseconds from a hand-over to its packet, while other tests take the processors; the bench measures the 200."""

Says = Callable[[str], Awaitable[None]]
Reads = Callable[[str], Awaitable[None]]


@pytest.fixture
def bot_opens(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """New conversations come to the bot; ``workspace`` says otherwise for the other tests."""
    monkeypatch.setenv("SECONDCHAIR_BOT__OPENS", "true")


async def helped_then_cross(says: Says, reads: Reads) -> None:
    """Ask what the bot can do, be told, get cross, and read that a person comes."""
    await says(ASKED)
    await reads("Which postcode did it go to?")
    await says(GAVE)
    await reads(TOLD)
    await says(CROSS)
    await reads(SORRY)
    await reads(NEXT)


async def taken_with_its_packet(app: ConsoleApp, pilot: Pilot[None]) -> Conversation:
    """Take the conversation from the queue, read the packet that comes by itself, and send its first sentence."""

    async def pause() -> None:
        await pilot.pause(0.02)

    rows = app.controller.state.rows
    await until(pause, lambda: any(r.status is Status.WAITING for r in rows.values()), "a conversation that waits")
    await pilot.press("alt+w")
    await until(
        pause,
        lambda: isinstance(app.screen, PacketScreen) and any(lines.rows for lines in app.screen.query(PacketLines)),
        "the packet on the screen",
    )
    lines = app.screen.query_one(PacketLines)
    read = " ".join(" ".join(row.face.plain.split()) for row in lines.rows)
    conversation = app.controller.conversation
    assert conversation is not None
    assert conversation.packet is not None
    opening = conversation.packet.opening
    assert opening is not None
    for part in (
        "Why angry, and getting worse (“useless”)",
        f"Issue {ASKED}",
        f"Tried bot: {TOLD}",
        f"→ “{CROSS}”",
        "Order number LF-88213 (Fellwalker boots, size 43",
        "identity matched",
        "getting worse · risk high",
        f"Say first {opening.text}",
    ):
        assert part in read
    assert "LF-88213" in opening.text
    await pilot.press("alt+1")
    await until(pause, lambda: app.screen is app.main, "the packet closed")
    await pilot.press("ctrl+s")
    await until(pause, lambda: opening.id in conversation.decisions, "the decision in the log")
    await until(pause, lambda: conversation.delivered, "the delivery in the log")
    assert conversation.decisions[opening.id] is Decision.ACCEPTED
    return conversation


def nothing_asked_twice(conversation: Conversation) -> None:
    """The number was asked for once, by the bot; what the bot told rests on what it looked up."""
    asked = [m for m in conversation.messages if m.role is not Author.CUSTOMER and "number of an order" in m.text]
    assert len(asked) == 1
    assert conversation.identity is Identity.MATCHED
    told = next(m for m in conversation.messages if m.role is Author.BOT and TOLD in m.text)
    assert conversation.bot.cited[told.id]


async def packet_in_time(desk: HttpDesk, conversation: str) -> None:
    """The log itself says how soon the packet was there."""
    async with asyncio.timeout(PATIENCE), desk.events(0) as stream:
        async for item in stream:
            if isinstance(item, Event) and item.conversation == conversation and isinstance(item.data, PacketPrepared):
                assert item.data.ms <= WITHIN_MS
                break
    await desk.close()


@needs_chromium
async def test_in_a_browser(bot_opens: None, robins: WorkspaceDesk, tmp_path: Path) -> None:
    """The customer types in Chromium, the agent presses Alt+W, Alt+1 and Ctrl+S."""
    url, token = await asyncio.to_thread(robins.attach)
    await ready(url)
    app = ConsoleApp(robins, config_folder=tmp_path / "settings")
    async with customer(url) as page, app.run_test(size=(160, 50)) as pilot:

        async def says(text: str) -> None:
            await writes(page, text)

        async def reads(text: str) -> None:
            await expect(page.locator("#log")).to_contain_text(text, timeout=PATIENCE * 1000)

        await helped_then_cross(says, reads)
        conversation = await taken_with_its_packet(app, pilot)
        assert conversation.packet is not None
        await reads("Robin has joined the chat.")
        await reads("you need not repeat anything")
        nothing_asked_twice(conversation)
        assert (await page.locator("#log").inner_text()).count(NEXT) == 1
    await packet_in_time(HttpDesk(url, token), conversation.id)


@pytest.mark.slow
async def test_on_matrix(
    bot_opens: None, synapse: Synapse, robins: WorkspaceDesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The customer writes in a room of a real homeserver."""
    user, dana = synapse.member("desk"), synapse.member("dana", "Dana Kovel")
    monkeypatch.setenv("SECONDCHAIR_MATRIX__ADDRESS", synapse.address)
    monkeypatch.setenv("SECONDCHAIR_MATRIX__TOKEN", user.token)
    url, token = await asyncio.to_thread(robins.attach)
    await ready(url)
    app = ConsoleApp(robins, config_folder=tmp_path / "settings")
    async with app.run_test(size=(160, 50)) as pilot:
        room = await asyncio.to_thread(dana.invite, user)

        async def pause() -> None:
            await pilot.pause(0.1)

        async def says(text: str) -> None:
            await asyncio.to_thread(dana.write, room, text)

        async def seen() -> list[str]:
            pages = [await asyncio.to_thread(dana.seen, room, kind) for kind in ("m.text", "m.notice")]
            return [text for sender, text in (*pages[0], *pages[1]) if sender == user.user]

        async def reads(text: str) -> None:
            async with asyncio.timeout(PATIENCE):
                while not any(text in one for one in await seen()):
                    await pause()

        await helped_then_cross(says, reads)
        conversation = await taken_with_its_packet(app, pilot)
        await reads("Robin has joined the chat.")
        await reads("you need not repeat anything")
        nothing_asked_twice(conversation)
        texts = await seen()
        assert len(texts) == len(set(texts)) == 6  # three of the bot, two notices, the agent's
    await packet_in_time(HttpDesk(url, token), conversation.id)
