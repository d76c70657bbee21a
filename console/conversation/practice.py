"""What is told of practice, and asked of it: the scenarios to choose from, and beginning a session."""

from dataclasses import dataclass
from typing import Final

from console.conversation.assistance import Citation
from console.conversation.message import Message
from console.conversation.practice_events import Assistance, PlantKind, ScoredPoint

ASSISTANCE: Final[tuple[Assistance, ...]] = ("on", "off", "planted")


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
class UnderWay:
    """A session of one's own that was begun and not closed."""

    conversation: str
    title: str
    assistance: str
    assignment: str = ""
    """The assignment that it is played for; empty where for none."""


@dataclass(frozen=True, slots=True)
class PracticeOffers:
    """All there is to play."""

    scenarios: tuple[PracticeOffer, ...]
    under_way: tuple[UnderWay, ...] = ()
    """Sessions that one can go on with."""
    path: str = ""
    """Where on this server the practice desk lies."""


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
class ReplayFrom:
    """Take a session up again before this message of the agent's."""

    message: str


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
    telling: str = ""
    """The sentence of it that moved them most; empty where it was no single one."""
    place: int = 0
    """Messages that stood before the customer's answer."""


@dataclass(frozen=True, slots=True)
class TriedBefore:
    """A session that was taken up again: what came of one message then, and of what was written instead."""

    conversation: str
    won: bool | None
    """``None`` where it was never scored, as for ``total``."""
    total: float | None
    then: TurnTold | None
    now: TurnTold | None


@dataclass(frozen=True, slots=True)
class PlantTold:
    """A suggestion that was wrong on purpose, and what the agent did with it."""

    suggestion: str
    kind: PlantKind
    text: str
    """All of it, as it was suggested."""
    words: str
    """What in it is wrong."""
    wrong: str
    """What is wrong with it."""
    right: str
    """What would be right; empty where nothing of it would."""
    fate: str
    """``caught``, ``stopped``, ``sent``, ``open`` or ``unseen``."""
    did: str = ""
    """What the agent did with it; empty where nothing."""
    message: str = ""
    """Id of the agent's message that decided it; empty where there is none."""


@dataclass(frozen=True, slots=True)
class SessionPlants:
    """The plants of a session of which its agent was not told yet."""

    conversation: str
    title: str
    closed: bool
    plants: tuple[PlantTold, ...]


@dataclass(frozen=True, slots=True)
class PlantsToTell:
    """All that an agent is to be told before their next live chat."""

    sessions: tuple[SessionPlants, ...] = ()


@dataclass(frozen=True, slots=True)
class PlantsToldOf:
    """The agent has read which suggestions were planted."""

    suggestions: tuple[str, ...]


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
    assistance: str = "on"
    """``on``, ``off`` or ``planted``."""
    plants: tuple[PlantTold, ...] = ()
    used: int = 0
    """Good suggestions that were used."""
    passed: int = 0
    """Good suggestions that were written by hand instead: trusting too little."""
    transcript: tuple[Message, ...] = ()
    earlier: TriedBefore | None = None
    """What it took up again; ``None`` where it began from the start."""
    overruled: tuple[Overruling, ...] = ()
    """What trainers scored; points, total and won are by these values already."""
