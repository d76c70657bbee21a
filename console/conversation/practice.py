"""What is told of practice, and asked of it: the scenarios to choose from, and beginning a session."""

from dataclasses import dataclass
from typing import Literal

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
