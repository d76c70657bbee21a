"""The page in a real browser: what it shows of its line, which keys it keeps, and that it asks nobody else."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, Request, async_playwright, expect

from tests.chat.test_page import CHROMIUM, FLAGS
from tests.desks import until
from tests.web.conftest import Site, serving
from tests.web.desk_double import PASSWORD, DeskDouble, listening

pytestmark = [
    pytest.mark.slow,  # tests/end_to_end has the short form
    pytest.mark.asyncio(loop_scope="module"),  # one browser serves all tests here
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: sh tests/install-system.sh installs it"),
]
PATIENCE = 60_000


@dataclass
class Window:
    """A browser with the console's page, all that was suspicious in it, and the keys that reached the console."""

    site: Site
    page: Page
    trouble: list[str] = field(default_factory=list)

    async def sign_in(self, password: str = PASSWORD) -> None:
        """Fill in the form."""
        await self.page.goto(self.site.url)
        await self.page.fill("#name", "robin")
        await self.page.fill("#password", password)
        await self.page.press("#password", "Enter")

    async def stands(self) -> None:
        """Wait until the console is painted."""
        await expect(self.page.locator("body.-playing.-first-byte:not(.-lost)")).to_be_attached(timeout=PATIENCE)

    async def line(self, text: str) -> None:
        """Wait until the line says this."""
        await expect(self.page.locator("#line")).to_contain_text(text, timeout=PATIENCE)

    def keys(self) -> list[bytes]:
        """Return a list that all further keys of the one console come into."""
        (place,) = self.site.server._consoles._places.values()
        pressed: list[bytes] = []

        async def take(data: bytes) -> bool:
            pressed.append(data)
            return True

        place.process.send_bytes = take  # type: ignore[method-assign]
        return pressed

    def watch(self) -> None:
        """Note errors, broken policies, and requests to anywhere else."""
        self.page.on("console", lambda m: self.trouble.append(m.text) if m.type in {"error", "warning"} else None)
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("request", self._foreign)
        self.page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.accept()))

    def _foreign(self, request: Request) -> None:
        if not request.url.startswith((self.site.url, "data:")):
            self.trouble.append(f"request to {request.url}")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    """A browser without anything in it."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def desk() -> AsyncIterator[DeskDouble]:
    """A double of the desk."""
    async with listening() as double:
        yield double


@pytest_asyncio.fixture(loop_scope="module")
async def site(desk: DeskDouble) -> AsyncIterator[Site]:
    """A web server on this machine alone."""
    async with serving(desk) as site:
        yield site


@pytest_asyncio.fixture(loop_scope="module")
async def context(chromium: Browser) -> AsyncIterator[BrowserContext]:
    """A browser with no history."""
    context = await chromium.new_context(viewport={"width": 1000, "height": 640})
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="module")
async def window(site: Site, context: BrowserContext) -> AsyncIterator[Window]:
    """A window before the sign-in."""
    window = Window(site, await context.new_page())
    window.watch()
    await window.page.add_init_script("addEventListener('keydown', (event) => (window.last = event), true)")
    yield window


@pytest_asyncio.fixture(loop_scope="module")
async def open_window(window: Window) -> Window:
    """A window with its console, and the focus in it."""
    await window.sign_in()
    await window.stands()
    return window


async def test_from_the_sign_in_to_the_console_nothing_is_asked_of_anybody_else(window: Window) -> None:
    """No request elsewhere, nothing that breaks the policy, no error."""
    await window.sign_in("wrong")
    await expect(window.page.get_by_role("alert")).to_contain_text("wrong")
    assert await window.page.input_value("#name") == "robin"
    assert await window.page.input_value("#password") == ""
    window.trouble.clear()  # the browser itself notes that the answer was 401
    await window.page.fill("#password", PASSWORD)
    await window.page.press("#password", "Enter")
    await window.stands()
    await expect(window.page.locator("#over")).to_be_hidden()
    assert await window.page.evaluate("document.fonts.check('15px \"Roboto Mono\"')")
    assert await window.page.evaluate("document.activeElement.className") == "xterm-helper-textarea"
    assert "secondchair" not in await window.page.evaluate("document.cookie")
    assert window.trouble == []


async def test_a_token_signs_in_too(window: Window) -> None:
    await window.page.goto(window.site.url)
    await window.page.click("summary")
    await window.page.fill("#token", "a-token-that-robin-was-given")
    await window.page.press("#token", "Enter")
    await window.stands()


async def test_a_line_that_breaks_is_said_and_comes_back_to_the_same_console(open_window: Window) -> None:
    pids = open_window.site.pids()
    await open_window.page.context.set_offline(True)
    await open_window.line("The connection is lost")
    await open_window.page.context.set_offline(False)
    await open_window.line("The connection is back.")
    await open_window.stands()
    assert open_window.site.pids() == pids
    await expect(open_window.page.locator("#line")).to_be_hidden(timeout=PATIENCE)


async def test_keys_pressed_while_the_line_is_down_do_nothing_later(open_window: Window) -> None:
    """Nobody saw what they did."""
    pressed = open_window.keys()
    await open_window.page.context.set_offline(True)
    await open_window.line("The connection is lost")
    await open_window.page.keyboard.press("Control+s")
    await open_window.page.context.set_offline(False)
    await open_window.line("The connection is back.")
    await open_window.page.keyboard.press("Alt+1")
    await until(lambda: b"\x1b1" in pressed)
    assert b"\x13" not in pressed


async def test_a_page_loaded_again_goes_on_and_a_copy_of_the_tab_begins(open_window: Window) -> None:
    pids = open_window.site.pids()
    await open_window.page.reload()
    await open_window.stands()
    assert open_window.site.pids() == pids
    tab = await open_window.page.evaluate("sessionStorage.getItem('tab')")
    copy = await open_window.page.context.new_page()
    await copy.add_init_script(f"sessionStorage.getItem('tab') || sessionStorage.setItem('tab', '{tab}')")
    await copy.goto(open_window.site.url)
    await expect(copy.locator("body.-playing.-first-byte")).to_be_attached(timeout=PATIENCE)
    assert len(open_window.site.pids()) == 2
    await expect(open_window.page.locator("#over")).to_be_hidden()


KEYS = {
    **{f"Alt+{digit}": f"\x1b{digit}" for digit in "0123456789"},
    **{f"Alt+{letter}": f"\x1b{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"},
    **{f"Alt+{mark}": f"\x1b{mark}" for mark in ",.-"},
    **{f"Control+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmopqrsuxyz"},
    "F1": "\x1bOP",
    "F2": "\x1bOQ",
    "F3": "\x1bOR",
    "F4": "\x1bOS",
    "F5": "\x1b[15~",
    "F6": "\x1b[17~",
    "F7": "\x1b[18~",
    "F8": "\x1b[19~",
    "F9": "\x1b[20~",
    "F10": "\x1b[21~",
    "Tab": "\t",
    "Escape": "\x1b",
    "Control+Backspace": "\x1b\x7f",
    "Alt+Backspace": "\x1b\x7f",
    "Enter": "\r",
}
"""What a terminal sends for a key."""


async def test_keys_are_the_consoles_and_not_the_browsers(open_window: Window) -> None:
    """The page keeps each from the browser, and the console gets what a terminal sends."""
    pressed = open_window.keys()
    for key, sent in KEYS.items():
        pressed.clear()
        await open_window.page.keyboard.press(key)
        await until(lambda: bool(pressed))
        assert b"".join(pressed).decode() == sent, key
        assert await open_window.page.evaluate("window.last.defaultPrevented"), key


async def test_keys_that_are_the_browsers_stay_so(open_window: Window) -> None:
    """Zooming, full screen, the browser's tools."""
    for key in ("F11", "F12", "Control+0", "Control+Shift+i"):
        await open_window.page.keyboard.press(key)
        assert not await open_window.page.evaluate("window.last.defaultPrevented"), key


