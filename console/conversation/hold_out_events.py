"""The event of the hold-out; part of :data:`console.conversation.events.EventData`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HoldOutAssigned:
    """It was decided, once, whether a conversation has assistance, to measure what assistance is worth."""

    held_out: bool
    """Whether it is one of those without: it is dark, as if the agent had hidden assistance."""
    share: float
    """The share of conversations, 0 to 0.5, that were held out when this one was decided on."""
    version: str = ""
    """What the second chair was then: the program, and the language model beside it if there was one."""
