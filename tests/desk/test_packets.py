"""The hand-over packet on a live desk."""

from dataclasses import replace

from console.conversation.assistance import Routing
from console.conversation.boundary_events import AssistanceAllowed
from console.conversation.commands import AddNote, Release, SendMessage
from console.conversation.events import NewEvent, RoutingChanged
from console.conversation.message import Layer
from console.conversation.packet_events import PacketPrepared
from console.conversation.people import Order, Presence
from console.conversation.queue_commands import Transfer
from console.conversation.queue_rules import QueueRules
from console.desk.desk import Desk
from tests.desks import DANA, ROBIN, SAM, Chair, Clock, arrive, events_of, state_when, writes

BOOTS = replace(DANA, orders=(Order("LF-88213", "Fellwalker boots", "2026-02-09", "2026-02-18", "£164.00"),))


async def test_a_hand_over_brings_its_packet(desk: Desk) -> None:
    """With what was said, what the record knows, and how long it took."""
    await arrive(desk, "c1", "My boots LF-88213 are not here", customer=BOOTS)
    state = await state_when(desk, lambda s: s.packet is not None)
    assert state.packet is not None
    assert [(f.value, f.sources) for f in state.packet.facts] == [("LF-88213", ("m1",))]
    assert state.packet.facts[0].record.startswith("Fellwalker boots")
    assert state.packet.reason == "asked for a person"
    (event,) = await events_of(desk, PacketPrepared)
    assert isinstance(event.data, PacketPrepared)
    assert 0 < event.data.ms < 5_000


async def test_what_the_customer_adds_before_anybody_has_come_is_in_it(desk: Desk) -> None:
    """And once somebody has taken the conversation, it stays as they have read it."""
    await arrive(desk)
    await state_when(desk, lambda s: s.packet is not None)
    await writes(desk, "It is order LF-88213")
    await state_when(desk, lambda s: s.packet is not None and s.packet.turn == "m2")
    await desk.casework.claim(ROBIN, "c1")
    await writes(desk, "hello?")
    await state_when(desk, lambda s: len(s.messages) == 3)
    await desk.packets.close()
    state = await desk.live.state("c1")
    assert state.packet is not None
    assert state.packet.turn == "m2"


async def test_who_is_given_back_to_the_queue_has_a_packet_of_that_moment(desk: Desk) -> None:
    """So that the next colleague starts where the first one stopped; there is nothing to begin with any more."""
    await arrive(desk)
    await state_when(desk, lambda s: s.packet is not None)
    await desk.casework.claim(ROBIN, "c1")
    await desk.sending.send(ROBIN, "c1", SendMessage("I will call you by Friday.", "k1"))
    await desk.casework.note(ROBIN, "c1", AddNote("She wants the same size again", "n1"))
    await desk.casework.release(ROBIN, "c1", Release())
    state = await state_when(desk, lambda s: s.packet is not None and s.packet.turn == "m2")
    assert state.packet is not None
    assert state.packet.notes == ("Robin Ashdale: She wants the same size again",)
    assert [(p.by, p.message) for p in state.packet.promised] == [("Robin Ashdale", "m2")]
    assert state.packet.opening is None


async def test_after_an_agent_has_vanished_the_next_one_has_a_fresh_packet(desk: Desk, clock: Clock) -> None:
    """With what the first one promised; it is there before anybody can take the conversation."""
    desk.queue.rules = QueueRules(gone_after=90.0)
    await arrive(desk, "c1", "My boots LF-88213 are not here", customer=BOOTS)
    await desk.casework.claim(ROBIN, "c1")
    await desk.sending.send(ROBIN, "c1", SendMessage("I will call you by Friday.", "k1"))
    await writes(desk, "and if you do not?", "k2")
    clock.forward(91)
    await desk.queue_upkeep.look()
    await desk.packets.settled("c1")
    state = await desk.casework.claim(SAM, "c1")
    assert state.packet is not None
    assert state.packet.turn == "m3"
    assert [(p.by, p.message) for p in state.packet.promised] == [("Robin Ashdale", "m2")]
    assert [line.sources for line in state.packet.asks] == [("m3",)]


