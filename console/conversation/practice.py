"""What is told of practice, and asked of it: the scenarios to choose from, and beginning a session."""

from dataclasses import dataclass
from typing import Literal

from console.conversation.assistance import Citation
from console.conversation.practice_events import ScoredPoint

Assistance = Literal["on", "off", "planted"]


@dataclass(frozen=True, slots=True)
class PracticeOffer:
    """A scenario as it is offered: nothing that would give the customer away."""

    id: str
    title: str
    difficulty: str
    """``easy``, ``medium`` or ``hard``."""
    skills: tuple[str, ...]
    reason: str
    """Why it was handed over."""


@dataclass(frozen=True, slots=True)
class PracticeOffers:
    """All there is to play."""

    scenarios: tuple[PracticeOffer, ...]


@dataclass(frozen=True, slots=True)
class BeginPractice:
    """Play a scenario; without a ``seed`` one is drawn."""

    scenario: str
    assistance: Assistance = "on"
    seed: int | None = None
    assignment: str = ""


@dataclass(frozen=True, slots=True)
class PracticeStarted:
    """A session that has begun."""

    conversation: str
    path: str
    """Where on this server the practice desk lies."""


@dataclass(frozen=True, slots=True)
class Better:
    """What might have been said instead, and what it rests on."""

    text: str
    sources: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class TurnTold:
    """A turning point of a session."""

    message: str
    """Id of the agent's message; empty for silence."""
    words: str
    """What the agent wrote; empty for silence."""
    change: float
    """What it did to patience and trust together, -2 to 2."""
    causes: tuple[str, ...]
    better: tuple[Better, ...] = ()


@dataclass(frozen=True, slots=True)
class Overruling:
    """A point that a trainer scored themselves; their value holds."""

    point: str
    engine: float | None
    """What the engine gave, 0 to 1."""
    value: float
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class PracticeReport:
    """What a session was worth, told once it is over."""

    conversation: str
    scenario: str
    title: str
    difficulty: str
    agent: str
    seed: int
    ending: str
    won: bool
    total: float
    """0 to 100."""
    points: tuple[ScoredPoint, ...]
    keep: str
    change: str
    turns: tuple[TurnTold, ...]
    outside: tuple[str, ...]
    """What the agent asked and the scenario has no answer to."""
    notes: str
    """What the scenario teaches."""
    overruled: tuple[Overruling, ...] = ()
    """What trainers scored; points, total and won are by these values already."""
