"""How many customers a desk can expect in the coming week, hour by hour, and what such forecasts were worth before."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

FEWEST_WEEKS: Final = 3
"""Weeks with data below which nothing is forecast: a weekday seen once or twice says nothing."""


class Flow(StrEnum):
    """What is forecast."""

    ARRIVALS = "arrivals"
    """Conversations that customers begin."""
    ESCALATIONS = "escalations"
    """Hand-overs to people."""

    @property
    def other(self) -> "Flow":
        """The other one."""
        return Flow.ESCALATIONS if self is Flow.ARRIVALS else Flow.ARRIVALS


@dataclass(frozen=True, slots=True)
class Span:
    """An expected number with the limits within which 80 and 95 of a hundred such numbers are to lie."""

    expected: float
    low80: int
    high80: int
    low95: int
    high95: int

    @property
    def words(self) -> str:
        """The number as it is shown, with its 80 % interval."""
        return f"{self.shown} ({self.low80}–{self.high80})"

    @property
    def shown(self) -> str:
        """The number alone: whole from ten on."""
        return f"{self.expected:.0f}" if self.expected >= 9.95 else f"{self.expected:.1f}"  # noqa: PLR2004 - two digits


@dataclass(frozen=True, slots=True)
class Needed:
    """Agents that must be there at the same time for the service level, with the limits of the 80 % interval.

    These are of whole conversations: where hardly one is expected, their limits may be nought of them. Whom the
    expected number needs lies within in any case.
    """

    agents: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour of the coming week."""

    at: datetime
    """When it begins, in the desk's own time."""
    span: Span
    needed: Needed | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the coming week: its sum is forecast for itself, because hours of a day rise and fall together."""

    day: date
    span: Span
    hours: tuple[Hour, ...]
    holiday: bool = False
    """Whether the desk is closed by its calendar; what comes on holidays is not known apart."""


FEWEST: Final = 20
"""Past hours or days from which on it counts how many of them lay within the limits."""

HELD: Final = 0.85
"""Share of them within the limits of 95 % under which these are said to be too narrow."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What forecasts a week ahead were worth in the past, beside those that say what was a week before.

    ``wape`` is the sum of all errors over the sum of what came, ``mase`` the mean error over that of saying what was a
    week before: below 1 is better than that.
    """

    of: str
    """``hour`` or ``day``: what was forecast."""
    number: int
    wape: float
    naive_wape: float
    mase: float
    held80: float
    held95: float
    """Shares of what came that lay within the limits."""
    naive_held80: float
    naive_held95: float


@dataclass(frozen=True, slots=True)
class Course:
    """The forecast of one flow; without days, ``why`` says why there is none."""

    flow: Flow
    days: tuple[Day, ...] = ()
    week: Span | None = None
    naive: bool = False
    """Whether this is what was a week before, because nothing better was shown."""
    worth: tuple[Worth, ...] = ()
    gain: float | None = None
    """By how much smaller its errors were than the naive ones, as a share; with its 95 % interval."""
    gain_low: float | None = None
    gain_high: float | None = None
    why: str = ""

    @property
    def peaks(self) -> tuple[Hour, ...]:
        """The busiest hours, the busiest first."""
        hours = [hour for day in self.days for hour in day.hours]
        return tuple(sorted(hours, key=lambda hour: -hour.span.expected)[:3])

    @property
    def judged(self) -> str:
        """What is said of its worth."""
        if self.gain is None or self.gain_low is None or self.gain_high is None:
            return "There is too little history to say what such forecasts are worth."
        said = f"{abs(self.gain):.0%} {'smaller' if self.gain >= 0 else 'larger'} errors than saying “as a week ago”"
        limits = f"(95 %: {self.gain_low:+.0%} to {self.gain_high:+.0%})"
        narrow = next((one for one in self.worth if one.number >= FEWEST and one.held95 < HELD), None)
        if narrow is not None:
            limits += f"; its limits are too narrow: {1 - narrow.held95:.0%} of past {narrow.of}s lay outside the 95 %"
        if self.naive:
            return f"Not shown to be better than saying “as a week ago”, so that is what stands here: {said} {limits}."
        return f"{'Better than that' if narrow else 'Worth having'}: {said} {limits}."


@dataclass(frozen=True, slots=True)
class Staffing:
    """What the number of agents goes by."""

    handling: float
    """Mean seconds in which an agent has a conversation."""
    counted: int
    """Conversations whose handling was measured."""
    at_once: int
    """Conversations that an agent works at the same time."""
    within: float
    """Seconds in which the first answer is due …"""
    share: float
    """… for this share of conversations."""

    def used(self, expected: float, agents: int) -> float:
        """Return the share of so many agents' chats that this many hand-overs an hour fill."""
        return expected * self.handling / 3600 / (agents * self.at_once) if agents else 0.0


@dataclass(frozen=True, slots=True)
class Forecast:
    """The coming week; while ``progress`` says how far the look has come, the rest is empty."""

    zone: str = "UTC"
    weeks: float = 0.0
    """Weeks of history that it rests on."""
    since: date | None = None
    gaps: tuple[tuple[date, date], ...] = ()
    """First and last days of silences in which customers were to be expected: taken for not known."""
    generated: int = 0
    """How many of the arrivals are generated history."""
    courses: tuple[Course, ...] = ()
    staffing: Staffing | None = None
    progress: str = ""

    def of(self, flow: Flow) -> Course:
        """Return the forecast of a flow."""
        return next((course for course in self.courses if course.flow is flow), Course(flow))
