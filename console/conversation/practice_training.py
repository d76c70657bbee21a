"""What trainers and agents read of practice: past sessions, points scored otherwise, skills and what to play next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from console.conversation.practice_assignments import ToPlay
from console.conversation.quality_review import Agreement, Level

FEWEST_SESSIONS: Final = 5
"""Sessions of a skill below which no mean is given. Fewer than a review's decisions: a session is half an hour's work,
and Student's interval is as wide as five of them deserve."""

FEWEST_COMPARED: Final = 10
"""Agents with a live level and a practice score below which the two are not compared."""


@dataclass(frozen=True, slots=True)
class PastSession:
    """A session in a list: under way, or over."""

    conversation: str
    scenario: str
    title: str
    agent: str
    """Who plays it: their id."""
    name: str
    assistance: str
    assignment: str
    began: datetime
    closed: datetime | None = None
    """``None`` while it goes on."""
    ending: str = ""
    total: float | None = None
    """0 to 100, trainers' values holding; ``None`` until it is scored."""
    won: bool | None = None
    overruled: int = 0
    """Points that a trainer scored otherwise."""
    replays: str = ""
    """The session that it takes up again; empty where it is a first try."""


@dataclass(frozen=True, slots=True)
class PastSessions:
    """Sessions, the newest first."""

    sessions: tuple[PastSession, ...]
    path: str = ""
    """Where on this server the practice desk lies, to open one there."""
    more: int = 0
    """Older ones that are not listed."""


@dataclass(frozen=True, slots=True)
class OverrulePoint:
    """Score a point otherwise, 0 to 1, or the same as the engine to confirm it; ``None`` takes it back."""

    point: str
    value: float | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SkillLevel:
    """How well somebody does in what a skill's scenarios ask."""

    skill: str
    level: Level
    """The mean score of its sessions, 0 to 1."""
    totals: tuple[float, ...] = ()
    """The newest scores, 0 to 100, the oldest of them first."""


@dataclass(frozen=True, slots=True)
class NextScenario:
    """What to play next, and why."""

    scenario: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Practised:
    """What one agent, or a group of them, has practised."""

    id: str
    name: str
    sessions: int
    won: int
    overall: Level
    skills: tuple[SkillLevel, ...]
    """The weakest that is known first, then those with too few sessions."""
    next: NextScenario | None = None
    live: Level | None = None
    """How good their real conversations were, by the rubric; ``None`` where that is not known."""
    caught: Level | None = None
    """Trust: the share of planted suggestions that were caught, the mean of sessions in which some were to be."""
    used: Level | None = None
    """Trust: the share of good suggestions that were used and not written by hand, the mean of sessions."""
    newest: tuple[float, ...] = ()
    """An agent's newest scores, 0 to 100, the oldest of them first."""
    again: int = 0
    """Sessions that took up an earlier one, which no figure here counts."""
    caught_of: tuple[int, int] = (0, 0)
    """Planted suggestions that were caught, of how many; by the engine, whatever trainers said."""
    used_of: tuple[int, int] = (0, 0)
    """Good suggestions that were used, of how many."""


@dataclass(frozen=True, slots=True)
class PointAgreement:
    """How far trainers agree with the engine on a point: those that a trainer scored themselves, in three levels."""

    point: str
    title: str
    scored: int
    """Sessions in which the engine scored it."""
    overruled: int
    """Those in which a trainer put it on another level."""
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Compared:
    """Practice scores beside the quality of real conversations, over agents: Pearson's correlation with its limits."""

    agents: int
    correlation: float | None = None
    low: float = 0.0
    high: float = 0.0

    @property
    def words(self) -> str:
        """What is said of it."""
        if self.correlation is None:
            return f"not enough data ({self.agents} of {FEWEST_COMPARED} agents with both)"
        return f"r {self.correlation:+.2f} ({self.low:+.2f} to {self.high:+.2f}), {self.agents} agents"


@dataclass(frozen=True, slots=True)
class Training:
    """What a trainer reads of people."""

    people: tuple[Practised, ...]
    groups: tuple[Practised, ...]
    points: tuple[PointAgreement, ...]
    compared: Compared = Compared(0)
    live: str = ""
    """Why there is no live quality to compare with; empty where there is."""


@dataclass(frozen=True, slots=True)
class OwnPractice:
    """What an agent is told of their own practice."""

    to_play: tuple[ToPlay, ...] = ()
    next: NextScenario | None = None
    sessions: int = 0
