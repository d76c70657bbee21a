"""What a console asks of queues and teamwork, and what it gets back."""

from dataclasses import dataclass
from datetime import datetime

from console.conversation.queue import AtWork, Move
from console.conversation.state import Conversation


@dataclass(frozen=True, slots=True)
class Transfer:
    """Pass a conversation on: to an ``agent`` by id, or else to the queue, for a ``skill`` or from a ``tier`` on."""

    agent: str = ""
    skill: str = ""
    tier: int = 0
    note: str = ""
    """What the next one should know; the customer never sees it."""
    over: bool = False
    """A lead's will that the agent has more than their capacity."""


@dataclass(frozen=True, slots=True)
class Park:
    """Set a conversation aside until the customer writes, or until a moment, whichever comes first."""

    until: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """The conversation that was next for the agent, with their unsent draft of it, and why it was this one."""

    conversation: Conversation
    draft: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InLine:
    """A waiting conversation in its place."""

    conversation: str
    reasons: tuple[str, ...]
    misfit: str = ""
    """Why it is not for the one who looks; empty where it is."""


@dataclass(frozen=True, slots=True)
class QueuePage:
    """The queue in its order, who is there, and what a lead might move."""

    line: tuple[InLine, ...]
    team: tuple[AtWork, ...]
    moves: tuple[Move, ...] = ()
    skills: tuple[str, ...] = ()
    """What a chat can be passed on for, by name; none where the company works without skills."""


@dataclass(frozen=True, slots=True)
class Say:
    """Say something beside a conversation: to a colleague by id, or back to whoever asked, or to its agent."""

    text: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class CallLead:
    """Call a lead into a conversation."""

    reason: str = ""
