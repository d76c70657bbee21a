"""What of a packet goes along, by the ``with`` of the hand-over rules that fired. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from console.content.behaviours import FACTS, ORDERS, PARTS, SUMMARY, Behaviour
from console.conversation.handover import Trigger
from console.conversation.packet import Packet, Standing


def going_along(packet: Packet, behaviour: Behaviour | None) -> Packet:
    """Return the packet with the parts that the rules name which fired.

    Why, who it is, what was promised, what is against policy and the mood always go along; so does everything where
    something fired that no rule of the behaviour is about, or whose rule names no part.
    """
    parts = _named(behaviour, packet.triggers) if behaviour else frozenset(PARTS)
    if SUMMARY not in parts:
        packet = replace(packet, issue=(), tried=(), asks=())
    if FACTS not in parts:
        packet = replace(packet, facts=(), missing=())
    if ORDERS not in parts:
        packet = replace(packet, standing=_without_orders(packet.standing))
    return packet


def _named(behaviour: Behaviour, triggers: Sequence[Trigger]) -> frozenset[str]:
    rules = {rule.when: frozenset(PARTS).intersection(rule.context) for rule in behaviour.handover}
    named = [rules.get(trigger.when, frozenset()) for trigger in triggers]
    return frozenset().union(*named) if named and all(named) else frozenset(PARTS)


def _without_orders(standing: Standing) -> Standing:
    numbers = {order.number for order in standing.orders}
    signals = tuple(s for s in standing.signals if s.source not in numbers)
    return replace(standing, orders=(), signals=signals)
