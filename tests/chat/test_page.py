"""The chat page in a real browser, on a real server."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Route, async_playwright, expect

from console.conversation.commands import Close
from console.conversation.events import NewEvent
from console.conversation.message import Status
from console.conversation.queue_events import ConversationReturned, PlaceTold
from console.server.chat.visits import cookie_name
from console.settings import WebChatSettings
from tests.chat.conftest import Chat, listening, running, token
from tests.chat.window import Window, contrast, opened
from tests.desks import ROBIN

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),  # one browser serves all tests here
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: sh tests/install-system.sh installs it"),
]

HOSTILE = (
    '<script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">'
    "<a href=javascript:alert(1)>x</a> ${7*7} {{7*7}} &lt;b&gt; \u202egnp.exe\u2066 \x1b[31mred\x07 [@click=x]y[/]"
)
HOSTILE_CLEANED = (
    '<script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">'
    "<a href=javascript:alert(1)>x</a> ${7*7} {{7*7}} &lt;b&gt; gnp.exe [31mred [@click=x]y[/]"
)


SCROLL_UP = """log => new Promise(done => {
    log.addEventListener("scroll", () => requestAnimationFrame(() => done()), {once: true});
    log.scrollTop = 0;
})"""
"""Reads back to the top, and comes back once the page has noticed."""

expect.set_options(timeout=20_000)  # a busy machine is no fault of the page


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    """A browser without anything in it."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def context(chromium: Browser) -> AsyncIterator[BrowserContext]:
    """A phone with no history."""
    context = await chromium.new_context(viewport={"width": 360, "height": 740}, locale="en-GB")
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="module")
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    """A running chat, in the browser's event loop."""
    async with running(tmp_path / "desk") as chat:
        yield chat


@pytest_asyncio.fixture(loop_scope="module")
async def window(chat: Chat, context: BrowserContext) -> AsyncIterator[Window]:
    """The page, ready to write on; at the end nothing suspicious may have happened in it."""
    async with opened(chat, context) as window:
        yield window
        assert window.trouble == []


async def test_a_message_reaches_the_desk_and_the_answer_reaches_the_browser(window: Window) -> None:
    """The whole way, both ways."""
    await window.write("My boots are twelve days late.")
    await window.chat.until(lambda state: state.messages[-1].text == "My boots are twelve days late.")
    await expect(window.page.locator(".you .state")).to_have_text("Sent")
    await window.chat.answer("I am sorry. Let me look.")
    await expect(window.page.locator(".agent .text")).to_have_text("I am sorry. Let me look.")
    await expect(window.page.locator(".agent .who")).to_contain_text("Robin")
    await expect(window.page.locator(".notice").last).to_have_text("Robin has joined the chat.")
    await expect(window.page.locator("body")).not_to_contain_text("Ashdale")
    delivered = await window.chat.until(lambda state: bool(state.delivered))
    assert list(delivered.delivered) == ["m2"]


async def test_a_reload_shows_the_chat_again_and_keeps_the_draft(window: Window) -> None:
    """In the same order, each message once, nothing typed lost."""
    await window.write("One")
    await window.chat.until(lambda state: bool(state.messages))
    await window.chat.answer("Two")
    await expect(window.page.locator(".agent .text")).to_have_text("Two")
    await window.page.fill("#text", "Half a thou")
    await window.page.reload()
    await expect(window.page.locator(".text")).to_have_text(["One", "Two"])
    await expect(window.page.locator("#text")).to_have_value("Half a thou")
    await window.write("Three")
    await expect(window.page.locator(".you[data-state=sent]")).to_have_count(2)
    await expect(window.page.locator(".text")).to_have_text(["One", "Two", "Three"])
    assert await window.chat.customers_texts() == ["One", "Three"]


async def test_hostile_text_is_shown_as_the_text_it_is(window: Window) -> None:
    """From either side: no markup, no script, no reversed reading, and the page stays in its width."""
    await window.write(HOSTILE)
    await window.chat.until(lambda state: bool(state.messages))
    await window.chat.answer(HOSTILE)
    await expect(window.page.locator(".agent .text")).to_have_text(HOSTILE_CLEANED)
    await expect(window.page.locator(".you .text")).to_have_text(HOSTILE_CLEANED)
    await window.write("w" * 3_000 + "\u0301" * 500)
    await expect(window.page.locator(".you[data-state=sent]")).to_have_count(2)
    assert await window.page.locator("#log script, #log img, #log a").count() == 0
    assert await window.page.title() == "Chat – Kestrel Outfitters"
    width = await window.page.evaluate("() => document.documentElement.scrollWidth")
    assert width == 360


