"""The events of queues and teamwork; part of :data:`console.conversation.events.EventData`."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class ConversationTransferred:
    """Somebody passed the conversation on: to an agent, who has it from then on, or to the queue of a skill or tier."""

    by: str
    agent: str = ""
    name: str = ""
    skill: str = ""
    tier: int = 0
    """The least tier it goes to; 0 leaves the tier as it is."""
    note: str = ""
    """What the next one should know, in one line; the customer never sees it."""


@dataclass(frozen=True, slots=True)
class ConversationReturned:
    """The desk gave the conversation back to the queue, because the agent who had it is gone."""

    agent: str
    name: str


@dataclass(frozen=True, slots=True)
class ConversationWoken:
    """The time came that a conversation was parked until."""


@dataclass(frozen=True, slots=True)
class PlaceTold:
    """The customer was told where they stand in the queue."""

    place: int
    """From 1."""
    minutes: int = 0
    """About how long it takes until somebody is there; 0 where that cannot be told."""


@dataclass(frozen=True, slots=True)
class OutOfHoursTold:
    """The customer was told that nobody works right now, in these words."""

    text: str


class AsideKind(StrEnum):
    """What is said beside a conversation, among staff."""

    ASKED = "asked"
    """The agent asks a colleague."""
    ANSWERED = "answered"
    """A colleague answers."""
    WHISPERED = "whispered"
    """Somebody who watches tells the agent something."""


@dataclass(frozen=True, slots=True)
class AsideWritten:
    """Something was said beside a conversation; the customer never sees it."""

    kind: AsideKind
    text: str
    author: str
    """Id of who wrote it."""
    name: str
    to: str = ""
    """Id of the colleague that is asked; empty for the others."""
    to_name: str = ""


@dataclass(frozen=True, slots=True)
class LeadCalled:
    """The agent asks for a lead to come into the conversation."""

    agent: str
    name: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WatchBegun:
    """Somebody watches the conversation; the customer does not see it."""

    agent: str
    name: str


@dataclass(frozen=True, slots=True)
class WatchEnded:
    """They watch it no longer."""

    agent: str
