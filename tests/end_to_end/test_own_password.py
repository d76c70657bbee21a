"""A person signs in in Chromium, changes their password in the console there, and signs in with the new one.

The web server, the desk server and its accounts are real ones, and so is the console, a process of its own.
"""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from aiohttp import web
from playwright.async_api import Browser, Page, async_playwright, expect

from console.accounts.administration import Administration
from console.commands.web import build_web
from console.conversation.people import Role
from console.web.place import place_of
from console.web_settings import WebSettings
from tests.accounts.making import PASSWORD
from tests.chat.test_page import CHROMIUM, FLAGS
from tests.end_to_end.test_console_in_browser import Seat
from tests.end_to_end.test_first_contact import pytestmark as needs_chromium
from tests.server.conftest import Served, served

__all__ = ["served"]

pytestmark = [needs_chromium, pytest.mark.slow]

NAME, NEW = "Robin Ashdale", "another few plain words"


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


async def sits_down(browser: Browser, url: str, password: str) -> Seat:
    """Sign in in a browser of one's own, as far as that goes."""
    page: Page = await (await browser.new_context(viewport={"width": 1280, "height": 800})).new_page()
    seat = Seat(page)
    page.on("websocket", seat.listen)
    await page.goto(url)
    await page.fill("#name", NAME)
    await page.fill("#password", password)
    await page.press("#password", "Enter")
    return seat


@pytest.mark.slow
async def test_a_password_is_changed_in_the_browser_and_is_the_one_to_sign_in_with(
    served: Served, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Chosen in the palette, typed unseen; this tab goes on, what else Robin had ends, the old one lets nobody in."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    Administration(served.accounts, served.app.state.passwords).add(NAME, [Role.AGENT], [], PASSWORD)
    async with (
        served.listening() as desk,
        httpx.AsyncClient(base_url=desk, timeout=20) as elsewhere,
        browsing(desk) as (browser, url),
    ):
        begun = await elsewhere.post("/v1/sign-in", json={"name": NAME, "password": PASSWORD})
        elsewhere.headers["Authorization"] = f"Bearer {begun.json()['token']}"
        assert (await elsewhere.get("/v1/me")).status_code == 200
        seat = await sits_down(browser, url, PASSWORD)
        await seat.shows("F1 help")
        keyboard = seat.page.keyboard
        await keyboard.press("Control+p")
        await keyboard.type("your password")
        await seat.shows("Where you sign in with one")
        await keyboard.press("Enter")
        await seat.shows("The new one once more")
        for typed in (PASSWORD, NEW, NEW):
            await keyboard.type(typed)
            await keyboard.press("Enter")
        await seat.shows("Your password is changed")
        assert (await elsewhere.get("/v1/me")).status_code == 401
        refused = await sits_down(browser, url, PASSWORD)
        await expect(refused.page.locator(".trouble")).to_contain_text("The name or the password is wrong.")
        again = await sits_down(browser, url, NEW)
        await again.shows("F1 help")
        await keyboard.press("F1")  # the tab in which it was changed
        await seat.shows("You lead the conversation")
