"""An agent in Chromium answers a customer through the web server and a real desk; nothing pretended."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import web
from playwright.async_api import Browser, Page, WebSocket, async_playwright, expect

from console.accounts import Accounts
from console.accounts.database import sqlite_engine
from console.commands.attach import WorkspaceDesk
from console.commands.web import build_web
from console.conversation.people import Role
from console.web.place import place_of
from console.web_settings import WebSettings
from console.workspace import Workspace
from tests.chat.test_page import CHROMIUM, FLAGS
from tests.desks import until
from tests.end_to_end.test_bot import PATIENCE
from tests.end_to_end.test_first_contact import LOST, customer, writes
from tests.end_to_end.test_first_contact import pytestmark as needs_chromium

pytestmark = needs_chromium
ANSWER = "I have read all that you wrote, and I am looking at your order."


@dataclass
class Seat:
    """An agent's browser, and the text that was painted in it."""

    page: Page
    painted: str = ""

    def listen(self, line: WebSocket) -> None:
        """Read what comes over the websocket; the terminal itself is a picture."""
        line.on("framereceived", self._take)

    def _take(self, frame: bytes | str) -> None:
        if isinstance(frame, bytes):
            self.painted += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", frame.decode("utf-8", "replace"))

    async def shows(self, text: str) -> None:
        """Wait until a text was painted, from now on or before."""
        try:
            await until(lambda: text in self.painted, PATIENCE)
        except TimeoutError as error:
            found = " ".join(self.painted.split())[-1500:]
            raise AssertionError(f"{text!r} was not painted; {found!r} was") from error
        self.painted = ""


@asynccontextmanager
async def browsing(desk: str) -> AsyncIterator[tuple[Browser, str]]:
    """A browser, and the address of a web server before this desk."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        place = place_of("127.0.0.1", listener.getsockname()[1], "")

        async def where() -> str:
            return desk

        runner = web.AppRunner(await build_web(WebSettings(), place, where).make_app(), access_log=None)
        await runner.setup()
        await web.SockSite(runner, listener).start()
        try:
            async with async_playwright() as playwright:
                yield await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS), place.url
        finally:
            await runner.cleanup()


@asynccontextmanager
async def agent(desk: str, token: str) -> AsyncIterator[Seat]:
    """An agent's browser, signed in with a token, on a web server before this desk."""
    async with browsing(desk) as (browser, url):
        seat = Seat(await browser.new_page(viewport={"width": 1280, "height": 800}))
        seat.page.on("websocket", seat.listen)
        await seat.page.goto(url)
        await seat.page.click("summary")
        await seat.page.fill("#token", token)
        await seat.page.press("#token", "Enter")
        yield seat


async def test_an_agent_in_a_browser_answers_and_a_lost_line_loses_no_draft(
    workspace: Workspace, robins: WorkspaceDesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Taken with Alt+W, written, interrupted, sent with Ctrl+S, read by the customer."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    url, _ = await asyncio.to_thread(robins.attach)
    accounts = Accounts(sqlite_engine(workspace.accounts))
    token, _ = accounts.keep(Role.AGENT, "Robin Ashdale")
    accounts.close()
    async with customer(url) as theirs, agent(url, token) as seat:
        page = seat.page
        await writes(theirs, LOST)
        await seat.shows("1 waiting")
        await page.keyboard.press("Alt+w")
        await seat.shows("Hand-over ·")
        await page.keyboard.press("Escape")
        await seat.shows("F1 help")
        await page.keyboard.press("Alt+j")
        await page.keyboard.type(ANSWER[:30])
        await seat.shows(ANSWER[25:30].strip())
        await page.context.set_offline(True)
        await expect(page.locator("#line")).to_contain_text("The connection is lost", timeout=20_000)
        await page.context.set_offline(False)
        await expect(page.locator("#line")).to_contain_text("The connection is back.", timeout=20_000)
        await page.keyboard.type(ANSWER[30:])
        await page.keyboard.press("Control+s")
        await expect(theirs.locator("#log")).to_contain_text(ANSWER, timeout=20_000)
