"""The events of practice; they stand in the log of practice alone, never in that of the desk.

Part of :data:`console.conversation.events.EventData`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from console.conversation.quality import Evidence


@dataclass(frozen=True, slots=True)
class PracticeBegan:
    """An agent began to play a scenario."""

    scenario: str
    version: str
    """A digest of the scenario's file: what was played, whatever becomes of the file."""
    title: str
    seed: int
    agent: str
    name: str


@dataclass(frozen=True, slots=True)
class Moved:
    """One thing that moved the customer, and by how much; see :mod:`console.practice.effects`."""

    cause: str
    patience: float
    trust: float
    words: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class CustomerMoved:
    """Where the simulated customer stands after an agent's message, or after a silence. Consoles are not sent it."""

    turn: int
    heard: int
    """The number of the agent's newest message that they have heard."""
    message: str
    """Id of the agent's message; empty for silence."""
    patience: float
    trust: float
    moved: tuple[Moved, ...] = ()
    told: tuple[str, ...] = ()
    mistaken: tuple[str, ...] = ()
    settled: str = ""
    ending: str = ""
    silences: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    outside: tuple[str, ...] = ()
    """What the agent asked and the scenario has no answer to."""
    offers: tuple[str, ...] = ()
    """Resolutions that were offered and not taken yet."""
    held: tuple[str, ...] = ()
    """Facts that they would not tell yet."""
    volunteered: tuple[str, ...] = ()
    """Facts that nobody had asked for when they told them."""
    says: tuple[str, ...] = ()
    """What they answer, sentence by sentence: they may be interrupted before it is written."""
    duties: tuple[Evidence, ...] = ()
    """What had to be said, or not, and was: the duty's id as the message, with the words."""


@dataclass(frozen=True, slots=True)
class PracticeEnded:
    """A session is over: ``settled``, ``gave up`` or ``cut off``."""

    ending: str


@dataclass(frozen=True, slots=True)
class ScoredPoint:
    """One thing that was scored; ``value`` lies between 0 and 1, ``None`` where it does not apply."""

    id: str
    title: str
    value: float | None
    weight: float
    reason: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class PracticeScored:
    """What a session was worth, by the engine."""

    points: tuple[ScoredPoint, ...]
    total: float
    """0 to 100."""
    won: bool
    rubric: str = ""
    engine: str = ""


PracticeEvent = PracticeBegan | CustomerMoved | PracticeEnded | PracticeScored

UNSEEN: Final = frozenset({CustomerMoved})
"""What would give the customer away while the session goes on."""