async def test_what_is_written_offline_goes_out_once_when_the_connection_is_back(
    chat: Chat, context: BrowserContext
) -> None:
    """Even when the page was reloaded from memory in between; the order is kept."""
    async with opened(chat, context) as window:
        page = window.page
        await window.write("Before")
        await expect(page.locator(".you[data-state=sent]")).to_have_count(1)
        await context.set_offline(True)
        await expect(page.locator("#connection")).to_contain_text("Reconnecting…")
        await window.write("First")
        await window.write("Second")
        await expect(page.locator(".you[data-state=waiting]")).to_have_count(2)
        kept = await page.evaluate("() => sessionStorage.getItem('secondchair-chat')")
        assert kept.index("First") < kept.index("Second")
        await context.set_offline(False)
        await expect(page.locator(".you[data-state=sent]")).to_have_count(3)
        await expect(page.locator("#connection")).to_have_text("")
        await expect(page.locator(".you .text")).to_have_text(["Before", "First", "Second"])
        assert await chat.customers_texts() == ["Before", "First", "Second"]
        assert "First" not in await page.evaluate("() => sessionStorage.getItem('secondchair-chat')")


async def test_a_message_whose_acknowledgement_was_lost_is_not_doubled(window: Window) -> None:
    """The desk has it, the page does not know, and sends it again with the same key."""
    lost = asyncio.Event()

    async def swallow(route: Route) -> None:
        await route.fetch()
        lost.set()
        await route.abort()

    await window.page.route("**/chat/messages", swallow, times=1)
    await window.page.route("**/chat/events", lambda route: route.abort())
    await window.page.reload()
    await window.write("Only once")
    await asyncio.wait_for(lost.wait(), 10)
    await window.page.unroute("**/chat/events")
    await window.page.reload()
    await expect(window.page.locator(".you[data-state=sent]")).to_have_count(1)
    await window.write("And this")
    await expect(window.page.locator(".you[data-state=sent]")).to_have_count(2)
    await expect(window.page.locator(".you .text")).to_have_text(["Only once", "And this"])
    assert await window.chat.customers_texts() == ["Only once", "And this"]
    window.trouble = [line for line in window.trouble if "ERR_FAILED" not in line]


async def test_the_page_outlives_a_restart_of_the_server(tmp_path: Path, context: BrowserContext) -> None:
    """It says that it reconnects, and goes on where it was, on the same conversation."""
    async with running(tmp_path / "desk") as chat, listening(chat) as url:
        port = int(url.rpartition(":")[2])
        page = await context.new_page()
        await page.goto(f"{url}/chat")
        await page.fill("#text", "Before")
        await page.press("#text", "Enter")
        await expect(page.locator(".you[data-state=sent]")).to_have_count(1)
    await expect(page.locator("#connection")).to_contain_text("Reconnecting…")
    await page.fill("#text", "Meanwhile")
    await page.press("#text", "Enter")
    async with running(tmp_path / "desk") as chat, listening(chat, port):
        await chat.until(lambda state: state.messages[-1].text == "Meanwhile")
        await expect(page.locator(".you[data-state=sent]")).to_have_count(2, timeout=15_000)
        await expect(page.locator(".you .text")).to_have_text(["Before", "Meanwhile"])
        await expect(page.locator("#connection")).to_have_text("")
        await page.close()


async def test_a_message_slowed_down_waits_and_says_so(tmp_path: Path, context: BrowserContext) -> None:
    """It stays on the page, marked, with a button to try at once."""
    async with running(tmp_path / "desk", WebChatSettings(messages_per_minute=1)) as chat, opened(chat, context) as w:
        await w.write("One")
        await w.write("Two")
        waiting = w.page.locator(".you[data-state=waiting]")
        await expect(waiting.locator(".text")).to_have_text("Two")
        await expect(waiting.locator(".state")).to_contain_text("your message goes out in a moment")
        await expect(waiting.get_by_role("button", name="Try now")).to_be_visible()


async def test_a_refused_message_can_be_taken_back_into_the_field(window: Window) -> None:
    """Its text is not lost, and what follows it still goes out."""
    refuse = {"status": 413, "json": {"error": {"code": "too-large", "message": "This message is too long."}}}
    await window.page.route("**/chat/messages", lambda route: route.fulfill(**refuse), times=1)
    await window.write("A long story")
    refused = window.page.locator(".you[data-state=refused]")
    await expect(refused.locator(".state")).to_contain_text("This message is too long.")
    await window.write("A short one")
    await expect(window.page.locator(".you[data-state=sent] .text")).to_have_text("A short one")
    await refused.get_by_role("button", name="Edit").click()
    await expect(window.page.locator("#text")).to_have_value("A long story")
    await expect(refused).to_have_count(0)
    window.trouble = [line for line in window.trouble if "413" not in line]


