"""What the bot needs from outside, as ports."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from console.assist.packet import Handed
from console.assist.talk import Talk
from console.conversation.bot_events import Outcome
from console.conversation.handover import Trigger

Read = Callable[[str], str]
"""Gives the whole text of an article by its id; empty where there is none."""

Triggers = Callable[[Talk, Handed], Sequence[Trigger]]
"""Tells what of a conversation, and of what is known besides, speaks for people taking over, the weightiest first."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a tool for one customer; ``key`` is the idempotency key of an action, empty for a look-up."""

    tool: str
    customer: str
    """The customer's id; empty while nobody knows who it is."""
    arguments: Mapping[str, str] = field(default_factory=dict)
    key: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A tool's answer: whose it is, and flat fields, cleaned; ``found`` is false where it knows nothing of it."""

    found: bool
    customer: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


class ToolTrouble(Exception):
    """A tool gave no answer that can be used; ``why`` is for the log and for agents, never a secret."""

    def __init__(self, outcome: Outcome, why: str) -> None:
        super().__init__(why)
        self.outcome, self.why = outcome, why


class Tools(Protocol):
    """The company's systems, as far as the bot may use them."""

    async def call(self, call: Call) -> Result:
        """Return the answer. Raises :class:`ToolTrouble`.

        A call with a ``key`` takes effect once however often it is made.
        """

    async def close(self) -> None:
        """Let go of connections."""
