"""A person signs in in Chromium, changes their password in the console there, and signs in with the new one.

The web server, the desk server and its accounts are real ones, and so is the console, a process of its own.
"""

from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from console.accounts.administration import Administration
from console.conversation.people import Role
from tests.accounts.making import PASSWORD
from tests.end_to_end.test_console_in_browser import Seat, browsing
from tests.end_to_end.test_first_contact import pytestmark as needs_chromium
from tests.server.conftest import Served, served

__all__ = ["served"]

pytestmark = needs_chromium

NAME, NEW = "Robin Ashdale", "another few plain words"


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
