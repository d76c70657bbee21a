"""A conversation that is closed asks for nothing: no reply is offered until it is taken up again."""

import pytest

from console.conversation import events as e
from console.terminal.widgets.conversation_header import ConversationHeader
from console.terminal.widgets.lines import Lines
from console.terminal.widgets.reply_strip import ReplyStrip
from tests.terminal.fake_desk import lead
from tests.terminal.harness import app_of, at_work, said, wait_until
from tests.terminal.scenes import RESHIP, full_desk


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_closed_conversation_offers_no_replies(size: tuple[int, int]) -> None:
    """Neither on the screen nor by key; reopened, they are there again."""
    desk = full_desk()
    async with at_work(desk, size=size) as pilot:
        controller = app_of(pilot).controller
        await wait_until(pilot, lambda: controller.shelf.shown)
        desk.append("c-dana", e.ConversationClosed("answered", resolved=True), "agent:robin")
        await wait_until(pilot, lambda: not controller.shelf.shown)
        await pilot.press("alt+1")
        assert said(pilot) == ""
        strip = app_of(pilot).main.query_one(ReplyStrip)
        await wait_until(pilot, lambda: "Closed: no replies are offered" in strip.render().plain)
        desk.append("c-dana", e.ConversationReopened("closed by mistake"), "agent:robin")
        await wait_until(pilot, lambda: controller.shelf.shown[:1] == (RESHIP,))


async def test_a_closed_conversation_leaves_its_room_to_what_was_said() -> None:
    """On a small screen: nothing is suggested and nothing written, so the messages have three lines more."""
    desk = full_desk()
    async with at_work(desk, size=(80, 24)) as pilot:
        lines, strip = app_of(pilot).main.query_one(Lines), app_of(pilot).main.query_one(ReplyStrip)
        before = lines.size.height
        desk.append("c-dana", e.ConversationClosed("answered", resolved=True), "agent:robin")
        await wait_until(pilot, lambda: "Closed: no replies are offered" in strip.render().plain)
        await wait_until(pilot, lambda: lines.size.height >= before + 3)
        desk.append("c-dana", e.ConversationReopened("closed by mistake"), "agent:robin")
        await wait_until(pilot, lambda: lines.size.height == before)


async def test_a_long_disposition_leaves_the_name_whole() -> None:
    """Whose conversation it is matters more than the end of a disposition."""
    desk = full_desk()
    desk.append("c-dana", e.ConversationClosed("reshipped, and the postage was given back", resolved=True), "robin")
    async with at_work(desk, size=(48, 24)) as pilot:
        header = app_of(pilot).main.query_one(ConversationHeader)
        await wait_until(pilot, lambda: "closed: " in header.render().plain)
        first = header.render().plain.split("\n")[0]
        assert first.startswith("Dana Kovel ")
        assert first.endswith("…")


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (149, 40), (200, 60)])
async def test_what_a_lead_does_with_a_closed_chat_stands_over_it_on_every_screen(size: tuple[int, int]) -> None:
    """Keys give way to the words, and the subject is read as far as there is room."""
    desk = full_desk()
    desk.agent = lead()
    desk.append("c-dana", e.ConversationClosed("answered", resolved=True), "agent:robin")
    async with at_work(desk, size=size) as pilot:
        header = app_of(pilot).main.query_one(ConversationHeader)
        await wait_until(pilot, lambda: "Reopen" in header.render().plain)
        second = header.render().plain.split("\n")[1]
        assert "Mark this chat" in second
        assert "Make practice" in second
        assert len(second) <= header.size.width
        place = second.index("Make practice") + 2
        await pilot.click(ConversationHeader, offset=(header.content_region.x - header.region.x + place, 1))
        await wait_until(pilot, lambda: desk.asked("make_scenario"))
