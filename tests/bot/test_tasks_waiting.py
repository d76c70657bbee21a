"""Customers who wait for an agent are asked for what is missing, where the settings say so."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from console.assist.bot.mind import Mind
from console.commands.init import prepare
from console.conversation.assistance import Routing
from console.conversation.events import HandedOver, NewEvent, RoutingChanged
from console.conversation.handover import HandoverWhen, Trigger
from console.conversation.message import Author, Layer, Status
from console.conversation.packet_events import PacketPrepared
from console.conversation.people import Customer
from console.conversation.queue import in_order
from console.conversation.state import Conversation
from console.conversation.task_events import TaskDelegated
from console.conversation.tasks import TaskOutcome
from console.desk.desk import Desk
from console.desk.intake import Incoming
from console.settings import load_settings
from console.store import SqlEventLog
from console.workspace import Workspace
from tests.bot.conftest import bot_said
from tests.bot.test_tasks import ended, new_desk, says
from tests.desks import ROBIN, Chair, Clock, events_of


@pytest_asyncio.fixture
async def desk(real_log: SqlEventLog, clock: Clock, mind: Mind, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk whose bot asks those who wait."""
    made = new_desk(real_log, clock, tmp_path / "files", asks_waiting=True)
    await made.start({})
    made.assistance.ready(Chair())
    made.tasks.ready(mind.tasks)
    yield made
    await made.stop()


async def handed(desk: Desk, when: HandoverWhen = HandoverWhen.ASKED, layer: Layer = Layer.ASSISTED) -> Conversation:
    """Let a customer be handed over with a routing, and their packet be made; return what the bot made of it."""
    before = [Incoming(Author.CUSTOMER, "I need help with my order", "k0")]
    await desk.intake.open("test", Customer("v1", "Iris Tam"), conversation="c1", before=before)
    routed = RoutingChanged(Routing("order-status", layer, 1, ("said so",)))
    over = HandedOver("asked for a person", 1, (Trigger(when, "asked for a person", "m1"),))
    await desk.live.record([NewEvent("c1", "bot", data, desk.now()) for data in (routed, over)])
    await desk.packets.settled("c1")
    await desk.tasks.settled("c1")
    return await desk.live.state("c1")


async def test_who_waits_is_asked_and_keeps_their_place(desk: Desk, clock: Clock) -> None:
    """The wait counts from the hand-over; the row says what the bot is at and what it got."""
    state = await handed(desk)
    (first,) = bot_said(state)
    assert first.startswith("I'm Larkfell Outdoor's automated assistant. While you wait, I'd like to ask you for one")
    since = state.waiting_since
    clock.forward(30)
    state = await says(desk, "LF-88213")
    assert bot_said(state)[-1] == "Thank you, I have the order number. A colleague goes on from here."
    assert (state.status, state.waiting_since) == (Status.WAITING, since)
    assert [row.id for row, _ in in_order(list(desk.live.rows.values()), clock())] == ["c1"]
    assert desk.live.rows["c1"].waiting_since == since
    assert (await ended(desk)).outcome is TaskOutcome.COMPLETE


async def test_the_row_keeps_up_with_what_they_write(desk: Desk) -> None:
    """What was missing is known once they have told it."""
    await handed(desk)
    await says(desk, "LF-88213")
    await desk.packets.settled("c1")
    triage = desk.live.rows["c1"].triage
    assert ("LF-88213" in triage.line, triage.why) == (True, "asked for a person")


async def test_a_claim_takes_back_at_once(desk: Desk) -> None:
    await handed(desk)
    await desk.casework.claim(ROBIN, "c1")
    state = await says(desk, "LF-88213")
    assert len(bot_said(state)) == 1
    assert (await ended(desk)).reason == "Robin Ashdale has the conversation"


async def test_they_are_asked_once_each_time_they_wait(desk: Desk) -> None:
    """Not again after they could not tell it."""
    await handed(desk)
    await says(desk, "I don't have it")
    await desk.packets.settled("c1")
    await says(desk, "hello")
    await desk.packets.settled("c1")
    await desk.tasks.settled("c1")
    assert len(await events_of(desk, TaskDelegated, "c1")) == 1


@pytest.mark.parametrize("when", [HandoverWhen.MOOD, HandoverWhen.PREDICTED, HandoverWhen.TOPIC])
async def test_who_is_upset_is_asked_nothing(desk: Desk, when: HandoverWhen) -> None:
    state = await handed(desk, when)
    assert bot_said(state) == []


async def test_in_human_only_nobody_is_asked(desk: Desk) -> None:
    state = await handed(desk, layer=Layer.HUMAN_ONLY)
    assert bot_said(state) == []
    assert await events_of(desk, PacketPrepared, "c1")


async def test_nobody_is_asked_where_the_setting_is_off(
    real_log: SqlEventLog, clock: Clock, mind: Mind, tmp_path: Path
) -> None:
    """As it is unless it is set."""
    off = new_desk(real_log, clock, tmp_path / "files")
    await off.start({})
    off.assistance.ready(Chair())
    off.tasks.ready(mind.tasks)
    assert bot_said(await handed(off)) == []
    await off.stop()


def test_the_demo_asks_those_who_wait(tmp_path: Path) -> None:
    """So that whoever tries it sees it; elsewhere it is off."""
    for demo in (True, False):
        workspace = Workspace(tmp_path / str(demo))
        prepare(workspace, demo=demo)
        assert load_settings(workspace.config).bot.asks_waiting is demo
