"""Giving out what waits."""

import asyncio
from datetime import timedelta

import pytest

from console.conversation.assist_events import MoodRead
from console.conversation.assistance import Mood, Routing
from console.conversation.commands import Close
from console.conversation.events import ConversationClaimed, NewEvent, RoutingChanged
from console.conversation.message import Layer, Status
from console.conversation.people import Agent, Presence
from console.conversation.queue_commands import Park, Transfer
from console.conversation.queue_events import ConversationTransferred
from console.conversation.queue_rules import Member, QueueRules
from console.conversation.service_levels import Targets
from console.desk.desk import Desk
from console.desk.errors import Forbidden, NotFound, Refused, Taken
from tests.desks import MARTA, ROBIN, SAM, Chair, Clock, arrive, events_of, writes

PATIENT = Targets((3600.0,) * 3, (3600.0,) * 3)


async def online(desk: Desk, *agents: Agent) -> None:
    """Let agents be there."""
    for agent in agents:
        await desk.casework.presence(agent, Presence.ONLINE)


async def routed(desk: Desk, conversation: str, tier: int = 1, stakes: str = "", *skills: str) -> None:
    """Let a conversation be routed."""
    routing = Routing("late", Layer.ASSISTED, tier, (), skills, stakes)
    await desk.live.record([NewEvent(conversation, "assist", RoutingChanged(routing), desk.now())])


async def feels(desk: Desk, conversation: str, score: float) -> None:
    """Let a customer's mood be read."""
    read = MoodRead("m1", Mood(score, "furious" if score < -0.5 else "calm", "steady", 0.2))
    await desk.live.record([NewEvent(conversation, "assist", read, desk.now())])


async def test_the_next_conversation_is_the_most_urgent_and_says_why(desk: Desk, clock: Clock) -> None:
    """Not the one that has waited longest, where more speaks for another."""
    await arrive(desk, "calm")
    clock.forward(60)
    await arrive(desk, "grave")
    await routed(desk, "grave", 2, "high")
    state, reasons = await desk.queue.next(ROBIN)
    assert (state.id, state.agent, reasons) == ("grave", "robin", ("high stakes", "valued customer"))


async def test_a_customer_who_floods_does_not_come_sooner_for_it(desk: Desk, clock: Clock) -> None:
    """Fifty messages wait as long as one."""
    await arrive(desk, "patient")
    clock.forward(1)
    await arrive(desk, "flooding")
    for number in range(50):
        await writes(desk, f"hello?? {number}", conversation="flooding")
    assert [one.conversation for one in desk.queue.page(ROBIN).line] == ["patient", "flooding"]
    assert (await desk.queue.next(ROBIN))[0].id == "patient"


async def test_many_agents_who_ask_at_once_each_get_another_one(desk: Desk) -> None:
    """And nobody's is claimed twice."""
    for number in range(12):
        await arrive(desk, f"c{number}")
    agents = [Agent(f"a{n}", f"Agent {n}") for n in range(12)]
    given = await asyncio.gather(*(desk.queue.next(agent) for agent in agents))
    assert len({state.id for state, _ in given}) == 12
    assert len(await events_of(desk, ConversationClaimed)) == 12


async def test_an_agent_is_given_no_more_than_their_capacity_even_when_they_ask_twice_at_once(desk: Desk) -> None:
    """Their own where the company names one; parked ones leave room."""
    desk.queue.rules = QueueRules(capacity=4, members={"robin ashdale": Member("Robin Ashdale", capacity=2)})
    for number in range(4):
        await arrive(desk, f"c{number}")
    asked = await asyncio.gather(*(desk.queue.next(ROBIN) for _ in range(3)), return_exceptions=True)
    refused = [str(outcome) for outcome in asked if isinstance(outcome, Refused)]
    assert refused == ["you have 2 of 2 conversations; close or park one first"]
    mine = next(row.id for row in desk.live.rows.values() if row.agent == "robin")
    await desk.queue.park(ROBIN, mine, Park())
    assert (await desk.queue.next(ROBIN))[0].agent == "robin"


async def test_who_waits_for_others_is_told_to_an_agent_without_the_skill(desk: Desk) -> None:
    """And that nobody waits, where nobody does."""
    desk.queue.rules = QueueRules(PATIENT, members={"robin ashdale": Member("Robin Ashdale", skills=("delivery",))})
    await online(desk, ROBIN, SAM)
    with pytest.raises(NotFound, match=r"^nobody waits$"):
        await desk.queue.next(ROBIN)
    await arrive(desk, "c1")
    await routed(desk, "c1", 1, "", "legal")
    with pytest.raises(NotFound, match=r"1 wait for others \(it needs legal\)"):
        await desk.queue.next(ROBIN)
    assert [line.misfit for line in desk.queue.page(ROBIN).line] == ["it needs legal"]
    assert (await desk.queue.next(SAM))[0].id == "c1"


