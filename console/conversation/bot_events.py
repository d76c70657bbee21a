"""The events of the bot: what it decided at each turn, and what its tools answered.

Part of :data:`console.conversation.events.EventData`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from console.conversation.assistance import Citation


class Decided(StrEnum):
    """What the bot does at a turn."""

    ANSWER = "answer"
    ASK = "ask"
    LOOK_UP = "look-up"
    ACT = "act"
    HAND_OVER = "hand-over"


class Outcome(StrEnum):
    """How a call of a tool ended."""

    FOUND = "found"
    """It answered, and what it answered can be believed."""
    NOT_FOUND = "not-found"
    """It knows nothing of what was asked, or cannot do it."""
    LATE = "late"
    DOWN = "down"
    REFUSED = "refused"
    """It does not take the call: not allowed, or badly asked."""
    GARBLED = "garbled"
    """It answered something that cannot be read, or far too much."""
    DOUBTED = "doubted"
    """It answered about something or somebody else than it was asked about, or values that cannot be right."""


@dataclass(frozen=True, slots=True)
class BotDecided:
    """The bot decided what to do about a message, and why."""

    turn: str
    decision: Decided
    reason: str
    """In words that an agent reads."""
    intent: str = ""
    tool: str = ""
    """The tool that is called, or that a fact is asked for."""
    errand: str = ""
    """The tool that all this leads to: who the customer is may have to be found out before."""
    fact: str = ""
    """The slot of the fact that it asks for; empty where it asks for the matter."""
    failed: bool = False
    """Whether the turn brought the customer no further."""
    sources: tuple[Citation, ...] = ()
    behaviours: str = ""
    """Version of the behaviours that it was decided by."""
    ms: float = 0.0


@dataclass(frozen=True, slots=True)
class ToolCalled:
    """A tool was called; its answer stands in the system message right before."""

    turn: str
    tool: str
    outcome: Outcome
    arguments: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    """What was taken of the answer; empty unless it was found."""
    key: str = ""
    """Idempotency key of an action; empty for a look-up."""
    ms: float = 0.0
