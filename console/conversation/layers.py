"""What a lead reads of each layer of work, none mixed with another: results, speed, satisfaction, load and cost.

A conversation that goes from one layer to another counts in the first as given away, and is followed in the next from
that moment on. The words of a figure are made here alone, so that screen, report and files say the same.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from console.conversation.message import Layer
from console.conversation.reviews import FEWEST, FEWEST_CONVERSATIONS, USUAL_WEEKS, percent

FOLLOWED_DAYS: Final = 7
"""Days after a closing in which the customer who comes back was not helped at the first contact."""

QUIET_HOURS: Final = 24
"""Hours after which a conversation that nobody closed, and in which the bot wrote last, counts as left quiet."""


class Metric(StrEnum):
    """What is measured of a layer."""

    RESOLVED = "resolved"
    TRANSFERRED = "transferred"
    QUIET = "left-quiet"
    MOVED = "moved"
    FIRST_CONTACT = "first-contact"
    REOPENED = "reopened"
    FIRST_RESPONSE = "first-response"
    RESPONSE = "response"
    RESOLUTION = "resolution"
    HANDLING = "handling"
    CSAT = "csat"
    INTENT_HELD = "intent-held"
    MARKED_RIGHT = "marked-right"
    ACCEPTED = "accepted"
    EDITED = "edited"
    RATED_WELL = "rated-well"
    DRAFTS = "drafts"
    DRAFTS_APPROVED = "drafts-approved"
    COST = "cost"

    @property
    def said(self) -> str:
        """The name as it is shown."""
        return _SAID.get(self.value, self.value.replace("-", " "))

    @property
    def kind(self) -> "MetricKind":
        """How it is measured."""
        return _KINDS.get(self, MetricKind.SHARE)

    @property
    def sampled(self) -> bool:
        """Whether what it counts may stand for the rest; answers are marked where they strike somebody as wrong."""
        return self is not Metric.MARKED_RIGHT


_SAID: Final = {
    "first-contact": "resolved at first contact",
    "first-response": "first response",
    "response": "response time",
    "resolution": "time to resolution",
    "handling": "handling time",
    "csat": "CSAT",
    "transferred": "handed to people",
    "moved": "moved to another layer",
    "intent-held": "intent held",
    "marked-right": "answers marked right",
    "accepted": "suggestions accepted",
    "edited": "suggestions edited",
    "rated-well": "suggestions rated well",
    "drafts": "articles drafted",
    "drafts-approved": "drafts approved",
    "cost": "cost a conversation",
}


class MetricKind(StrEnum):
    """How something is measured."""

    SHARE = "share"
    TIME = "time"
    SCORE = "score"
    COUNT = "count"
    MONEY = "money"


_KINDS: Final = {
    Metric.FIRST_RESPONSE: MetricKind.TIME,
    Metric.RESPONSE: MetricKind.TIME,
    Metric.RESOLUTION: MetricKind.TIME,
    Metric.HANDLING: MetricKind.TIME,
    Metric.CSAT: MetricKind.SCORE,
    Metric.DRAFTS: MetricKind.COUNT,
    Metric.DRAFTS_APPROVED: MetricKind.COUNT,
    Metric.COST: MetricKind.MONEY,
}

METRICS: Final = {
    Layer.AUTONOMOUS: (
        Metric.RESOLVED, Metric.TRANSFERRED, Metric.QUIET, Metric.FIRST_CONTACT, Metric.REOPENED,
        Metric.FIRST_RESPONSE, Metric.RESOLUTION, Metric.INTENT_HELD, Metric.MARKED_RIGHT, Metric.CSAT, Metric.COST,
    ),
    Layer.ASSISTED: (
        Metric.RESOLVED, Metric.MOVED, Metric.FIRST_CONTACT, Metric.REOPENED, Metric.FIRST_RESPONSE, Metric.RESPONSE,
        Metric.HANDLING, Metric.ACCEPTED, Metric.EDITED, Metric.RATED_WELL, Metric.DRAFTS, Metric.DRAFTS_APPROVED,
        Metric.CSAT, Metric.COST,
    ),
    Layer.HUMAN_ONLY: (
        Metric.RESOLVED, Metric.MOVED, Metric.FIRST_CONTACT, Metric.REOPENED, Metric.FIRST_RESPONSE, Metric.RESPONSE,
        Metric.HANDLING, Metric.CSAT, Metric.COST,
    ),
}  # fmt: skip
"""What is measured of each layer, in the order in which it is shown."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure; ``value``, ``low`` and ``high`` are ``None`` where too little was seen to give one.

    Shares are from 0 to 1, times in seconds (``value`` is the median, ``high_tail`` the 90th of a hundred), scores from
    1 to 5, money in the desk's currency. ``low`` and ``high`` are the limits of a 95 % interval.
    """

    metric: Metric
    part: int
    """What was counted of ``of``; of times and scores the same as ``of``."""
    of: int
    conversations: int = 0
    value: float | None = None
    low: float | None = None
    high: float | None = None
    tail: float | None = None
    tail_low: float | None = None
    tail_high: float | None = None
    why: str = ""
    """Why there is no figure, where that is not because of how little was seen."""
    currency: str = ""

    @property
    def words(self) -> str:
        """The figure as it is shown, with its interval."""
        if self.why:
            return self.why
        if self.metric.kind is MetricKind.COUNT:
            return f"{self.part:,}"
        if not self.metric.sampled and self.of:
            return f"{self.part:,} right, {self.of - self.part:,} wrong"
        if self.value is None:
            return f"too few ({self.of:,})" if self.of else "none"
        return f"{self._said(self.value)}{self._between(self.value, self.low, self.high)}"

    @property
    def tail_words(self) -> str:
        """The 90th of a hundred as it is shown; empty for what is no time, or where too little was seen."""
        if self.tail is None:
            return ""
        return f"{duration(self.tail)}{self._between(self.tail, self.tail_low, self.tail_high)}"

    @property
    def short(self) -> str:
        """The figure alone; a dash where there is none."""
        if self.metric.kind is MetricKind.COUNT:
            return f"{self.part:,}"
        return "–" if self.value is None else self._said(self.value)

    @property
    def counted(self) -> str:
        """What it was counted of."""
        kind = self.metric.kind
        if kind is MetricKind.SHARE:
            return f"{self.part:,} of {self.of:,}"
        return "" if kind is MetricKind.COUNT else f"of {self.of:,}"

    def _between(self, value: float, low: float | None, high: float | None) -> str:
        if low is None and high is None:
            return ""
        ends = ["…" if limit is None else self._bare(limit) for limit in (low, high)]
        unit = self._bare(value).partition(" ")[2]
        if unit and all(end.endswith(f" {unit}") for end in ends):
            ends = [end.removesuffix(f" {unit}") for end in ends]  # one unit is said once
        return f" ({ends[0]}–{ends[1]})"

    def _said(self, value: float) -> str:
        if self.metric.kind is MetricKind.SHARE:
            return f"{percent(value)}%"
        return f"{self._bare(value)} {self.currency}".rstrip()

    def _bare(self, value: float) -> str:
        match self.metric.kind:
            case MetricKind.SHARE:
                return percent(value)
            case MetricKind.TIME:
                return duration(value)
            case _:
                return f"{value:.2f}"


@dataclass(frozen=True, slots=True)
class LayerWeek:
    """The figures of one week, by when a conversation left the layer."""

    start: date
    figures: tuple[Measured, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """How conversations of a layer ended, in the words that agents choose from when they close one."""

    disposition: str
    count: int
    of: int
    low: float | None = None
    high: float | None = None
    others: bool = False
    """Whether it is all the rarer ones together."""

    @property
    def words(self) -> str:
        """The share with its interval, or the count alone."""
        if self.low is None or self.high is None:
            return f"{self.count:,} of {self.of:,}"
        return f"{percent(self.count / self.of)}% ({percent(self.low)}–{percent(self.high)})"


@dataclass(frozen=True, slots=True)
class LayerView:
    """Everything of one layer."""

    layer: Layer
    ended: int
    """Conversations that left it in these weeks: closed, given away, or left quiet; once each time."""
    under_way: int
    figures: tuple[Measured, ...]
    weeks: tuple[LayerWeek, ...]
    results: tuple[Result, ...] = ()

    def of(self, metric: Metric) -> Measured:
        """Return a figure."""
        return next((one for one in self.figures if one.metric is metric), Measured(metric, 0, 0))

    def course(self, metric: Metric) -> tuple[Measured, ...]:
        """Return a figure week by week."""
        return tuple(
            next((one for one in week.figures if one.metric is metric), Measured(metric, 0, 0)) for week in self.weeks
        )


@dataclass(frozen=True, slots=True)
class AgentLoad:
    """What one agent had to do. Not for comparing people: what they were given differs."""

    agent: str
    name: str
    shifts: int
    """Stretches of presence; ones less than four hours apart are one."""
    present: float | None
    """Hours; ``None`` where it is not known when they were there."""
    busy: float
    """Hours with one active conversation at least."""
    used: float | None
    """Share of the hours present in which they had an active conversation."""
    at_once: float | None
    """Conversations that they had at a time while they had any, on average."""
    most: int
    """The most at a time."""
    conversations: int
    hard: int
    """Hard ones of these: of tier 2 or more, with a very cross customer, or escalated."""

    @property
    def an_hour(self) -> float | None:
        """Conversations for each hour present; ``None`` where that is not known."""
        return self.conversations / self.present if self.present else None

    @property
    def beyond(self) -> float:
        """Hours with an active conversation in which they were not there, as far as their presence is known."""
        return max(0.0, self.busy - self.used * self.present) if self.used is not None and self.present else 0.0

    @property
    def hard_a_shift(self) -> float | None:
        """Hard conversations a shift; ``None`` where shifts are not known."""
        return self.hard / self.shifts if self.shifts else None


@dataclass(frozen=True, slots=True)
class Layers:
    """Everything of some weeks; while ``progress`` says how far the look has come, the rest is empty."""

    since: datetime | None = None
    until: datetime | None = None
    weeks: int = USUAL_WEEKS
    generated: int = 0
    """How many of the conversations are generated history and never happened."""
    held_out: int = 0
    """Conversations that are held out to measure what assistance is worth: they are in no layer."""
    unknown: int = 0
    """Conversations closed in these weeks of which it is not known in which layer they were."""
    layers: tuple[LayerView, ...] = ()
    agents: tuple[AgentLoad, ...] = ()
    """By name."""
    team: AgentLoad | None = None
    """All of them together; ``None`` where nobody had a conversation."""
    progress: str = ""

    def of(self, layer: Layer) -> LayerView:
        """Return what is known of a layer."""
        return next((one for one in self.layers if one.layer is layer), LayerView(layer, 0, 0, (), ()))


@dataclass(frozen=True, slots=True)
class AskedTalks:
    """Which conversations of a figure are meant."""

    layer: Layer
    metric: Metric = Metric.RESOLVED
    week: date | None = None
    others: bool = False
    """The rest of its cases; of times, scores and costs the other end first."""
    disposition: str | None = None
    """Those that were closed with it, whatever the figure."""


@dataclass(frozen=True, slots=True)
class ToldTalk:
    """A conversation behind a figure, as long as it was in the layer."""

    conversation: str
    message: str
    """Where the transcript is to open; empty where that is not known."""
    layer: Layer
    at: datetime
    """When it left the layer."""
    intent: str
    outcome: str
    value: str
    """What the figure is of it, in words; empty for shares."""
    facts: tuple[str, ...] = ()
    said: str = ""
    """What the customer wrote first, as the log has it."""
    generated: bool = False


@dataclass(frozen=True, slots=True)
class ToldTalks:
    """Some of the conversations behind a figure."""

    total: int
    talks: tuple[ToldTalk, ...]
    progress: str = ""


NOT_ENOUGH: Final = f"Not enough data: a figure needs {FEWEST} cases in {FEWEST_CONVERSATIONS} conversations."


def duration(seconds: float) -> str:
    """Return a duration as people say it: in one unit."""
    if seconds < 99.5:  # noqa: PLR2004 - from there on minutes
        return f"{seconds:.0f} s" if seconds >= 9.5 or seconds == 0 else f"{seconds:.1f} s"  # noqa: PLR2004
    minutes = seconds / 60
    if minutes < 99.5:  # noqa: PLR2004
        return f"{minutes:.0f} min" if minutes >= 9.95 else f"{minutes:.1f} min"  # noqa: PLR2004
    hours = round(minutes / 60, 1)
    if hours < 48:  # noqa: PLR2004
        return f"{hours:.1f} h"
    return f"{hours / 24:.1f} d"