async def test_on_a_mac_option_is_alt_and_command_copies(window: Window) -> None:
    """Option would write a character, and Command+C copy nothing."""
    await window.page.add_init_script("Object.defineProperty(navigator, 'platform', {value: 'MacIntel'})")
    await window.sign_in()
    await window.stands()
    pressed = window.keys()
    for key in ("Alt+k", "Alt+3", "Alt+,", "Alt+.", "Alt+-", "Meta+c"):
        await window.page.keyboard.press(key)
    await until(lambda: b"".join(pressed) == b"\x1bk\x1b3\x1b,\x1b.\x1b-\x03")


async def test_a_key_finds_the_console_wherever_the_focus_was(open_window: Window) -> None:
    pressed = open_window.keys()
    await open_window.page.evaluate("document.activeElement.blur()")
    await open_window.page.keyboard.press("F5")
    await open_window.page.keyboard.press("Alt+3")
    await until(lambda: b"".join(pressed).endswith(b"\x1b3"))


async def test_what_was_copied_elsewhere_is_pasted_and_what_the_console_copies_is_there_elsewhere(
    open_window: Window,
) -> None:
    other = await open_window.page.context.new_page()
    await other.goto(f"{open_window.site.url}/static/console.js")
    await other.evaluate("document.body.innerHTML = '<textarea>LF-88213</textarea>'")
    await other.focus("textarea")
    await other.keyboard.press("Control+a")
    await other.keyboard.press("Control+c")
    await open_window.page.bring_to_front()
    pressed = open_window.keys()
    await open_window.page.keyboard.press("Control+v")
    await until(lambda: b"LF-88213" in b"".join(pressed))
    assert b"\x16" not in pressed
    (place,) = open_window.site.server._consoles._places.values()
    assert place.process.screen is not None
    await place.process.screen.paint(b"\x1b]52;c;d29yZHMgb2YgdGhlIGNvbnNvbGU=\x07")
    await other.bring_to_front()
    await other.focus("textarea")

    async def pasted() -> bool:
        await other.keyboard.press("Control+a")
        await other.keyboard.press("Control+v")
        return await other.input_value("textarea") == "words of the console"

    await until(pasted)


