"""The event of who is at work. Part of :data:`console.conversation.events.EventData`."""

from dataclasses import dataclass

from console.conversation.people import Presence


@dataclass(frozen=True, slots=True)
class PresenceChanged:
    """An agent came, went, or takes a break."""

    agent: str
    name: str
    presence: Presence