async def test_who_is_passed_a_conversation_has_a_packet_of_that_moment(desk: Desk) -> None:
    """Also where a colleague is named and nobody waits in between."""
    await arrive(desk)
    await desk.casework.presence(SAM, Presence.ONLINE)
    await desk.casework.claim(ROBIN, "c1")
    await desk.sending.send(ROBIN, "c1", SendMessage("I will call you by Friday.", "k1"))
    await desk.queue.transfer(ROBIN, "c1", Transfer(agent="sam"))
    state = await state_when(desk, lambda s: s.packet is not None and s.packet.turn == "m2")
    assert state.agent == "sam"


async def test_what_turns_out_to_be_for_people_alone_keeps_only_their_own_words(desk: Desk, chair: Chair) -> None:
    """The packet that was made before goes dark with the conversation, and so does the next one."""
    await arrive(desk, "c1", "He died in September. Order LF-88213", customer=BOOTS)
    await state_when(desk, lambda s: s.packet is not None)
    dark = RoutingChanged(Routing("bereavement", Layer.HUMAN_ONLY, 3))
    await desk.live.record([NewEvent("c1", "assist", dark, desk.now())])
    packet = (await desk.live.state("c1")).packet
    assert packet is not None
    assert packet.dark
    assert (packet.issue, packet.facts, packet.moods, packet.opening) == ((), (), (), None)
    assert [words.text for words in packet.words] == ["He died in September. Order LF-88213"]
    await writes(desk, "please stop the letters")
    state = await state_when(desk, lambda s: s.packet is not None and s.packet.turn == "m2")
    assert state.packet is not None
    assert state.packet.dark


async def test_what_was_known_is_there_again_once_a_lead_lets_assistance_in(desk: Desk) -> None:
    """As it was handed over, before it turned out to be for people alone."""
    await arrive(desk, "c1", "My boots LF-88213 are not here", customer=BOOTS)
    before = (await state_when(desk, lambda s: s.packet is not None)).packet
    await desk.casework.claim(ROBIN, "c1")
    dark = RoutingChanged(Routing("bereavement", Layer.HUMAN_ONLY, 3))
    let_in = AssistanceAllowed("bereavement", "Marta Quill", "asked about the boots alone")
    await desk.live.record([NewEvent("c1", "assist", dark, desk.now())])
    assert (await desk.live.state("c1")).packet != before
    await desk.live.record([NewEvent("c1", "agent:marta", let_in, desk.now())])
    assert (await desk.live.state("c1")).packet == before


async def test_who_took_a_chat_before_the_engine_was_there_gets_the_whole_packet_once_it_is(desk: Desk) -> None:
    """A whole one, as it was read, is left alone."""
    desk.packets.equipped = lambda: False
    await arrive(desk, "c1", "My boots LF-88213 are not here", customer=BOOTS)
    await state_when(desk, lambda s: s.packet is not None and s.packet.dark)
    await desk.casework.claim(ROBIN, "c1")
    desk.packets.equipped = lambda: True
    desk.packets.ready()
    state = await state_when(desk, lambda s: s.packet is not None and not s.packet.dark)
    assert state.packet is not None
    assert [fact.value for fact in state.packet.facts] == ["LF-88213"]
    await writes(desk, "and?")
    desk.packets.ready()
    await desk.packets.settled("c1")
    assert (await desk.live.state("c1")).packet == state.packet


async def test_an_earlier_conversation_about_the_same_order_is_named(desk: Desk) -> None:
    """One about something else is there too, and not called the same."""
    await arrive(desk, "c0", "My boots LF-88213 are not here", customer=BOOTS)
    await arrive(desk, "c9", "Do you sell tents?", customer=BOOTS)
    await arrive(desk, "c1", "LF-88213 again, still nothing", customer=BOOTS)
    state = await state_when(desk, lambda s: s.packet is not None)
    assert state.packet is not None
    earlier = {contact.conversation: contact.same for contact in state.packet.standing.earlier}
    assert earlier == {"c0": True, "c9": False}