async def test_shift_enter_starts_a_new_line_and_enter_sends(window: Window) -> None:
    """Both lines arrive as one message."""
    await window.page.locator("#text").press_sequentially("one")
    await window.page.press("#text", "Shift+Enter")
    await window.page.locator("#text").press_sequentially("two")
    await window.page.press("#text", "Enter")
    await expect(window.page.locator(".you[data-state=sent] .text")).to_have_text("one\ntwo")
    assert await window.chat.customers_texts() == ["one\ntwo"]


async def test_nothing_too_long_or_empty_can_be_sent(window: Window) -> None:
    """The counter comes near the limit, and says what to do beyond it."""
    send, counter = window.page.get_by_role("button", name="Send"), window.page.locator("#counter")
    await expect(send).to_be_disabled()
    await window.page.fill("#text", "x" * 19_400)
    await expect(counter).to_be_hidden()
    await window.page.fill("#text", "x" * 19_999)
    await expect(counter).to_have_text("1 character left")
    await window.page.fill("#text", "x" * 20_002)
    await expect(counter).to_have_text("2 characters too many: shorten it, or send it in parts.")
    await expect(send).to_be_disabled()
    await window.page.press("#text", "Enter")
    await expect(window.page.locator("#text")).to_have_value("x" * 20_002)
    assert not window.chat.desk.live.rows


async def test_typing_is_seen_on_both_sides(window: Window) -> None:
    """The customer's by the desk, the agent's by the customer, until the message is there."""
    await window.write("Hello")
    await window.chat.until(lambda state: bool(state.messages))
    await window.chat.answer("Hi")
    await expect(window.page.locator(".agent")).to_have_count(1)
    conversation = (await window.chat.only()).id
    window.chat.desk.casework.typing(ROBIN, conversation, True)
    await expect(window.page.locator("#typing")).to_have_text("Robin is typing")
    await window.chat.answer("There it is", "answer-2")
    await expect(window.page.locator("#typing")).to_be_hidden()
    with window.chat.desk.live.hub.listen() as listener:
        await window.page.locator("#text").press_sequentially("Wa")
        async with asyncio.timeout(10):
            async for thing in listener:
                if getattr(thing, "who", "") == "customer":
                    break
    assert thing.conversation == conversation


async def test_writing_after_the_end_opens_the_chat_again(window: Window) -> None:
    """The end is told, and is not final."""
    await window.write("Hello")
    await window.chat.until(lambda state: bool(state.messages))
    await window.chat.answer("Hi")
    conversation = (await window.chat.only()).id
    await window.chat.desk.casework.close(ROBIN, conversation, Close("answered", True, "an inner note"))
    await expect(window.page.locator(".notice").last).to_contain_text("This chat has ended.")
    await expect(window.page.locator("body")).not_to_contain_text("inner")
    await window.write("One more thing")
    assert (await window.chat.until(lambda state: len(state.messages) == 3)).status is Status.ACTIVE


async def test_where_they_stand_is_one_line_that_is_brought_up_to_date(window: Window) -> None:
    """It goes when somebody joins; a lost agent is told, and that the chat waits again."""
    await window.write("Hello")
    await window.chat.until(lambda state: bool(state.messages))
    name, live = (await window.chat.only()).id, window.chat.desk.live
    for told in (PlaceTold(3), PlaceTold(2, 5)):
        await live.record([NewEvent(name, "desk", told, window.chat.desk.now())])
    await expect(window.page.locator(".notice.place")).to_have_text(
        "You are number 2 in line. As things go right now, it takes about 5 minutes."
    )
    await expect(window.page.locator("#standing")).to_have_text("You are in line.")
    await window.chat.answer("Hi")
    await expect(window.page.locator(".notice.place")).to_have_count(0)
    gone = ConversationReturned("robin", "Robin Ashdale")
    await live.record([NewEvent(name, "desk", gone, window.chat.desk.now())])
    await expect(window.page.locator(".notice").last).to_contain_text("We have lost the connection to Robin")
    await expect(window.page.locator("#standing")).to_have_text("You are in line again.")


