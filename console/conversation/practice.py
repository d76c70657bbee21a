"""What is told of practice: the scenarios to choose from, and a session that has begun."""

from dataclasses import dataclass


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
class PracticeStarted:
    """A session that has begun."""

    conversation: str
    path: str
    """Where on this server the practice desk lies."""
