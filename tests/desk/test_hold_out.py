"""Conversations that are held out, to measure what assistance is worth."""

from collections.abc import AsyncIterator, Iterator
from itertools import count, pairwise

import pytest

from console.assist.talk import Talk
from console.conversation.assist_events import AssistanceHidden, FlagsRaised, RepliesSuggested
from console.conversation.assistance import Routing, Severity
from console.conversation.commands import SendMessage, SetAssistance
from console.conversation.events import EventData, RoutingChanged
from console.conversation.hold_out_events import HoldOutAssigned
from console.conversation.message import Author, Layer, Status
from console.conversation.packet_events import PacketPrepared
from console.conversation.people import Identity
from console.desk.desk import Desk
from console.desk.hold_out import HoldOut, drawn
from console.desk.intake import Incoming
from console.store import SqlEventLog
from tests.desk.test_assistance import everything
from tests.desk.test_packets import BOOTS
from tests.desks import ROBIN, Chair, Clock, arrive, events_of, flag, state_when, until, writes

SHARE = 0.3


def named(*, held_out: bool) -> str:
    """Return the first id that is, or is not, held out at this share."""
    return next(name for n in count() if (drawn(name := f"c-{n}") < SHARE) is held_out)


DARK, LIT = named(held_out=True), named(held_out=False)


@pytest.fixture
async def drawing(real_log: SqlEventLog, chair: Chair, clock: Clock) -> AsyncIterator[Desk]:
    """A desk that holds out some conversations, with an engine that says everything."""
    chair.says = everything
    desk = Desk(real_log, chair, now=clock, hold_out=HoldOut(SHARE, "1.2"))
    await desk.start({})
    desk.assistance.ready(chair)
    yield desk
    await desk.stop()


async def settled(desk: Desk) -> None:
    """Wait until nothing is worked on."""
    await until(lambda: not desk.assistance.busy() and not desk.packets.busy())


def test_about_as_many_are_held_out_as_the_share_says() -> None:
    """For one conversation it is always the same; ids that follow one another say nothing."""
    lots = [drawn(f"c-{n}") for n in range(20_000)]
    assert lots == [drawn(f"c-{n}") for n in range(20_000)]
    assert sum(lot < SHARE for lot in lots) / len(lots) == pytest.approx(SHARE, abs=0.01)
    assert all(0 <= lot < 1 for lot in lots)
    runs = sum((a < SHARE) != (b < SHARE) for a, b in pairwise(lots))
    assert runs / len(lots) == pytest.approx(2 * SHARE * (1 - SHARE), abs=0.015)


async def test_a_conversation_is_assigned_at_its_hand_over_before_anything_is_said_of_it(drawing: Desk) -> None:
    """With the share in force and what the second chair is."""
    for name, held_out in ((DARK, True), (LIT, False)):
        await arrive(drawing, name)
        await settled(drawing)
        (event,) = await events_of(drawing, HoldOutAssigned, name)
        assert event.data == HoldOutAssigned(held_out, SHARE, "1.2")
        (packet,) = await events_of(drawing, PacketPrepared, name)
        assert event.seq == packet.seq - 1


async def test_a_held_out_conversation_is_dark_but_for_routing_and_flags(drawing: Desk, chair: Chair) -> None:
    """From its first moment, in the packet and in the inbox too; its agent reads the routing, and is warned."""
    danger = flag("self-harm", Severity.WARN, message="m1")

    def says(talk: Talk) -> Iterator[EventData]:
        yield FlagsRaised(talk.turn, (danger,))
        yield from everything(talk)

    chair.says = says
    await arrive(drawing, DARK, "My boots LF-88213 are not here", customer=BOOTS)
    await settled(drawing)
    await drawing.casework.claim(ROBIN, DARK)
    await writes(drawing, "hello?", conversation=DARK)
    await settled(drawing)
    state = await drawing.live.state(DARK)
    assert (state.held_out, state.dark, list(state.flags)) == (True, True, [danger.id])
    assert (state.summary, state.suggestions, state.knowledge, state.mood) == ((), (), (), None)
    assert state.packet is not None
    assert (state.packet.dark, state.packet.facts, state.packet.reason) == (True, (), "asked for a person")
    assert state.routing is not None
    assert not await events_of(drawing, RepliesSuggested, DARK)
    assert drawing.live.rows[DARK].triage.line == ""
    assert (await drawing.wrap_ups.propose(ROBIN, DARK)).silent


async def test_the_others_have_assistance_as_ever(drawing: Desk) -> None:
    """And nothing on the screen says that they were drawn."""
    await arrive(drawing, LIT)
    state = await state_when(drawing, lambda s: bool(s.summary), LIT)
    assert (state.assigned, state.held_out, state.dark) == (True, False, False)
    assert state.suggestions


