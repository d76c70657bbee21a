"""The question at the end of a chat in a real browser: by pointer and by key, once, and gone when the chat goes on."""

from playwright.async_api import expect

from console.conversation.commands import Close
from console.conversation.satisfaction_events import CsatGiven
from tests.chat.test_page import chat, chromium, context, window  # noqa: F401 - fixtures
from tests.chat.test_page import pytestmark as browsers
from tests.chat.window import Window
from tests.desks import ROBIN

pytestmark = browsers


async def close(window: Window) -> None:  # noqa: F811
    """Let the chat be closed."""
    state = await window.chat.until(lambda state: bool(state.messages))
    if not state.agent:
        await window.chat.desk.casework.claim(ROBIN, state.id)
    await window.chat.desk.casework.close(ROBIN, state.id, Close("explained", resolved=True))


async def test_the_question_is_answered_by_key_or_pointer_and_goes_where_the_chat_goes_on(
    window: Window,  # noqa: F811
) -> None:
    """Its buttons say what they mean; the answer stands in the chat, also after a reload, and it is not asked again."""
    question = window.page.get_by_role("group", name="How satisfied are you with this chat?")
    await window.write("Hello")
    await close(window)
    await expect(question.get_by_role("button")).to_have_count(5)
    await window.page.reload()
    await expect(question).to_be_visible()
    await window.write("One more thing")
    await expect(question).to_have_count(0)
    await close(window)
    await question.get_by_role("button", name="1 of 5: very dissatisfied").focus()
    await window.page.keyboard.press("ArrowRight")
    await window.page.keyboard.press("4")
    await window.page.keyboard.press("Enter")
    await expect(window.page.get_by_role("log")).to_contain_text("You rated this chat 4 of 5. Thank you.")
    await expect(question).to_have_count(0)
    await window.page.reload()
    await expect(window.page.get_by_role("log")).to_contain_text("You rated this chat 4 of 5.")
    await expect(question).to_have_count(0)
    (conversation,) = {event.conversation for event in await window.chat.desk.live.history() if event.conversation}
    history = await window.chat.desk.live.history(conversation)
    assert [event.data for event in history if isinstance(event.data, CsatGiven)] == [CsatGiven(4)]
