"""A message, and the standing of a conversation."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from console.conversation.attachments import Attachment


class Author(StrEnum):
    """Who wrote a message; ``system`` carries look-up results and notices."""

    CUSTOMER = "customer"
    AGENT = "agent"
    BOT = "bot"
    SYSTEM = "system"


class Layer(StrEnum):
    """Who acts in a conversation (see docs/architecture.md)."""

    AUTONOMOUS = "autonomous"
    ASSISTED = "assisted"
    HUMAN_ONLY = "human-only"


class Status(StrEnum):
    """Where a conversation stands."""

    BOT = "bot"
    """The bot answers."""
    WAITING = "waiting"
    """Handed over; nobody has taken it yet."""
    ACTIVE = "active"
    """An agent has taken it."""
    PARKED = "parked"
    """Taken, and set aside until the customer writes again."""
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Message:
    """One message; ``id`` is ``m`` and its place in the conversation, from 1."""

    id: str
    role: Author
    text: str
    at: datetime | None = None
    author: str = ""
    """The name to show beside it; empty for the customer and the bot."""
    suggestion: str = ""
    """The id of the suggestion it was taken from, if any."""
    seq: int = 0
    """The number of its event in the log; 0 outside a log."""
    excepted: bool = False
    """Whether it went out against a warning or by a lead's leave: it was right for this one customer."""
    attachments: tuple[Attachment, ...] = ()
    edits: str = ""
    """The earlier message that it puts right; empty for a new one."""


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line of a draft article, and the messages of one conversation that it was taken from (at least one)."""

    part: Literal["problem", "step", "missing"]
    """What the customer came with, what to do, or that nobody's answer could be taken over."""
    text: str
    sources: tuple[str, ...]
    conversation: str = ""
    """Where these messages stand; empty for the conversation that the draft was made from."""
    agents: int = 1
    """How many agents said so, in these words or others."""
