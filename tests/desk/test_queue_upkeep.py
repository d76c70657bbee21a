"""What the desk does with its queue by itself."""

from datetime import time
from zoneinfo import ZoneInfo

from console.conversation.hours import Hours
from console.conversation.message import Status
from console.conversation.people import Presence
from console.conversation.queue_commands import Park
from console.conversation.queue_events import ConversationReturned, OutOfHoursTold, PlaceTold
from console.conversation.queue_rules import QueueRules
from console.desk.desk import Desk
from tests.desks import ROBIN, SAM, Chair, Clock, arrive, events_of, writes

CLOCKED = QueueRules(gone_after=90.0)
TELLING = QueueRules(told_on=frozenset({"webchat"}))


async def test_an_agent_who_vanishes_loses_their_chats_to_the_queue_with_all_that_was_said(
    desk: Desk, clock: Clock
) -> None:
    """After the time that the rules give; the wait goes on from where it was."""
    desk.queue.rules = CLOCKED
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    since = desk.live.rows["c1"].waiting_since
    for _ in range(8):  # a console at work asks something now and then
        clock.forward(60)
        desk.signs.seen("robin")
    clock.forward(89)
    await desk.queue_upkeep.look()
    assert desk.live.rows["c1"].agent == "robin"
    clock.forward(2)
    await desk.queue_upkeep.look()
    row = desk.live.rows["c1"]
    assert (row.status, row.agent, row.waiting_since) == (Status.WAITING, "", since)
    assert [event.data for event in await events_of(desk, ConversationReturned)] == [
        ConversationReturned("robin", "Robin Ashdale")
    ]
    assert len((await desk.casework.claim(SAM, "c1")).messages) == 1


async def test_an_agent_at_work_without_a_console_has_not_vanished(desk: Desk, clock: Clock) -> None:
    """What they do is a sign of them; nothing is taken from them where the rules name no time."""
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    clock.forward(10_000)
    await desk.queue_upkeep.look()
    desk.queue.rules = CLOCKED
    await desk.casework.presence(ROBIN, Presence.ONLINE)
    clock.forward(60)
    await desk.queue_upkeep.look()
    assert desk.live.rows["c1"].agent == "robin"


async def test_after_a_restart_an_agent_has_the_same_time_to_come_back(desk: Desk, chair: Chair, clock: Clock) -> None:
    """However long the server was down."""
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    clock.forward(10_000)
    again = Desk(desk.live.log, chair, now=clock, rules=CLOCKED)
    await again.live.start()
    await again.queue.start()
    await again.queue_upkeep.look()
    assert again.live.rows["c1"].agent == "robin"
    clock.forward(91)
    await again.queue_upkeep.look()
    assert again.live.rows["c1"].status is Status.WAITING


async def test_a_parked_chat_stays_with_a_vanished_agent_until_the_customer_writes(desk: Desk, clock: Clock) -> None:
    """Then somebody else must answer."""
    desk.queue.rules = CLOCKED
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    await desk.queue.park(ROBIN, "c1", Park())
    clock.forward(500)
    await desk.queue_upkeep.look()
    assert desk.live.rows["c1"].status is Status.PARKED
    await writes(desk, "any news?")
    await desk.queue_upkeep.look()
    assert desk.live.rows["c1"].status is Status.WAITING


async def test_waiting_customers_are_told_where_they_stand_and_not_too_often(desk: Desk, clock: Clock) -> None:
    """Only on the channels that show it; the place that somebody moved up to is told two minutes later."""
    desk.queue.rules = TELLING
    for name, channel in (("first", "webchat"), ("other", "test"), ("second", "webchat")):
        await arrive(desk, name, channel=channel)
        clock.forward(1)
    await desk.queue_upkeep.look()
    assert await events_of(desk, PlaceTold) == []
    clock.forward(30)
    for _ in range(3):
        await desk.queue_upkeep.look()
    told = [(event.conversation, event.data) for event in await events_of(desk, PlaceTold)]
    assert told == [("first", PlaceTold(1)), ("second", PlaceTold(3))]
    await desk.casework.claim(ROBIN, "first")
    await desk.queue_upkeep.look()
    clock.forward(120)
    await desk.queue_upkeep.look()
    told = [(event.conversation, event.data) for event in await events_of(desk, PlaceTold)]
    assert told[2:] == [("second", PlaceTold(2))]


async def test_a_time_is_named_once_the_pace_is_known(desk: Desk, clock: Clock) -> None:
    """Measured on what was taken."""
    desk.queue.rules = TELLING
    for number in range(5):
        await arrive(desk, f"c{number}")
        clock.forward(60)
        await desk.casework.claim(ROBIN, f"c{number}")
    await arrive(desk, "mine", channel="webchat")
    clock.forward(60)
    await desk.queue_upkeep.look()
    assert [event.data for event in await events_of(desk, PlaceTold)] == [PlaceTold(1, 1)]


async def test_out_of_hours_customers_are_told_once_when_somebody_is_there_again(desk: Desk, clock: Clock) -> None:
    """The desk's clock stands at ten on a Monday; this company opens at two."""
    hours = Hours(ZoneInfo("UTC"), {0: ((time(14), time(18)),)})
    desk.queue.rules = QueueRules(told_on=frozenset({"webchat"}), hours=hours)
    await arrive(desk, channel="webchat")
    for _ in range(3):
        clock.forward(200)
        await desk.queue_upkeep.look()
    told = [
        event.data.text for event in await events_of(desk, OutOfHoursTold) if isinstance(event.data, OutOfHoursTold)
    ]
    assert len(told) == 1
    assert "Monday 2 March at 14:00" in told[0]
    assert await events_of(desk, PlaceTold) == []
