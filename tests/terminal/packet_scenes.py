"""Conversations that come with a hand-over packet."""

from dataclasses import replace
from datetime import date, timedelta

from console.assist.opening import openings_of
from console.assist.packet import packet_of
from console.conversation import events as e
from console.conversation.assistance import Routing
from console.conversation.handover import HandoverWhen, Trigger
from console.conversation.message import Layer
from console.conversation.packet import EarlierContact, Packet
from console.conversation.packet_events import PacketPrepared
from console.desk.assistant import talk_of
from console.desk.packets import handed_of
from tests.terminal.fake_desk import START, FakeDesk
from tests.terminal.scenes import full_desk

WHY = (
    Trigger(HandoverWhen.ASKED, "asked for a person: “this is ridiculous, I want a person”", "m6"),
    Trigger(HandoverWhen.MOOD, "frustrated, and getting worse (“ridiculous”)", "m6"),
    Trigger(HandoverWhen.UNRESOLVED, "not solved after 2 turns of the bot", "m6"),
)
EARLIER = EarlierContact("c-old", "2026-02-24", "Where are my boots?", "explained", same=True)


def packet_for(desk: FakeDesk, name: str, why: tuple[Trigger, ...] = WHY) -> Packet:
    """Return the packet that the engine makes of a conversation as it stands."""
    state = desk.state(name)
    handed = replace(handed_of(state, (EARLIER,)), triggers=why)
    packet = packet_of(talk_of(state, date(2026, 3, 2)), handed)
    opening = None if packet.dark else next(openings_of(packet, state.customer.called), None)
    return replace(packet, opening=opening)


def handed_over(name: str = "c-dana", *, dark: bool = False) -> FakeDesk:
    """The full desk; Dana's conversation has its packet, and nobody has written to her yet."""
    desk = full_desk()
    if dark:
        desk.append(name, e.RoutingChanged(Routing("legal-threat", Layer.HUMAN_ONLY, 3)), at=START + timedelta(hours=1))
    desk.append(name, PacketPrepared(packet_for(desk, name)), "assist", START + timedelta(hours=1))
    return desk
