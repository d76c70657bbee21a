"""One customer's browser window, and how its colours are judged."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from playwright.async_api import BrowserContext, Page, Request, expect

from tests.chat.conftest import Chat, listening


@dataclass
class Window:
    """The page of one customer, and everything suspicious that happened in it."""

    page: Page
    chat: Chat
    url: str
    trouble: list[str] = field(default_factory=list)

    async def write(self, text: str) -> None:
        """Type a message and send it with Enter."""
        await self.page.fill("#text", text)
        await self.page.press("#text", "Enter")

    def watch(self) -> None:
        """Note errors, dialogues, and requests to anywhere else."""
        self.page.on("console", lambda m: self.trouble.append(m.text) if m.type in {"error", "warning"} else None)
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("request", self._foreign)

    def _foreign(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:")):
            self.trouble.append(f"request to {request.url}")


@asynccontextmanager
async def opened(chat: Chat, context: BrowserContext, port: int = 0) -> AsyncIterator[Window]:
    """Serve a chat and open its page."""
    async with listening(chat, port) as url:
        window = Window(await context.new_page(), chat, url)
        window.watch()
        await window.page.goto(f"{url}/chat")
        await expect(window.page.locator("#log")).to_have_attribute("aria-busy", "false")
        yield window
        await window.page.close()


def contrast(one: str, other: str) -> float:
    """Return the contrast of two #rrggbb colours (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a #rrggbb colour (WCAG 2.2)."""
    parts = re.fullmatch(r"#(..)(..)(..)", colour)
    assert parts, colour
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (int(part, 16) / 255 for part in parts.groups())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