async def test_hard_conversations_are_shared_and_what_was_borne_passes(desk: Desk, clock: Clock) -> None:
    """Two furious ones in a row, then a calmer one while Sam is fresh; an hour later it is over."""
    desk.queue.rules = QueueRules(PATIENT, capacity=9)
    await online(desk, ROBIN, SAM)
    for number in range(4):
        await arrive(desk, f"f{number}")
        await feels(desk, f"f{number}", -0.9)
    await arrive(desk, "calm")
    given = [(await desk.queue.next(ROBIN))[0].id for _ in range(3)]
    assert given == ["f0", "f1", "calm"]
    assert desk.queue.at_work("robin").load == pytest.approx(1.8)
    assert (await desk.queue.next(SAM))[0].id == "f2"
    clock.forward(3600)
    assert desk.queue.at_work("robin").load == pytest.approx(1.8 / 16)


async def test_a_conversation_is_passed_on_with_a_note_in_one_step(desk: Desk) -> None:
    """The colleague has it from then on, and reads what they need to know; it is no message."""
    await online(desk, SAM)
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    await desk.queue.transfer(ROBIN, "c1", Transfer(agent="sam", note="he was promised a call"))
    state = await desk.live.state("c1")
    assert (state.agent, state.agent_name, state.status) == ("sam", "Sam Oldfield", Status.ACTIVE)
    assert [(note.text, note.author) for note in state.notes] == [
        ("Passed on to Sam Oldfield: he was promised a call", "Robin Ashdale")
    ]
    assert desk.live.rows["c1"].passed_on == "he was promised a call"
    with pytest.raises(Taken):
        await desk.casework.close(ROBIN, "c1", Close("solved", resolved=True))


async def test_passed_on_to_a_skill_or_tier_it_waits_for_whoever_has_that(desk: Desk, clock: Clock) -> None:
    """The behaviours do not take that back; the wait goes on."""
    desk.queue.rules = QueueRules(PATIENT, members={"robin ashdale": Member("Robin Ashdale", tiers=(1,))})
    await online(desk, ROBIN, SAM)
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    clock.forward(60)
    await desk.queue.transfer(ROBIN, "c1", Transfer(tier=3))
    await routed(desk, "c1", 1)
    row = desk.live.rows["c1"]
    assert (row.status, row.agent, row.tier) == (Status.WAITING, "", 3)
    assert row.waiting_since == clock() - timedelta(seconds=60)
    with pytest.raises(NotFound):
        await desk.queue.next(ROBIN)
    assert (await desk.queue.next(SAM))[0].id == "c1"


async def test_it_is_passed_on_for_a_skill_that_somebody_may_have(desk: Desk) -> None:
    """However it is capitalised; a name that nobody knows is refused with the nearest one, and nothing happens."""
    skilled = {"sam oldfield": Member("Sam Oldfield", skills=("Billing",))}
    desk.queue.rules = QueueRules(PATIENT, members=skilled, skills=frozenset({"returns"}))
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    with pytest.raises(Refused, match=r"nobody here has the skill 'biling'; did you mean 'Billing'\?"):
        await desk.queue.transfer(ROBIN, "c1", Transfer(skill="biling"))
    with pytest.raises(Refused, match="nobody here has the skill 'yodel'; there are: Billing, returns"):
        await desk.queue.transfer(ROBIN, "c1", Transfer(skill="yodel"))
    assert desk.live.rows["c1"].agent == "robin"
    await desk.queue.transfer(ROBIN, "c1", Transfer(skill="billing", note="charged twice"))
    assert (desk.live.rows["c1"].wanted, desk.live.rows["c1"].passed_on) == ("Billing", "charged twice")


@pytest.mark.parametrize(
    ("passed", "line"),
    [
        (Transfer(skill="returns", note="two left boots"), "Passed on for the skill “returns”: two left boots"),
        (Transfer(skill="returns"), "Passed on for the skill “returns”"),
        (Transfer(tier=3), "Passed on from tier 3 on"),
        (Transfer(agent="sam"), "Passed on to Sam Oldfield"),
    ],
)
async def test_the_history_says_to_whom_it_was_passed_on_and_why(desk: Desk, passed: Transfer, line: str) -> None:
    await online(desk, SAM)
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    await desk.queue.transfer(ROBIN, "c1", passed)
    state = await desk.live.state("c1")
    assert [(note.text, note.author) for note in state.notes] == [(line, "Robin Ashdale")]


