"""The way that a team has it: a public name, encryption that ends in front, and a browser that knows only that."""

from pathlib import Path

import pytest
from playwright.async_api import async_playwright, expect

from tests.chat.test_page import CHROMIUM, FLAGS
from tests.web.conftest import PUBLIC, serving
from tests.web.desk_double import PASSWORD, DeskDouble
from tests.web.tls import certificate, in_front

pytestmark = pytest.mark.slow


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: sh tests/install-system.sh installs it")
async def test_a_browser_signs_in_and_works_behind_a_proxy_that_encrypts(desk: DeskDouble, tmp_path: Path) -> None:
    """The browser itself holds to the __Host- cookie, to the policy, and to wss."""
    context = certificate(tmp_path, "console.example")
    async with serving(desk, PUBLIC) as site, in_front(site.url, context) as port, async_playwright() as playwright:
        rules = f"--host-resolver-rules=MAP console.example 127.0.0.1:{port}"
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, rules])
        page = await (await browser.new_context(ignore_https_errors=True)).new_page()
        trouble: list[str] = []
        lines: list[str] = []
        page.on("console", lambda m: trouble.append(m.text) if m.type in {"error", "warning"} else None)
        page.on("websocket", lambda line: lines.append(line.url))
        await page.goto(PUBLIC)
        await page.fill("#name", "robin")
        await page.fill("#password", PASSWORD)
        await page.press("#password", "Enter")
        await expect(page.locator("body.-playing.-first-byte")).to_be_attached(timeout=20_000)
        (cookie,) = await page.context.cookies()
        assert cookie.get("name") == "__Host-secondchair"
        assert (cookie.get("secure"), cookie.get("httpOnly"), cookie.get("sameSite")) == (True, True, "Strict")
        assert all(line.startswith("wss://console.example/ws?") for line in lines)
        assert trouble == []
        await browser.close()
