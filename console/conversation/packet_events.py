"""The event of the hand-over packet, and what it changes in a conversation.

Part of :data:`console.conversation.events.EventData`.
"""

from dataclasses import dataclass

from console.conversation.packet import Packet


@dataclass(frozen=True, slots=True)
class PacketPrepared:
    """All that is known was put together for whoever takes the conversation over; a later one replaces it."""

    packet: Packet
    ms: float = 0.0
    """Milliseconds from the moment it was wanted until it was ready to be logged."""