async def test_it_is_passed_on_only_to_somebody_who_is_there_and_has_room(desk: Desk) -> None:
    """The refusal names the way out; a lead may fill somebody beyond their capacity, knowing it."""
    desk.queue.rules = QueueRules(capacity=1)
    for name in ("c1", "c2"):
        await arrive(desk, name)
    await desk.casework.claim(ROBIN, "c1")
    with pytest.raises(Refused, match="is not there right now"):
        await desk.queue.transfer(ROBIN, "c1", Transfer(agent="sam"))
    with pytest.raises(Refused, match="to one of these"):
        await desk.queue.transfer(ROBIN, "c1", Transfer())
    await online(desk, SAM)
    await desk.casework.claim(SAM, "c2")
    with pytest.raises(Refused, match=r"Sam Oldfield has 1 of 1"):
        await desk.queue.transfer(ROBIN, "c1", Transfer(agent="sam", over=True))
    await desk.queue.transfer(MARTA, "c1", Transfer(agent="sam", over=True))
    assert desk.live.rows["c1"].agent == "sam"


async def test_only_who_has_a_conversation_passes_it_on_and_a_lead(desk: Desk) -> None:
    """A lead also takes it over."""
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    with pytest.raises(Taken):
        await desk.queue.transfer(SAM, "c1", Transfer(agent="sam"))
    await desk.queue.transfer(MARTA, "c1", Transfer(agent="marta", note="I take this one"))
    assert desk.live.rows["c1"].agent == "marta"
    assert len(await events_of(desk, ConversationTransferred)) == 1


async def test_a_lead_assigns_who_waits(desk: Desk) -> None:
    """Nobody else may: for agents there is the next one."""
    await online(desk, SAM)
    await arrive(desk)
    with pytest.raises(Taken, match="take this conversation first"):
        await desk.queue.transfer(ROBIN, "c1", Transfer(agent="sam"))
    await desk.queue.transfer(MARTA, "c1", Transfer(agent="sam"))
    row = desk.live.rows["c1"]
    assert (row.status, row.agent, row.queued_at) == (Status.ACTIVE, "sam", None)


async def test_a_lead_moves_what_those_have_who_are_not_there(desk: Desk) -> None:
    """And sees beforehand what would be moved, and why."""
    await online(desk, ROBIN, SAM)
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    await desk.casework.presence(ROBIN, Presence.BREAK)
    assert [(m.target.id, m.reason) for m in desk.queue.page(MARTA).moves] == [("sam", "Robin Ashdale is not there")]
    assert desk.queue.page(SAM).moves == ()
    with pytest.raises(Forbidden):
        await desk.queue.rebalance(SAM)
    await desk.queue.rebalance(MARTA)
    assert desk.live.rows["c1"].agent == "sam"


async def test_a_conversation_is_parked_until_a_time_that_lies_ahead(desk: Desk, clock: Clock) -> None:
    """It wakes then, with its agent; or when the customer writes before."""
    await arrive(desk)
    await desk.casework.claim(ROBIN, "c1")
    for wrong in (clock(), (clock() + timedelta(hours=1)).replace(tzinfo=None)):
        with pytest.raises(Refused, match="should lie ahead"):
            await desk.queue.park(ROBIN, "c1", Park(wrong))
    until = clock() + timedelta(minutes=30)
    await desk.queue.park(ROBIN, "c1", Park(until, "the depot opens at ten"))
    assert (desk.live.rows["c1"].status, desk.live.rows["c1"].wake_at) == (Status.PARKED, until)
    await desk.queue_upkeep.look()
    assert desk.live.rows["c1"].status is Status.PARKED
    clock.forward(1800)
    await desk.queue_upkeep.look()
    assert (desk.live.rows["c1"].status, desk.live.rows["c1"].agent) == (Status.ACTIVE, "robin")
    await desk.queue.park(ROBIN, "c1", Park(clock() + timedelta(minutes=30)))
    await writes(desk, "any news?")
    assert (desk.live.rows["c1"].status, desk.live.rows["c1"].wake_at) == (Status.ACTIVE, None)


async def test_who_works_here_is_known_after_a_restart(desk: Desk, chair: Chair, clock: Clock) -> None:
    """And what they have to bear."""
    await online(desk, ROBIN)
    await arrive(desk)
    await feels(desk, "c1", -0.8)
    await desk.queue.next(ROBIN)
    again = Desk(desk.live.log, chair, now=clock)
    await again.live.start()
    await again.queue.start()
    assert [(one.name, one.has, one.load) for one in again.queue.team()] == [("Robin Ashdale", 1, 0.8)]
