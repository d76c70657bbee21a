"""Letting weeks pass in a demo, so that its leads see what became of what they changed."""

from dataclasses import dataclass
from typing import Final

MOST: Final = 8
"""Weeks that may pass at a time."""

USUAL: Final = 2

MOST_IN_ALL: Final = 52
"""Weeks by which a demo's clock may be ahead."""


@dataclass(frozen=True, slots=True)
class LetWeeksPass:
    """Let so many weeks pass."""

    weeks: int = USUAL


@dataclass(frozen=True, slots=True)
class WeeksAhead:
    """How far a demo is before the time of day."""

    demo: bool = False
    """Whether weeks can pass here at all: only where the past is generated."""
    weeks: int = 0
    """How many have passed."""
    progress: str = ""
    """How far the history of those that pass now is written; empty where it is whole."""
