"""What a lead reads of hand-overs from the bot to people: whether they came too early, right or too late, and why.

The words of a figure are made here alone, so that screen, report and files say the same.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from console.conversation.reviews import USUAL_WEEKS
from console.conversation.shares import NO_CASES, Proportion

BACK: Final = 7
"""Days within which a customer who writes again was not helped by the bot."""


class Timing(StrEnum):
    """When the bot gave a conversation to people, as judged."""

    EARLY = "too-early"
    RIGHT = "right"
    LATE = "too-late"
    NEVER = "not-at-all"
    """It ended at the bot, and people should have had it."""

    @property
    def said(self) -> str:
        """The timing as it is shown."""
        return self.value.replace("-", " ")


class Reason(StrEnum):
    """What by rule made a person due, or shows that none was."""

    ASKED = "asked"
    FAILED = "failed"
    CROSS = "cross"
    REPEATED = "repeated"
    CAME_BACK = "came-back"
    SUFFICED = "sufficed"
    """One reply that an article of the bot bears out, sent as it was suggested, settled it."""
    NONE = "none"


class Part(StrEnum):
    """What escalations are put together by."""

    ALL = "all"
    BEHAVIOUR = "behaviour"
    TRIGGER = "trigger"


@dataclass(frozen=True, slots=True)
class Cost:
    """What too late a hand-over cost, of those judged too late; ``None`` where there are too few."""

    turns: float | None = None
    """Median of the turns between the moment when a person was due and the hand-over."""
    seconds: float | None = None
    """Median of the seconds between the two."""
    mood: float | None = None
    """Mean of how far the customer's mood (-1 to 1) fell meanwhile; positive: it fell."""
    reopened: Proportion = NO_CASES
    """Those opened again within seven days of their closing."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """The escalations of a behaviour or of a trigger."""

    part: Part
    name: str
    counts: tuple[tuple[Timing, int], ...]
    late: Proportion
    """Too late or not at all, of all that were given to people or should have been."""
    early: Proportion
    cost: Cost
    reasons: tuple[tuple[Reason, int], ...] = ()
    """Why a person was due, of those too late or not at all; the most frequent first."""

    @property
    def of(self) -> int:
        """How many escalations it has."""
        return self.late.of

    def count(self, timing: Timing) -> int:
        """Return how many are judged so."""
        return dict(self.counts).get(timing, 0)

    @property
    def title(self) -> str:
        """The name as it is shown; never empty."""
        return self.name or ("all escalations" if self.part is Part.ALL else "not known")


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far leads judge as the rule does; ``kappa`` is ``None`` where too few were judged."""

    judged: int
    same: Proportion
    kappa: float | None = None
    """Cohen's: 1 is full agreement, 0 what chance would give."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a marked change of a behaviour's rule did: before against after."""

    change: str
    """Id of the mark."""
    on: datetime
    words: str
    behaviour: str
    before: Proportion
    after: Proportion
    turns_before: float | None
    turns_after: float | None
    low: float | None = None
    high: float | None = None
    """Limits of the difference of the shares that came too late; ``None`` where too little is known."""

    @property
    def verdict(self) -> str:
        """What is said of it."""
        if self.low is None or self.high is None:
            return "not enough data yet"
        span = f"{self.low * 100:+.0f} to {self.high * 100:+.0f} points"
        if self.low <= 0 <= self.high:
            return f"no move shown ({span})"
        return f"{'rose' if self.low > 0 else 'fell'} ({span})"


@dataclass(frozen=True, slots=True)
class Escalations:
    """Everything of a window of time; while ``progress`` says how far the look has come, the rest is empty."""

    since: datetime | None = None
    until: datetime | None = None
    weeks: int = USUAL_WEEKS
    generated: int = 0
    """How many of them are generated history and never happened."""
    unknown: int = 0
    """Those whose beginning is not known any more; they are not judged."""
    patterns: tuple[Pattern, ...] = ()
    """Of all, then by behaviour and by trigger, the worst first."""
    agreement: Agreement = Agreement(0, NO_CASES)
    moved: tuple[Moved, ...] = ()
    progress: str = ""

    def of(self, part: Part, name: str = "") -> Pattern | None:
        """Return a pattern."""
        return next((one for one in self.patterns if one.part is part and one.name == name), None)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A message that a judgement rests on, and what is seen there."""

    message: str
    words: str
    quote: str = ""
    """What it says; read from the log when somebody looks."""


@dataclass(frozen=True, slots=True)
class Escalation:
    """One conversation that was given to people, or should have been."""

    conversation: str
    behaviour: str
    trigger: str
    """What made the bot hand over; empty where it did not."""
    timing: Timing
    """As judged: by a lead where one has, else by rule."""
    by_rule: Timing
    reason: Reason
    words: str
    """Why the rule says so."""
    due: str
    """The message at which a person was due; the one at which it was handed over, or its last, where none was."""
    turns: int
    """How many turns too late."""
    at: datetime
    evidence: tuple[Evidence, ...] = ()
    judged_by: str = ""
    judged_why: str = ""
    generated: bool = False


@dataclass(frozen=True, slots=True)
class Cases:
    """Some of the escalations of a pattern, the newest first."""

    total: int
    cases: tuple[Escalation, ...]
    weeks: int = USUAL_WEEKS
