"""Two servers, one database: a lead in a browser and an agent in a terminal work one queue, and answer a customer.

Nothing is pretended: Chromium for the customer and the lead, ``secondchair web`` for her, a terminal for the agent,
each on the server that the other does not use.
"""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from playwright.async_api import async_playwright, expect

from console.conversation.people import Role
from tests.chat.test_page import CHROMIUM, FLAGS
from tests.commands.running import wait_until
from tests.end_to_end.test_console_in_browser import Seat
from tests.end_to_end.test_first_contact import LOST, PATIENCE, customer, writes
from tests.end_to_end.test_first_contact import pytestmark as needs_chromium
from tests.faults.team import Team, free_port
from tests.faults.terminals import Terminal

pytestmark = [needs_chromium, pytest.mark.slow]

ANSWER = "I have read all that you wrote, and I am looking at your order."
THANKS = "thank you so much"


@asynccontextmanager
async def in_browser(desk: str, token: str) -> AsyncIterator[Seat]:
    """Somebody's browser, signed in at a web server of its own process before this desk server."""
    port = free_port()
    web = _web(desk, port)
    try:
        await asyncio.to_thread(wait_until, lambda: _answers(port), PATIENCE)
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            seat = Seat(await browser.new_page(viewport={"width": 1280, "height": 800}))
            seat.page.on("websocket", seat.listen)
            await seat.page.goto(f"http://127.0.0.1:{port}")
            await seat.page.click("summary")
            await seat.page.fill("#token", token)
            await seat.page.press("#token", "Enter")
            yield seat
            await browser.close()
    finally:
        web.terminate()
        web.wait(20)


def _web(desk: str, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "console", "web", "--server", desk, "--host", "127.0.0.1", "--port", str(port)]
    return subprocess.Popen(command, env=dict(os.environ), stderr=subprocess.DEVNULL)


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/", timeout=5).status_code < 500
    except httpx.TransportError:
        return False


async def test_a_browser_and_a_terminal_on_two_servers_share_one_queue(tmp_path: Path) -> None:
    """Both see the customer wait; the agent claims, which the lead sees; the answer reaches the customer."""
    with Team(tmp_path / "team", demo=False) as team:
        for member in team.members:
            member.wait(assists=True)
        one, two = team.urls
        sam = Terminal(two, team.token("Sam Oldfield"), tmp_path / "sam")
        try:
            async with customer(one) as theirs, in_browser(one, team.token("Marta Quill", Role.LEAD)) as marta:
                await writes(theirs, LOST)
                await marta.shows("1 waiting")
                await marta.page.keyboard.press("F2")  # her window is too narrow for all parts at once
                await sam.shows("Visitor", PATIENCE)
                sam.press("\x1bw")
                await marta.shows("With others")
                await sam.shows("Hand-over ·", PATIENCE)
                await sam.shows("F1 help", PATIENCE)  # behind the packet, all of which is painted by then
                sam.press("\x1b")
                await sam.shows("F1 help", PATIENCE)
                sam.press("\x1bj")
                sam.press(ANSWER)
                await sam.shows("at your order.", PATIENCE)
                sam.press("\x13")
                await sam.shows("Answered.", PATIENCE)
                await expect(theirs.locator("#log")).to_contain_text(ANSWER, timeout=30_000)
                await expect(theirs.locator("#log")).to_contain_text("Sam")
                await writes(theirs, THANKS)
                await sam.shows(THANKS, PATIENCE)
        finally:
            sam.kill()
        said = [text for _, text in team.said()]
        assert [said.count(text) for text in (LOST, ANSWER, THANKS)] == [1, 1, 1]
        team.verify()