async def test_reading_back_is_not_disturbed_by_a_new_message(window: Window) -> None:
    """The page stays where the customer reads, and offers the way down."""
    await window.write("line\n" * 60 + "end")
    await expect(window.page.locator(".you[data-state=sent]")).to_have_count(1)
    await expect(window.page.locator("#log")).to_contain_text("Somebody will be with you")
    await window.page.locator("#log").evaluate(SCROLL_UP)
    await window.chat.answer("Down here")
    latest = window.page.get_by_role("button", name="New messages")
    await expect(latest).to_be_visible()
    assert await window.page.locator("#log").evaluate("log => log.scrollTop") == 0
    await latest.click()
    await expect(window.page.locator(".agent .text")).to_be_in_viewport()
    await expect(latest).to_be_hidden()


async def test_the_cookie_is_out_of_reach_of_scripts_and_no_address_holds_a_secret(window: Window) -> None:
    """Neither the page's own script nor the browser's history learns it."""
    await window.write("Hello")
    await expect(window.page.locator(".you[data-state=sent]")).to_have_count(1)
    (cookie,) = await window.page.context.cookies()
    assert (cookie["name"], cookie["httpOnly"], cookie["sameSite"]) == (cookie_name(secure=False), True, "Strict")
    assert await window.page.evaluate("() => document.cookie") == ""
    entries = await window.page.evaluate("() => performance.getEntries().map(entry => entry.name)")
    assert cookie["value"] not in " ".join(entries)
    assert not any("?" in entry for entry in entries)


async def test_a_page_around_the_chat_signs_its_customer_in_and_out(tmp_path: Path, context: BrowserContext) -> None:
    """By a message to the frame, never by an address; nothing of the known customer stays behind."""
    async with running(tmp_path / "desk") as chat, listening(chat) as url:
        page = await context.new_page()
        around = '<!doctype html><title>Shop</title><iframe src="/chat" width=340 height=600></iframe>'
        await page.route("**/shop", lambda route: route.fulfill(body=around, content_type="text/html"))
        await page.goto(f"{url}/shop")
        frame = page.frame_locator("iframe")
        await expect(frame.locator("#log")).to_have_attribute("aria-busy", "false")
        say = "message => document.querySelector('iframe').contentWindow.postMessage(message, location.origin)"
        await page.evaluate(say, {"type": "secondchair:sign-in", "token": token()})
        await expect(frame.locator("#greeting")).to_have_text("Hello Dana! How can we help?")
        await frame.locator("#text").fill("It is me")
        await frame.locator("#text").press("Enter")
        assert (await chat.until(lambda state: bool(state.messages))).customer.name == "Dana Kovel"
        await frame.locator("#text").fill("A private thought")
        await page.evaluate(say, {"type": "secondchair:sign-out"})
        await expect(frame.locator("#greeting")).to_have_text("Hello! How can we help?")
        await expect(frame.locator("#text")).to_have_value("")
        await expect(frame.locator(".text")).to_have_count(0)
        await page.close()


async def test_the_page_can_be_used_by_keyboard_and_screen_reader(window: Window) -> None:
    """Landmarks, names and a polite log; Tab goes a sensible way and shows where it is."""
    page = window.page
    for role, name in (("log", "Messages"), ("textbox", "Your message"), ("heading", "Kestrel Outfitters")):
        await expect(page.get_by_role(role, name=name)).to_be_visible()  # type: ignore[arg-type]
    for landmark in ("banner", "main", "form"):
        await expect(page.get_by_role(landmark)).to_have_count(1)
    await expect(page.locator("#log")).to_have_attribute("aria-live", "polite")
    await page.fill("#text", "Hello")
    await page.reload()
    await expect(page.locator("#send")).to_be_enabled()
    reached = []
    for _ in range(5):
        await page.keyboard.press("Tab")
        reached.append(await page.evaluate("() => document.activeElement.id || document.activeElement.className"))
        assert await page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert reached == ["skip", "log", "text", "attach", "send"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_text_stands_out_from_its_background(window: Window, scheme: str) -> None:
    """At least 4.5 to 1 (WCAG 2.2, 1.4.3), in both colour schemes."""
    page = window.page
    await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    pairs = [
        ("ink", "card"),
        ("quiet", "card"),
        ("quiet", "theirs"),
        ("accent", "card"),
        ("alert", "card"),
        ("on-accent", "accent"),
        ("on-mine", "mine"),
        ("on-theirs", "theirs"),
        ("on-notice", "notice"),
    ]
    names = sorted({name for pair in pairs for name in pair})
    read = "names => names.map(n => getComputedStyle(document.documentElement).getPropertyValue('--' + n).trim())"
    colours = dict(zip(names, await page.evaluate(read, names), strict=True))
    ratios = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in ratios.items() if ratio < 4.5} == {}
