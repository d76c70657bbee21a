"""How far each side has read, on the chat page in a real browser."""

from playwright.async_api import expect

from console.conversation.channel_events import MessagesRead
from tests.chat.test_page import SCROLL_UP, chat, chromium, context, window  # noqa: F401 - fixtures
from tests.chat.test_page import pytestmark as browsers
from tests.chat.window import Window
from tests.desks import ROBIN

pytestmark = browsers

HIDE = """hidden => {
    Object.defineProperty(document, "hidden", { get: () => hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


async def test_seen_stands_under_the_newest_message_that_was_read(window: Window) -> None:  # noqa: F811
    """Alone, in words that a screen reader finds, and so after a reload; what is not read yet says that it was sent."""
    states = window.page.locator(".you .state")
    await window.write("Hello")
    await window.write("Anybody?")
    await expect(states).to_have_text(["", "Sent"])
    await window.chat.desk.casework.claim(ROBIN, (await window.chat.only()).id)
    await expect(states).to_have_text(["", "Seen"])
    await window.write("Good")
    await expect(states).to_have_text(["", "Seen", "Sent"])
    await window.page.reload()
    await expect(states).to_have_text(["", "Seen", "Sent"])
    await window.chat.answer("Here I am")
    await expect(states).to_have_text(["", "", "Seen"])
    await expect(window.page.get_by_role("log")).to_contain_text("Seen")


async def test_an_answer_in_view_is_told_as_read_once(window: Window) -> None:  # noqa: F811
    """After a moment, by one small request, which a reload repeats without a trace in the log."""
    await window.write("Hello")
    await window.chat.until(lambda state: bool(state.messages))
    async with window.page.expect_response("**/chat/read") as told:
        await window.chat.answer("Hi")
    assert (await told.value).request.post_data == '{"number":4}'
    async with window.page.expect_response("**/chat/read") as repeated:
        await window.page.reload()
    assert (await repeated.value).status == 204
    history = await window.chat.desk.live.history((await window.chat.only()).id)
    assert [event.data for event in history if isinstance(event.data, MessagesRead)] == [MessagesRead("m2")]


async def test_what_nobody_looks_at_is_not_read(window: Window) -> None:  # noqa: F811
    """Neither on a hidden page, nor below what is in view; once it is looked at, it is."""
    told: list[str] = []
    window.page.on("request", lambda request: told.append(request.url) if "/chat/read" in request.url else None)
    await window.page.clock.install()
    await window.write("\n".join(map(str, range(60))))
    await window.chat.until(lambda state: bool(state.messages))
    await window.page.evaluate(HIDE, True)
    await window.chat.answer("Hi")
    await expect(window.page.locator(".agent .text")).to_be_visible()
    await window.page.clock.run_for(2_000)  # twice the second that it would take
    assert told == []
    await window.page.evaluate(HIDE, False)
    await window.chat.until(lambda state: state.contact.has_read("m2"))
    await window.page.locator("#log").evaluate(SCROLL_UP)
    await window.chat.answer("And more", "answer-2")
    await expect(window.page.locator(".agent")).to_have_count(2)
    told.clear()
    await window.page.clock.run_for(2_000)
    assert told == []
    await window.page.locator("#latest").click()
    await window.chat.until(lambda state: state.contact.has_read("m3"))
