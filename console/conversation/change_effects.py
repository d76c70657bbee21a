"""What a marked change is about: how often that happened before and after, and what share it had.

The words of a figure are made here alone, so that screen and report say the same.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from console.conversation.shares import Share, percent

FEWEST_TOLD: Final = 5
"""Cases of both sides together from which on it is said how their number moved."""

MANY: Final = 2.0
"""Times as often from which on it is told as such."""

NO_MOVE: Final = "no move shown"
NOT_ENOUGH: Final = "not enough data"
TOO_SOON: Final = "not enough data yet: a day at least"


@dataclass(frozen=True, slots=True)
class Pace:
    """How many came before and after; ``low`` and ``high`` are the limits of the rate after over the rate before."""

    name: str
    before: int
    after: int
    weeks_before: float
    weeks_after: float
    low: float | None = None
    high: float | None = None
    """``None`` where too few came, or, of ``high`` alone, where it has no bound."""
    around: bool = False
    """Whether it is of all that stood where a source did, whichever it was, and not of that source alone."""

    @property
    def sides(self) -> str:
        """Both sides as they are shown: how many a week, and how many that is of."""
        return f"{_weekly(self.before, self.weeks_before)} → {_weekly(self.after, self.weeks_after)} a week"

    @property
    def counts(self) -> str:
        """What the sides are of."""
        return f"{self.before} in {self.weeks_before:.1f} weeks, then {self.after} in {self.weeks_after:.1f}"

    @property
    def moved(self) -> bool:
        """Whether the limits leave out that nothing changed."""
        return self.low is not None and (self.low > 1 or (self.high is not None and self.high < 1))

    @property
    def words(self) -> str:
        """What is said of it."""
        if self.low is None:
            early = self.before + self.after >= FEWEST_TOLD and self.weeks_after < 1 / 7
            return TOO_SOON if early else NOT_ENOUGH
        if self.high is None:
            return f"rose to at least {self.low:.1f} times" if self.moved else NO_MOVE
        span = f"{percent(self.low)}–{percent(self.high)}% of before"
        if self.high > MANY:
            span = f"{self.low:.1f} to {self.high:.1f} times"
        if not self.moved:
            return f"{NO_MOVE} ({span})"
        return f"{'rose' if self.low > 1 else 'fell'} to {span}"


@dataclass(frozen=True, slots=True)
class Portion:
    """A share before and after; ``low`` and ``high`` are the limits of the difference, ``None`` for too little."""

    name: str
    before: Share
    after: Share
    low: float | None = None
    high: float | None = None
    more: int = 0
    """In how many weeks there is enough, at the pace so far; 0 where that cannot be told, or takes too long."""
    around: bool = False
    """As of a :class:`Pace`."""

    @property
    def sides(self) -> str:
        """Both sides as they are shown."""
        return f"{self.before.words} → {self.after.words}"

    @property
    def counts(self) -> str:
        """What the sides are of."""
        return f"{self.before.part} of {self.before.of}, then {self.after.part} of {self.after.of}"

    @property
    def moved(self) -> bool:
        """Whether the limits leave out nought."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)

    @property
    def words(self) -> str:
        """What is said of it."""
        if self.low is None or self.high is None:
            return not_enough(self.more)
        span = f"{self.low * 100:+.0f} to {self.high * 100:+.0f} points"
        if not self.moved:
            return f"{NO_MOVE} ({span})"
        return f"{'rose' if self.low > 0 else 'fell'} ({span})"


@dataclass(frozen=True, slots=True)
class About:
    """What one change is about: a source, or a behaviour, whose id stands in its words."""

    change: str
    """Id of the mark."""
    subject: str
    where: str
    """Of what it is counted, in words."""
    since: datetime
    until: datetime
    """The ends of what is compared: not past another change of the same."""
    measures: tuple[Pace | Portion, ...] = ()
    """What it is about first; the intervals of the others are widened for their number."""

    def of(self, measure: Pace | Portion) -> str:
        """Return in words of what a measure is."""
        return f"all suggestions in {self.where}" if measure.around else self.subject


def not_enough(more: int) -> str:
    """Return that there is too little to say what moved, and in how many weeks there is enough, where that is known."""
    return f"{NOT_ENOUGH} yet: about {more} week{'s' * (more != 1)} more" if more else NOT_ENOUGH


def _weekly(count: int, weeks: float) -> str:
    if weeks < 1 / 7:
        return "–"
    rate = count / weeks
    return f"{rate:.0f}" if rate >= 10 or rate == 0 else f"{rate:.1f}"  # noqa: PLR2004 - two digits say enough