async def test_a_link_to_the_desk_opens_in_a_tab_that_knows_nothing_of_ours(open_window: Window) -> None:
    (place,) = open_window.site.server._consoles._places.values()
    await open_window.page.keyboard.press("Tab")
    async with open_window.page.expect_popup(timeout=PATIENCE) as opening:
        await place.process.on_meta(
            f'{{"type": "open_url", "url": "{open_window.site.desk.url}/v1/me", "new_tab": true}}'.encode()
        )
    opened = await opening.value
    assert opened.url == f"{open_window.site.desk.url}/v1/me"
    assert await opened.evaluate("window.opener") is None
    await open_window.line("Opened in a new tab.")
    await place.process.on_meta(b'{"type": "open_url", "url": "https://evil.example/", "new_tab": true}')
    await open_window.line("does not lead to the desk")
    assert len(open_window.page.context.pages) == 2


async def test_a_console_that_was_left_can_be_opened_again(open_window: Window) -> None:
    """Alt+0 leaves it, in every browser."""
    await open_window.page.keyboard.press("Alt+0")
    await expect(open_window.page.locator("#over-title")).to_have_text("Console closed", timeout=PATIENCE)
    await open_window.page.keyboard.press("Enter")
    await open_window.stands()
    assert len(open_window.site.pids()) == 1


async def test_a_console_that_broke_down_is_said(open_window: Window) -> None:
    os.kill(open_window.site.pids()[0], signal.SIGKILL)
    await expect(open_window.page.locator("#over-title")).to_have_text("The console broke down", timeout=PATIENCE)


async def test_signing_out_shows_in_every_tab_and_leads_to_the_form(open_window: Window) -> None:
    other = await open_window.page.context.new_page()
    await other.goto(open_window.site.url)
    await expect(other.locator("body.-playing.-first-byte")).to_be_attached(timeout=PATIENCE)
    await other.keyboard.press("Alt+0")
    await expect(other.locator("#over-title")).to_have_text("Console closed", timeout=PATIENCE)
    await other.click("text=Sign out")
    await expect(other.locator("h1")).to_have_text("Signed out")
    await expect(open_window.page.locator("#over-title")).to_have_text("Signed out", timeout=PATIENCE)
    await open_window.page.click("#again")
    await expect(open_window.page.locator("#password")).to_be_visible()


async def test_the_bell_marks_the_tab_until_somebody_looks(open_window: Window) -> None:
    (place,) = open_window.site.server._consoles._places.values()
    assert place.process.screen is not None
    await open_window.page.evaluate("document.hasFocus = () => false")
    await place.process.screen.paint(b"\x07")
    await expect(open_window.page).to_have_title("● Second Chair", timeout=PATIENCE)
    await open_window.page.keyboard.press("F2")
    await expect(open_window.page).to_have_title("Second Chair", timeout=PATIENCE)
    assert open_window.trouble == []
