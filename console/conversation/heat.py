"""What it costs an agent to bear customers' anger, and how that passes. Pure.

A chat weighs as much as its customer was angry, from 0 to 1, once for each agent; what was borne halves in
:data:`HALF_LIFE`. Who has borne :data:`TIRED` is offered calmer customers first.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from console.conversation.events import ConversationClosed, ConversationReleased, Event
from console.conversation.inbox import InboxRow
from console.conversation.queue_events import ConversationReturned, ConversationTransferred

HOT: Final = 0.5
"""Heat from which on a customer counts as furious: the mood's words from there on are frustrated and worse."""

HALF_LIFE: Final = 900.0
"""Seconds in which half of what was borne has passed: a quarter of an hour, about the length of a calm chat or two."""

TIRED: Final = 1.2
"""What was borne from which on calmer customers are offered first: two furious chats in a row."""


def heat(row: InboxRow) -> float:
    """Return how angry a customer is, from 0 to 1."""
    return max(0.0, -row.moods[-1]) if row.moods else 0.0


def hot(row: InboxRow) -> bool:
    """Whether a customer is furious, or about to be."""
    return heat(row) >= HOT or row.warned


@dataclass(frozen=True, slots=True)
class LoadNow:
    """What an agent bears at a moment."""

    points: float = 0.0
    at: float = 0.0
    """Seconds, as a clock says that never goes back."""

    @property
    def tired(self) -> bool:
        """Whether calmer customers should come first."""
        return self.points >= TIRED

    def later(self, at: float) -> "LoadNow":
        """Return what is left of it at another moment."""
        return LoadNow(self.points * 0.5 ** (max(0.0, at - self.at) / HALF_LIFE), at)

    def more(self, points: float, at: float) -> "LoadNow":
        """Return it with something borne on top."""
        return LoadNow(self.later(at).points + points, at)


class Loads:
    """What each agent bears: a fold over the events of a desk; give it each event in order, after its row changed."""

    def __init__(self) -> None:
        self._loads: dict[str, LoadNow] = {}
        self._counted: dict[str, tuple[str, float]] = {}
        """Of each conversation, who bears it, and how much of it has been counted for them."""

    def of(self, agent: str, now: datetime) -> float:
        """Return what an agent bears at a moment."""
        return self._loads.get(agent, LoadNow()).later(now.timestamp()).points

    def apply(self, event: Event, row: Callable[[str], InboxRow | None]) -> None:
        """Take in the next event; ``row`` gives a conversation's row after it."""
        match event.data:
            case ConversationClosed() | ConversationReleased(parked=False) | ConversationReturned():
                self._counted.pop(event.conversation, None)
            case ConversationTransferred(agent=""):
                self._counted.pop(event.conversation, None)
            case _:
                if (now := row(event.conversation)) is not None and now.agent:
                    self.bears(now, event.at)

    def bears(self, row: InboxRow, at: datetime) -> None:
        """Count what of a row's heat its agent has not borne yet."""
        holder, counted = self._counted.get(row.id, ("", 0.0))
        counted = counted if holder == row.agent else 0.0
        more = heat(row) - counted
        if more > 0:
            self._loads[row.agent] = self._loads.get(row.agent, LoadNow()).more(more, at.timestamp())
        self._counted[row.id] = (row.agent, max(counted, heat(row)))