async def test_the_agent_may_ask_for_assistance_and_has_all_of_it(drawing: Desk) -> None:
    """It is an event; the conversation stays one of those held out."""
    await arrive(drawing, DARK, "My boots LF-88213 are not here", customer=BOOTS)
    await drawing.casework.claim(ROBIN, DARK)
    await drawing.feedback.set_assistance(ROBIN, DARK, SetAssistance(hidden=False))
    state = await state_when(drawing, lambda s: bool(s.summary) and s.packet is not None and not s.packet.dark, DARK)
    assert (state.held_out, state.hidden, len(state.suggestions)) == (False, False, 1)
    assert state.packet is not None
    assert [fact.value for fact in state.packet.facts] == ["LF-88213"]
    (asked,) = await events_of(drawing, AssistanceHidden, DARK)
    assert asked.actor == "agent:robin"
    (assigned,) = await events_of(drawing, HoldOutAssigned, DARK)
    assert isinstance(assigned.data, HoldOutAssigned)
    assert assigned.data.held_out


async def test_what_is_for_people_alone_is_not_assigned(drawing: Desk, chair: Chair) -> None:
    """It is dark anyway, in either arm."""
    chair.says = lambda talk: iter([RoutingChanged(Routing("bereavement", Layer.HUMAN_ONLY, 2))])
    await drawing.intake.open("test", BOOTS, conversation=DARK, before=[Incoming(Author.CUSTOMER, "hello")])
    await state_when(drawing, lambda s: s.layer is Layer.HUMAN_ONLY, DARK)
    await drawing.intake.hand_over(DARK, "reserved for people")
    await settled(drawing)
    assert not await events_of(drawing, HoldOutAssigned)


async def test_who_has_been_helped_or_answered_is_not_assigned_any_more(drawing: Desk) -> None:
    """It is too late for a fair comparison; nor is anybody assigned twice."""
    before = [Incoming(Author.CUSTOMER, "hello"), Incoming(Author.AGENT, "Good morning, this is Sam.")]
    await drawing.intake.open("test", BOOTS, conversation=DARK, before=before, handover="from another desk")
    await arrive(drawing, LIT)
    await settled(drawing)
    await drawing.intake.hand_over(LIT, "again")
    await settled(drawing)
    assert [event.conversation for event in await events_of(drawing, HoldOutAssigned)] == [LIT]


async def test_an_agent_who_is_there_before_the_customer_writes_has_it_assigned_too(drawing: Desk) -> None:
    """There is no packet then; the first reading of what they write decides, before anything is suggested."""
    for name in (DARK, LIT):
        await drawing.intake.open("test", BOOTS, conversation=name, level=Identity.VERIFIED, handover="called")
        await drawing.casework.claim(ROBIN, name)
        await writes(drawing, "Where are my boots?", conversation=name)
        await settled(drawing)
    assert [event.conversation for event in await events_of(drawing, HoldOutAssigned)] == [DARK, LIT]
    suggested = await events_of(drawing, RepliesSuggested)
    assert {event.conversation for event in suggested} == {LIT}
    dark = await drawing.live.state(DARK)
    assert (dark.status, dark.summary, dark.mood) == (Status.ACTIVE, (), None)
    await drawing.sending.send(ROBIN, DARK, SendMessage("On their way.", "k1"))
    await settled(drawing)
    assert len(await events_of(drawing, HoldOutAssigned)) == 2


async def test_without_a_share_nobody_is_assigned(desk: Desk, chair: Chair) -> None:
    """That is how a desk comes."""
    chair.says = everything
    await arrive(desk, DARK)
    await state_when(desk, lambda s: bool(s.summary), DARK)
    assert not await events_of(desk, HoldOutAssigned)


async def test_until_the_engine_is_there_nobody_is_assigned(real_log: SqlEventLog, chair: Chair, clock: Clock) -> None:
    """There would be no assistance in either arm, and nobody knows yet what is for people alone."""
    desk = Desk(real_log, chair, now=clock, hold_out=HoldOut(SHARE))
    await desk.start({})
    await arrive(desk, DARK)
    assert not await events_of(desk, HoldOutAssigned)
    desk.equip(chair, None)  # type: ignore[arg-type]  # nothing is looked up
    await state_when(desk, lambda s: s.held_out, DARK)
    await desk.stop()


async def test_a_desk_that_starts_again_knows_who_is_held_out(drawing: Desk, chair: Chair, clock: Clock) -> None:
    """From the log, though the share is another by then."""
    await arrive(drawing, DARK)
    await settled(drawing)
    again = Desk(drawing.live.log, chair, now=clock, hold_out=HoldOut(0.01))
    await again.live.start()
    assert (await again.live.state(DARK)).held_out
