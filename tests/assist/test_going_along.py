"""What of a packet goes along with a hand-over."""

from dataclasses import replace

import pytest

from console.assist.going_along import going_along
from console.assist.packet import Handed, packet_of
from console.content.behaviours import PARTS, Behaviour, HandoverRule, Stakes
from console.conversation.handover import HandoverWhen, Trigger
from console.conversation.message import Layer
from console.conversation.packet import Packet
from tests.assist.test_packet import SAID, talk

UNRESOLVED = Trigger(HandoverWhen.UNRESOLVED, "not solved after 2 turns of the bot", "m6")
ASKED = Trigger(HandoverWhen.ASKED, "asked for a person", "m6")
LATE = Behaviour("late", "Late delivery", Layer.ASSISTED, 1, Stakes.LOW)


def whole(*triggers: Trigger) -> Packet:
    """Return a packet with something in every part."""
    return packet_of(talk(*SAID), Handed("not solved", triggers))


def ruled(*parts: str) -> Behaviour:
    """Return a behaviour that gives away what is unresolved with these parts."""
    return replace(LATE, handover=(HandoverRule(HandoverWhen.UNRESOLVED, 2, parts),))


def parts_of(packet: Packet) -> set[str]:
    """Return the parts in which something stands."""
    held = {"summary": (*packet.issue, *packet.tried), "facts": packet.facts, "orders": packet.standing.orders}
    return {name for name, lines in held.items() if lines}


@pytest.mark.parametrize("parts", [("summary",), ("facts", "orders"), PARTS])
def test_the_parts_that_the_rule_names_go_along(parts: tuple[str, ...]) -> None:
    """And no others; what was promised always does."""
    packet = going_along(whole(UNRESOLVED), ruled(*parts))
    assert parts_of(packet) == set(parts)
    assert packet.promised
    assert packet.triggers == (UNRESOLVED,)


def test_a_late_order_is_no_signal_where_orders_stay_behind() -> None:
    """Else it would be told all the same."""
    packet = whole(UNRESOLVED)
    assert any("LF-88213" in signal.text for signal in packet.standing.signals)
    assert not going_along(packet, ruled("facts")).standing.signals


@pytest.mark.parametrize("behaviour", [None, LATE, ruled()])
def test_everything_goes_along_where_no_rule_says_what(behaviour: Behaviour | None) -> None:
    """Too much is better than a customer who repeats themselves."""
    packet = whole(UNRESOLVED)
    assert going_along(packet, behaviour) == packet


def test_everything_goes_along_where_something_else_fired_too() -> None:
    """A wish for a person has no rule here."""
    packet = whole(UNRESOLVED, ASKED)
    assert going_along(packet, ruled("summary")) == packet
