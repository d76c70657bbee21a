"""What a lead reads of the quality of conversations. The words of a figure are made here alone."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from console.conversation.quality import Evidence, Mark, Opinion
from console.conversation.reviews import FEWEST, USUAL_WEEKS, By, Change, percent
from console.conversation.spread import NO_SPREAD, Spread

FEWEST_PAIRS: Final = 30
"""Criteria marked by a person and by the engine below which no agreement is given."""

TRUSTED: Final = 0.4
"""Kappa below which the engine's marks of a criterion are not trusted, and left out of the overall figure: what is
below it is fair agreement at best (Landis and Koch 1977, Biometrics 33, 159)."""

MARKS: Final = tuple(Mark)


@dataclass(frozen=True, slots=True)
class Level:
    """A mean of values from 0 to 1 over conversations: of one criterion, or overall."""

    of: int
    """Conversations that it is of: those to which it applies and of which it can be told."""
    mean: float | None = None
    """``None`` where there are too few."""
    low: float = 0.0
    high: float = 0.0

    @property
    def words(self) -> str:
        """The mean with its interval."""
        if self.mean is None:
            return f"too few ({self.of})"
        return f"{percent(self.mean)}% ({percent(self.low)}–{percent(self.high)})"

    @property
    def short(self) -> str:
        """The mean alone."""
        return "–" if self.mean is None else f"{percent(self.mean)}%"


@dataclass(frozen=True, slots=True)
class LevelWeek:
    """A week of it, from Monday."""

    start: date
    level: Level


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far people and the engine agree: Cohen's kappa, of criteria that both marked and a person blindly."""

    pairs: int
    same: int
    kappa: float | None = None
    low: float = 0.0
    high: float = 0.0
    one_sided: bool = False
    """Whether all marks of both are the same: there is no kappa then, however many there are."""

    @property
    def trusted(self) -> bool | None:
        """Whether it is good enough; ``None`` where that is not known."""
        return None if self.kappa is None else self.kappa >= TRUSTED

    @property
    def words(self) -> str:
        """Kappa with its interval, and what it means."""
        if self.kappa is None:
            if self.one_sided:
                return f"κ cannot be told: all {self.pairs} marks are the same"
            return f"not enough data ({self.pairs} of {FEWEST_PAIRS} marked by both)"
        trust = "" if self.trusted else ", not trusted"
        return f"κ {self.kappa:.2f} ({self.low:.2f} to {self.high:.2f}), {self.same} of {self.pairs} the same{trust}"


@dataclass(frozen=True, slots=True)
class Seconded:
    """How far a language model and the engine each agree with people: over the same marks, which all three gave."""

    marks: int = 0
    """Marks that the model gave."""
    model: Agreement = Agreement(0, 0)
    engine: Agreement = Agreement(0, 0)

    @property
    def words(self) -> str:
        """Both beside each other; empty where the model marked nothing."""
        if not self.marks:
            return ""
        if self.model.pairs < FEWEST_PAIRS:
            return f"not enough data ({self.model.pairs} of {FEWEST_PAIRS} marked by people, engine and language model)"
        return f"people and language model {self.model.words}; people and engine {self.engine.words}"


@dataclass(frozen=True, slots=True)
class CriterionFigures:
    """A criterion over some weeks."""

    id: str
    title: str
    text: str
    level: Level
    counts: tuple[int, ...]
    """Conversations by mark, in the order of :data:`MARKS`."""
    people: int
    """How many of them were marked by people."""
    weeks: tuple[LevelWeek, ...]
    agreement: Agreement
    seconded: Seconded = Seconded()

    @property
    def left_out(self) -> bool:
        """Whether it is left out of the overall figure."""
        return self.agreement.trusted is False

    def count(self, mark: Mark) -> int:
        """Return how many conversations have this mark."""
        return self.counts[MARKS.index(mark)]


@dataclass(frozen=True, slots=True)
class QualityGroup:
    """The conversations of an intent or a team."""

    by: By
    name: str
    scored: int
    overall: Level | None = None
    """``None`` where it is withheld, since too few agents are in it."""
    criteria: tuple[Level, ...] = ()
    """In the order of the criteria."""

    @property
    def title(self) -> str:
        """The name as it is shown."""
        return self.name or ("no skill asked for" if self.by is By.TEAM else "not known")


@dataclass(frozen=True, slots=True)
class Moved:
    """The overall level before and after a marked change; the limits of the difference, ``None`` for too little."""

    change: Change
    before: Level
    after: Level
    low: float | None = None
    high: float | None = None

    @property
    def words(self) -> str:
        """What is said of it."""
        if self.low is None or self.high is None:
            return "not enough data"
        span = f"{self.low * 100:+.0f} to {self.high * 100:+.0f} points"
        if self.low <= 0 <= self.high:
            return f"no move shown ({span})"
        return f"{'rose' if self.low > 0 else 'fell'} ({span})"


@dataclass(frozen=True, slots=True)
class Quality:
    """Everything of a window of time; while ``progress`` says how far the look has come, the rest is empty."""

    since: datetime | None = None
    until: datetime | None = None
    weeks: int = USUAL_WEEKS
    rubric: str = ""
    """Version of the rubric in force; empty where there is none."""
    closed: int = 0
    """Closed conversations that a person had."""
    scored: int = 0
    older: int = 0
    """Scored under another rubric than the one in force."""
    generated: int = 0
    """Scored ones of generated history, which never happened."""
    overall: Level = Level(0)
    overall_weeks: tuple[LevelWeek, ...] = ()
    agreement: Agreement = Agreement(0, 0)
    opinions: int = 0
    """Of the scored ones, those of which a language model has said what it thinks."""
    seconded: Seconded = Seconded()
    criteria: tuple[CriterionFigures, ...] = ()
    groups: tuple[QualityGroup, ...] = ()
    moved: tuple[Moved, ...] = ()
    """What leads marked as changed in these weeks, the newest first."""
    to_mark: int = 0
    """Conversations of which no criterion was marked by a person yet."""
    spread: Spread = NO_SPREAD
    """How far agents differ in the overall level, beyond chance."""
    progress: str = ""

    def criterion(self, name: str) -> CriterionFigures | None:
        """Return the figures of a criterion."""
        return next((one for one in self.criteria if one.id == name), None)

    def group(self, by: By, name: str) -> QualityGroup | None:
        """Return a group."""
        return next((one for one in self.groups if one.by is by and one.name == name), None)


@dataclass(frozen=True, slots=True)
class Said:
    """A message of a conversation, as whoever marks it reads it."""

    message: str
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A criterion of a conversation: what the engine marked and why, what a person marked."""

    conversation: str
    criterion: str
    title: str
    at: datetime
    """When it was closed."""
    intent: str
    engine: Mark | None = None
    """``None`` in the queue, so that nobody is led by it; or where the engine has not marked it."""
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()
    person: Mark | None = None
    by: str = ""
    person_reason: str = ""
    generated: bool = False
    text: str = ""
    """What counts."""
    lines: tuple[Said, ...] = ()
    """The conversation, in the queue."""
    opinion: Opinion | None = None
    """A language model's; in the queue it is not told either."""

    @property
    def mark(self) -> Mark | None:
        """The mark that holds: a person's before the engine's."""
        return self.person or self.engine


@dataclass(frozen=True, slots=True)
class MarkedList:
    """Some of them, the newest first, or in the queue's order of chance."""

    total: int
    marked: tuple[Marked, ...]


TOO_FEW: Final = f"Not enough data: a mean needs {FEWEST} conversations."
