"""Files on the chat page, in a real browser."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Route, expect

from console.desk.uploads import UploadLimits
from tests.channels.files import PDF, PICTURE
from tests.chat.conftest import running
from tests.chat.test_page import chat, chromium, context, window  # noqa: F401 - fixtures
from tests.chat.test_page import pytestmark as browsers
from tests.chat.window import Window, opened

pytestmark = browsers

PHOTO = {"name": "boot <b>.png", "mimeType": "image/png", "buffer": PICTURE}
BILL = {"name": "bill.pdf", "mimeType": "application/pdf", "buffer": PDF}

HAND_OVER = """([kind, name, type, bytes]) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], name, { type }));
    const field = document.getElementById("text");
    const events = kind === "paste"
        ? [new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })]
        : ["dragenter", "dragover", "drop"].map(
            (each) => new DragEvent(each, { dataTransfer: data, bubbles: true, cancelable: true }));
    return events.map((event) => field.dispatchEvent(event)).at(-1);
}"""
"""Lets the browser believe that a file was pasted or dropped; tells whether the page left it to the browser."""


async def test_chosen_files_are_shown_before_they_go_and_in_the_chat_after(window: Window) -> None:  # noqa: F811
    """By the button, with words beside them; a picture as a picture, all else to be saved; nothing in a name is run."""
    page = window.page
    await expect(page.locator("#file-line")).to_contain_text(
        "Files: pictures, PDF, text, sound and video, up to 1 MB each."
    )
    async with page.expect_file_chooser() as choosing:
        await page.get_by_role("button", name="Attach files").click()
    await (await choosing.value).set_files([PHOTO, BILL])  # type: ignore[list-item]
    await expect(page.get_by_role("list", name="Files to send").get_by_role("listitem")).to_have_count(2)
    await window.write("Here they are")
    await expect(page.locator(".you[data-state=sent]")).to_have_count(3)
    await expect(page.locator("#staged")).to_be_hidden()
    picture = page.get_by_role("img", name="boot _b_.png")
    await expect(picture).to_be_visible()
    await expect(picture).to_have_js_property("naturalWidth", 1)
    link = page.get_by_role("link", name="bill.pdf")
    async with page.expect_download() as saving:
        await link.click()
    assert (await asyncio.to_thread(Path(await (await saving.value).path()).read_bytes)) == PDF
    assert [len(m.attachments) for m in (await window.chat.only()).messages] == [1, 1, 0]
    await page.reload()
    await expect(page.get_by_role("img", name="boot _b_.png")).to_have_js_property("naturalWidth", 1)


@pytest.mark.parametrize("kind", ["paste", "drop"])
async def test_a_file_can_be_pasted_and_dropped(window: Window, kind: str) -> None:  # noqa: F811
    """It is shown first, and can be taken away again by keyboard; what is left goes with Enter."""
    page = window.page
    for name in ("one.png", "two.png"):
        left_alone = await page.evaluate(HAND_OVER, [kind, name, "image/png", list(PICTURE)])
        assert not left_alone
    await expect(page.locator("#drop")).to_be_hidden()
    await page.get_by_role("button", name="Remove one.png").press("Enter")
    await expect(page.locator("#text")).to_be_focused()
    await page.press("#text", "Enter")
    await expect(page.get_by_role("img", name="two.png")).to_be_visible()
    assert [a.name for m in (await window.chat.only()).messages for a in m.attachments] == ["two.png"]


async def test_what_is_too_large_or_empty_is_said_at_once(window: Window) -> None:  # noqa: F811
    """With the limits; nothing is sent, what else was chosen stays."""
    page = window.page
    large = {"name": "film.mp4", "mimeType": "video/mp4", "buffer": bytes(2**20 + 1)}
    await page.set_input_files("#files", [large, BILL])  # type: ignore[list-item]
    await expect(page.get_by_role("alert")).to_have_text(
        "film.mp4 is larger than 1 MB: not taken. Files: pictures, PDF, text, sound and video, up to 1 MB each."
    )
    await expect(page.locator("#staged li")).to_have_count(1)
    assert not window.chat.desk.live.rows


async def test_what_the_desk_does_not_take_is_said_at_the_file(window: Window) -> None:  # noqa: F811
    """A page that calls itself a picture; it can be put away, and what follows goes out."""
    page = window.page
    fake = {"name": "photo.png", "mimeType": "image/png", "buffer": b"<html><script>alert(1)</script>"}
    await page.set_input_files("#files", [fake])  # type: ignore[list-item]
    await page.get_by_role("button", name="Send").click()
    refused = page.locator(".you[data-state=refused]")
    await expect(refused.locator(".state")).to_contain_text("Files of this type are not taken")
    await window.write("Then in words")
    await expect(page.locator(".you[data-state=sent] .text")).to_have_text("Then in words")
    await refused.get_by_role("button", name="Delete").click()
    await expect(refused).to_have_count(0)
    window.trouble = [line for line in window.trouble if "422" not in line]


async def test_a_file_whose_acknowledgement_was_lost_is_sent_again_and_kept_once(window: Window) -> None:  # noqa: F811
    """While it is on its way a bar says how far it is, with a name; words wait their turn behind it."""
    page, held, let = window.page, asyncio.Event(), asyncio.Event()

    async def lose(route: Route) -> None:
        await route.fetch()
        held.set()
        await let.wait()
        await route.abort()

    await page.route("**/chat/files", lose, times=1)
    await page.set_input_files("#files", [PHOTO])  # type: ignore[list-item]
    await page.get_by_role("button", name="Send").click()
    await asyncio.wait_for(held.wait(), 10)
    await window.write("Behind it")
    let.set()
    await expect(page.locator(".you[data-state=sent]")).to_have_count(2)
    messages = (await window.chat.only()).messages
    assert [m.text for m in messages] == ["[boot _b_.png]", "Behind it"]
    window.trouble = [line for line in window.trouble if "ERR_FAILED" not in line]


async def test_a_file_on_its_way_has_a_bar_with_a_name(window: Window) -> None:  # noqa: F811
    """It is found by screen readers, and gone when the file is there."""
    page, let = window.page, asyncio.Event()

    async def hold(route: Route) -> None:
        await let.wait()
        await route.continue_()

    await page.route("**/chat/files", hold)
    await page.set_input_files("#files", [BILL])  # type: ignore[list-item]
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_role("progressbar", name="Sending bill.pdf")).to_be_visible()
    let.set()
    await expect(page.locator(".you[data-state=sent]")).to_have_count(1)
    await expect(page.get_by_role("progressbar")).to_have_count(0)


async def test_where_no_files_are_taken_none_are_offered(tmp_path: Path, context: BrowserContext) -> None:  # noqa: F811
    """No button, no line, and a dropped file is left to the browser."""
    none = UploadLimits(per_hour=0)
    async with running(tmp_path / "desk", limits=none) as chat, opened(chat, context) as window:  # noqa: F811
        await expect(window.page.locator("#attach")).to_be_hidden()
        await expect(window.page.locator("#file-line")).to_be_hidden()
        assert await window.page.evaluate(HAND_OVER, ["drop", "one.png", "image/png", list(PICTURE)])
