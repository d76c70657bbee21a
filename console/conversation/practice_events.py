"""The events of practice; they stand in the log of practice alone, never in that of the desk.

Part of :data:`console.conversation.events.EventData`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal

from console.conversation.quality import Evidence

Assistance = Literal["on", "off", "planted"]
"""How a session is played: with suggestions, without, or with some that are wrong on purpose."""


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
    assistance: Assistance = "on"
    assignment: str = ""
    """The assignment that it was begun for; empty where the agent chose it themselves."""
    replays: str = ""
    """The session that it takes up again; empty where it begins from the start."""
    before: str = ""
    """The agent's message there, by its id, before which it takes it up."""


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
class CustomerVoiced:
    """A language model worded the customer's message right before this; what is said in it was decided without."""

    words: str
    """The words that would have been sent without a model."""
    model: str


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


@dataclass(frozen=True, slots=True)
class PointOverruled:
    """A trainer scored a point otherwise; theirs holds. ``None`` takes it back."""

    point: str
    value: float | None
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class PracticeAssigned:
    """A trainer gave a scenario to people, to be played by a day."""

    assignment: str
    scenario: str
    people: tuple[str, ...]
    teams: tuple[str, ...]
    due: datetime | None
    assistance: Assistance
    note: str
    by: str


@dataclass(frozen=True, slots=True)
class AssignmentWithdrawn:
    """It need not be played any more."""

    assignment: str
    by: str


class PlantKind(StrEnum):
    """In what way a planted suggestion is wrong."""

    FACT = "fact"
    """A figure, a day, a sum or an order in it is another one."""
    POLICY = "policy"
    """It says what a policy of the company keeps back or warns of."""
    TONE = "tone"
    """It is right, and cold or blaming."""
    STALE = "stale"
    """It answers what was the matter some turns ago."""


@dataclass(frozen=True, slots=True)
class SuggestionPlanted:
    """A suggestion of a session is wrong on purpose. Consoles are not sent it: the debrief tells."""

    suggestion: str
    kind: PlantKind
    words: str
    """What in it is wrong, as it stands there."""
    wrong: str
    """What is wrong with it, in words for the agent."""
    right: str
    """What would be right; empty where nothing of it would."""


@dataclass(frozen=True, slots=True)
class PlantStopped:
    """The check of drafts pointed at what is wrong in a planted suggestion that stood in the agent's draft."""

    suggestion: str
    policy: str


@dataclass(frozen=True, slots=True)
class PlantsDisclosed:
    """The agent was told which suggestions of their session were planted."""

    suggestions: tuple[str, ...]
    read: bool = True
    """Whether they have read it; else it was sent to their console while the session went on, and is told again."""


PracticeEvent = (
    PracticeBegan
    | CustomerMoved
    | CustomerVoiced
    | SuggestionPlanted
    | PlantStopped
    | PlantsDisclosed
    | PracticeEnded
    | PracticeScored
    | PointOverruled
    | PracticeAssigned
    | AssignmentWithdrawn
)

UNSEEN: Final = frozenset(
    {CustomerMoved, CustomerVoiced, SuggestionPlanted, PlantStopped, PracticeAssigned, AssignmentWithdrawn}
)
"""What would give the customer, or a planted suggestion, away, and what was asked of others."""
