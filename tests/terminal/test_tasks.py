"""Tasks for the bot, from the console."""

import pytest

from console.conversation import events as e
from console.conversation.assistance import Routing
from console.conversation.message import Author, Layer
from console.conversation.packet import FactKind, Packet, PacketFact, Standing
from console.conversation.packet_events import PacketPrepared
from console.conversation.people import Identity
from console.conversation.task_commands import DelegateTask
from console.conversation.task_events import TaskAnswered, TaskEnded
from console.conversation.tasks import Got, TaskOutcome
from console.terminal.screens.delegating import DelegatingDialog
from console.terminal.widgets.conversation_header import ConversationHeader
from console.terminal.widgets.tick import Tick
from tests.terminal.fake_desk import FakeDesk
from tests.terminal.harness import Console, app_of, at_work, notices, queue_text, wait_until
from tests.terminal.scenes import full_desk
from tests.terminal.test_own_work import face

PACKET = Packet(
    "m1",
    "asked for a person",
    (),
    Standing(),
    Identity.ANONYMOUS,
    facts=(PacketFact(FactKind.IDENTIFIER, "Order", "LF-88402", ("m1",)),),
    missing=("photo",),
    matter="Damaged on arrival",
)


def header(pilot: Console) -> str:
    """Return what stands over the transcript."""
    return app_of(pilot).main.query_one(ConversationHeader).render().plain


async def delegated(pilot: Console, desk: FakeDesk) -> None:
    """Let the bot ask, as a key does."""
    await pilot.press("alt+9")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, DelegatingDialog))
    await pilot.press("ctrl+s")
    await wait_until(pilot, lambda: "bot asks for order number 1/1" in header(pilot))


def back(desk: FakeDesk, reason: str = "all is there") -> None:
    """Let the bot come back with the number."""
    number = desk.customer_writes("c-dana", "it is LF-88213")
    desk.append("c-dana", TaskAnswered((Got("order.number", "LF-88213", number),)), "bot")
    desk.append("c-dana", TaskEnded(TaskOutcome.COMPLETE, reason), "bot")


async def test_alt_9_lets_the_bot_ask_for_what_the_behaviour_needs() -> None:
    """That is ticked already; the row and the heading say what the bot is at."""
    desk = full_desk()
    async with at_work(desk, size=(150, 40)) as pilot:
        await delegated(pilot, desk)
        assert desk.asked("delegate_task") == [DelegateTask(("order.number",))]
        await wait_until(pilot, lambda: "bot asks 1/1" in face(pilot, "c-dana"))
        assert "Take back" in header(pilot)


async def test_other_things_are_ticked_with_the_keyboard_and_with_the_mouse() -> None:
    """And a question is written."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await pilot.press("alt+9")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, DelegatingDialog))
        await pilot.press("space")
        await pilot.click(pilot.app.screen.query(Tick)[1])
        pilot.app.screen.query_one("#question").focus()
        await pilot.press(*"size?")
        await pilot.click("#confirm")
        await wait_until(pilot, lambda: desk.asked("delegate_task"))
        assert desk.asked("delegate_task") == [DelegateTask(("file",), "size?")]


async def test_nothing_to_ask_for_is_said_in_the_dialog() -> None:
    desk = full_desk()
    async with at_work(desk) as pilot:
        await pilot.press("alt+9")
        await wait_until(pilot, lambda: isinstance(pilot.app.screen, DelegatingDialog))
        await pilot.press("space", "ctrl+s")
        assert "Tick something, or write a question." in str(pilot.app.screen.query_one("#trouble").render())
        await pilot.press("escape")
        await wait_until(pilot, lambda: pilot.app.screen is app_of(pilot).main)
        assert not desk.asked("delegate_task")


async def test_the_same_key_takes_it_back() -> None:
    desk = full_desk()
    async with at_work(desk) as pilot:
        await delegated(pilot, desk)
        await pilot.press("alt+9")
        await wait_until(pilot, lambda: desk.state("c-dana").tasks.running is None)
        await wait_until(pilot, lambda: "yours" in header(pilot))


async def test_the_button_over_the_transcript_takes_it_back() -> None:
    """With the mouse."""
    desk = full_desk()
    async with at_work(desk) as pilot:
        await delegated(pilot, desk)
        line = header(pilot).splitlines()[1]
        await pilot.click(ConversationHeader, offset=(line.index("Take back") + 1, 1))
        await wait_until(pilot, lambda: desk.state("c-dana").tasks.running is None)


async def test_the_agent_is_told_when_the_bot_is_back() -> None:
    """In passing, in the inbox row until they answer, and in the transcript with what it got."""
    desk = full_desk()
    async with at_work(desk, size=(150, 40)) as pilot:
        await delegated(pilot, desk)
        back(desk)
        await wait_until(pilot, lambda: "Dana Kovel is back from the bot: all is there." in notices(pilot))
        assert "↩ bot is back" in face(pilot, "c-dana")
        assert "all is there" in face(pilot, "c-dana")
        entries = [entry.text for entry in app_of(pilot).main._timeline()]
        assert "The bot is back: all is there · order number: LF-88213 (m8)" in entries
        desk.append("c-dana", e.MessageAdded(Author.AGENT, "Thank you!", "Robin Ashdale"), "agent:robin")
        await wait_until(pilot, lambda: "bot is back" not in face(pilot, "c-dana"))


async def test_where_the_bot_may_ask_nothing_the_desk_says_why() -> None:
    desk = full_desk()
    desk.no_task = "this conversation is reserved for people: the bot asks nothing here"
    async with at_work(desk) as pilot:
        await pilot.press("alt+9")
        await wait_until(pilot, lambda: desk.no_task in notices(pilot))
        assert desk.state("c-dana").tasks.running is None


async def test_a_task_needs_a_conversation_of_ones_own() -> None:
    desk = full_desk()
    async with at_work(desk, opened="c-iris") as pilot:
        await pilot.press("alt+9")
        await wait_until(pilot, lambda: any("claim one first" in notice for notice in notices(pilot)))
        assert not desk.asked("task_offer")


@pytest.mark.parametrize("dark", [False, True])
async def test_who_waits_is_shown_with_what_is_known_of_them(*, dark: bool) -> None:
    """In the inbox and in the queue; what is reserved for people shows why it waits alone."""
    desk = full_desk()
    desk.append("c-iris", PacketPrepared(PACKET), "assist")
    if dark:
        desk.append("c-iris", e.RoutingChanged(Routing("bereavement", Layer.HUMAN_ONLY, 3)), "assist")
    async with at_work(desk, size=(150, 40)) as pilot:
        await wait_until(pilot, lambda: "c-iris" in app_of(pilot).controller.state.rows)
        assert ("Damaged on arrival" in face(pilot, "c-iris")) is not dark
        await pilot.press("f10")
        await wait_until(pilot, lambda: "Here" in queue_text(pilot))
        page = queue_text(pilot)
        assert ("Damaged on arrival · order LF-88402 · missing: photo" in page) is not dark
        assert "waits because: asked for a person" in page
