"""A customer in a browser, an agent at the console, a lead beside them: the whole way, with nothing pretended."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

from console.commands.attach import WorkspaceDesk
from console.conversation import commands as c
from console.conversation.assistance import Decision
from console.terminal.app import ConsoleApp
from console.terminal.client import HttpDesk
from console.terminal.screens.packet import PacketScreen
from console.workspace import Workspace
from tests.chat.test_page import CHROMIUM, FLAGS

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: sh tests/install-system.sh installs it")

LOST = "hello, my parcel LF-88213 has not moved for nine days and it is two weeks late. where is it?"
PATIENCE = 240.0
"""Seconds that a machine with two busy cores may take until model and index are there."""


@asynccontextmanager
async def customer(url: str) -> AsyncIterator[Page]:
    """A customer's browser with the chat page open."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await browser.new_page(viewport={"width": 360, "height": 740}, locale="en-GB")
        await page.goto(f"{url}/chat")
        await expect(page.locator("#log")).to_have_attribute("aria-busy", "false")
        yield page
        await browser.close()


async def writes(page: Page, text: str) -> None:
    """Type a message and send it with Enter."""
    await page.fill("#text", text)
    await page.press("#text", "Enter")


async def until(pause: Callable[[], Awaitable[object]], holds: Callable[[], object], what: str) -> None:
    """Let things happen until ``holds`` is true."""
    end = asyncio.get_running_loop().time() + PATIENCE
    while not holds():
        assert asyncio.get_running_loop().time() < end, f"{what} did not come about in {PATIENCE:.0f} s"
        await pause()


async def test_a_customer_in_a_browser_is_answered_from_a_suggestion_at_the_console(
    robins: WorkspaceDesk, tmp_path: Path
) -> None:
    """Typed in Chromium, read in the console, answered with Alt+1 and Ctrl+S, read in Chromium."""
    url, _ = await asyncio.to_thread(robins.attach)
    app = ConsoleApp(robins, config_folder=tmp_path / "settings")
    async with customer(url) as page, app.run_test(size=(160, 50)) as pilot:
        state = app.controller.state

        async def pause() -> None:
            await pilot.pause(0.02)

        await writes(page, LOST)
        await until(pause, lambda: any(row.last for row in state.rows.values()), "the customer's message in the inbox")
        await pilot.press("alt+w")
        await until(pause, lambda: app.controller.conversation, "the conversation on the screen")
        await until(pause, lambda: app.controller.shelf.shown, "suggested replies")
        suggestion = app.controller.shelf.shown[0]
        assert suggestion.sources
        await until(pause, lambda: isinstance(app.screen, PacketScreen), "the hand-over on the screen")
        await pilot.press("escape")
        await pilot.press("alt+1")
        await pilot.press("ctrl+s")
        await expect(page.locator("#log")).to_contain_text(suggestion.text, timeout=20_000)
        await expect(page.locator("#log")).to_contain_text("Robin")
        conversation = app.controller.conversation
        assert conversation is not None
        await until(pause, lambda: suggestion.id in conversation.decisions, "the decision in the log")
        assert conversation.decisions[suggestion.id] is Decision.ACCEPTED
        await until(pause, lambda: conversation.delivered, "the delivery in the log")


@pytest.mark.slow
async def test_a_blocked_text_reaches_the_customer_only_once_a_lead_has_approved_it(
    workspace: Workspace, robins: WorkspaceDesk
) -> None:
    """Robin may not refund 250 pounds; Marta lets exactly this text go out."""
    url, token = await asyncio.to_thread(robins.attach)
    martas = WorkspaceDesk(workspace, role="lead", name="Marta Quill")
    robin, marta = HttpDesk(url, token), HttpDesk(*await asyncio.to_thread(martas.attach))
    promise = "I will refund you £250 today."
    async with customer(url) as page:
        await writes(page, LOST)
        rows: tuple[object, ...] = ()
        async with asyncio.timeout(PATIENCE), robin.events(0) as stream:
            async for _ in stream:
                rows = (await robin.inbox()).rows
                if rows:
                    break
        name = (await robin.inbox()).rows[0].id
        await robin.claim(name)
        stopped = await robin.send(name, c.SendMessage(promise, "key-1"))
        assert not stopped.sent
        assert [flag.policy for flag in stopped.flags] == ["refund-over-limit"]
        asked = await robin.ask_approval(name, c.RequestApproval(promise, "lost parcel of £240, customer since 2021"))
        assert not (await robin.send(name, c.SendMessage(promise, "key-2", approval=asked.approval))).sent
        await marta.decide_approval(name, asked.approval, c.DecideApproval(approved=True, reason="fine"))
        other = await robin.send(name, c.SendMessage("I will refund you £300 today.", "key-3", approval=asked.approval))
        assert not other.sent
        assert (await robin.send(name, c.SendMessage(promise, "key-4", approval=asked.approval))).sent
        await expect(page.locator("#log")).to_contain_text(promise, timeout=20_000)
        await expect(page.locator("#log")).not_to_contain_text("£300")
    await robin.close()
    await marta.close()
