"""A reply that might be suggested, before ranking."""

from dataclasses import dataclass

from console.conversation.assistance import Citation


@dataclass(frozen=True, slots=True)
class Candidate:
    """A filled text with its score (0 to 1, comparable between kinds) and sources."""

    text: str
    kind: str
    """``macro``, ``article`` or ``past``."""
    score: float
    sources: tuple[Citation, ...]
