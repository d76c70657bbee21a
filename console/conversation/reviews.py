"""What a lead reads of the second chair's worth: figures with their intervals, what is behind them, and judgements.

The words of a figure are made here alone, so that screen, report and files say the same.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from console.conversation.assistance import Decision
from console.conversation.change_effects import About, not_enough
from console.conversation.helps import Helps
from console.conversation.shares import Share as Share  # noqa: PLC0414 - others have it from here, too
from console.conversation.shares import Worded
from console.conversation.shares import percent as percent  # noqa: PLC0414
from console.conversation.spread import Spread

FEWEST: Final = 20
"""Decisions below which no rate is given …"""

FEWEST_CONVERSATIONS: Final = 10
"""… and conversations that they must come from: one talkative customer is no sample."""

FEWEST_AGENTS: Final = 3
"""Agents of a team below which no figure of it is given: it would be that of a person."""

WEEKS: Final = (4, 9, 13, 26)
"""How many weeks a review may look back on."""

USUAL_WEEKS: Final = 9


PROMISE: Final = "promise"
"""The kind of an exchange that is a promise."""


class By(StrEnum):
    """What suggestions are grouped by."""

    ALL = "all"
    KIND = "kind"
    SOURCE = "source"
    """The first macro, article, policy or behaviour that a reply cites."""
    SECTION = "section"
    """The folder that the article stands in which a reply cites first."""
    INTENT = "intent"
    TEAM = "team"
    """The skill that the conversation's behaviour asks for: whoever has it is the team."""
    ENGINE = "engine"
    """What made the reply: the engine with its version, or a language model."""

    @property
    def heading(self) -> str:
        """What stands over the groups."""
        return {By.ALL: "All", By.SECTION: "By section of the articles"}.get(self, f"By {self.value}")


class Measure(StrEnum):
    """What is counted as a share: a decision, of those decided on; good marks, of those marked."""

    ACCEPTED = Decision.ACCEPTED.value
    EDITED = Decision.EDITED.value
    OVERRIDDEN = Decision.OVERRIDDEN.value
    DISMISSED = Decision.DISMISSED.value
    IGNORED = Decision.IGNORED.value
    RATED_WELL = "rated-well"
    """Of those that agents rated, those with a thumb up or four and five stars."""
    JUDGED_RIGHT = "judged-right"
    """Of those that a lead judged right or wrong."""

    @property
    def said(self) -> str:
        """The name as it is shown."""
        return self.value.replace("-", " ")


class Uptake(StrEnum):
    """What is counted of replies besides what each decision was: what became of those that could be taken."""

    TAKEN = "taken"
    """Taken as they were or changed, of those that could be read before newer ones replaced them."""
    TROUBLE = "trouble-after"
    """Of those taken of which it is known what followed, the ones that trouble followed."""
    MOOD_FELL = "mood-fell"
    """Of the same, the ones after which the customer's mood fell."""

    @property
    def said(self) -> str:
        """The name as it is shown."""
        return {Uptake.TROUBLE: "trouble after", Uptake.MOOD_FELL: "the mood fell after"}.get(self, self.value)


class Judgement(StrEnum):
    """What a lead thinks of a suggestion or of a flag."""

    RIGHT = "right"
    WRONG = "wrong"
    UNCLEAR = "unclear"


class ReviewQueue(StrEnum):
    """What is sampled for a lead's judgement."""

    SURE_OVERRIDDEN = "sure-overridden"
    RATED_LOW = "rated-low"
    EVIDENCE_UNUSED = "evidence-unused"
    FLAGS_DISMISSED = "flags-dismissed"
    TAKEN_WRONG = "taken-wrong"
    PROMISES_BROKEN = "promises-broken"


QUEUES: Final = {
    ReviewQueue.SURE_OVERRIDDEN: "sure, and overridden",
    ReviewQueue.RATED_LOW: "rated low",
    ReviewQueue.EVIDENCE_UNUSED: "evidence, unused",
    ReviewQueue.FLAGS_DISMISSED: "flags dismissed",
    ReviewQueue.TAKEN_WRONG: "taken, then trouble",
    ReviewQueue.PROMISES_BROKEN: "promises broken",
}
"""Each queue in words."""


@dataclass(frozen=True, slots=True)
class Figure(Worded):
    """A share with its 95 % interval; ``rate``, ``low`` and ``high`` are ``None`` where too little was seen."""

    measure: Measure
    part: int
    of: int
    conversations: int
    rate: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """The figures of a week, from its Monday (UTC) on."""

    start: date
    decided: int
    figures: tuple[Figure, ...]

    def of(self, measure: Measure) -> Figure:
        """Return one figure."""
        return _figure(self.figures, measure)


@dataclass(frozen=True, slots=True)
class Group:
    """What became of the suggestions of a group; ``figures`` and ``weeks`` have every measure.

    Without ``weeks`` there is too little for any of them.
    """

    by: By
    name: str
    """The kind, the source (``macro:ID``), the intent or the skill; empty for all, or where none is known."""
    decided: int
    conversations: int
    figures: tuple[Figure, ...] = ()
    weeks: tuple[Week, ...] = ()
    withheld: bool = False
    """Whether no figures are given because they would be those of one or two people."""

    def of(self, measure: Measure) -> Figure:
        """Return one figure; of a group without figures, an empty one."""
        return _figure(self.figures, measure)

    @property
    def title(self) -> str:
        """The name as it is shown; never empty."""
        if self.name:
            return self.name
        return {
            By.ALL: "all suggestions",
            By.TEAM: "no skill asked for",
            By.SOURCE: "past replies",
            By.SECTION: "no article",
        }.get(self.by, "not known")


@dataclass(frozen=True, slots=True)
class Change:
    """A change that a lead or the desk itself marked: before and after it are compared."""

    id: str
    on: datetime
    words: str
    by: str = ""
    """Who marked it, by name; of an automatic one who did it, where that is known."""
    automatic: bool = False
    """Whether the desk marked it by itself: content or a ranker came into force. Such a mark is not taken back."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A measure before and after; ``low`` and ``high`` are the limits of the difference, ``None`` for too little."""

    before: Figure
    after: Figure
    low: float | None = None
    high: float | None = None
    more: int = 0
    """In how many weeks there is enough, at the pace so far; 0 where that cannot be told, or takes too long."""

    @property
    def moved(self) -> bool:
        """Whether the limits, widened for the number of measures compared, leave out nought."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)

    @property
    def words(self) -> str:
        """What is said of it."""
        if self.low is None or self.high is None or self.before.rate is None or self.after.rate is None:
            return not_enough(self.more)
        span = f"{self.low * 100:+.0f} to {self.high * 100:+.0f} points"
        if not self.moved:
            return f"no move shown ({span})"
        return f"{'rose' if self.low > 0 else 'fell'} ({span})"


@dataclass(frozen=True, slots=True)
class Compared:
    """What moved at a change, for one group."""

    change: Change
    by: By
    name: str
    since: datetime
    until: datetime
    """The ends of what is compared: at most so many weeks on each side, and not past another change."""
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class QueueCount:
    """A queue of judgement: how many there are, and what leads said of those they judged from it."""

    queue: ReviewQueue
    found: int
    judged: int
    unclear: int
    figure: Figure
    """Judged right, of those judged right or wrong."""

    @property
    def verdicts(self) -> str:
        """Return how many of those judged were what, in words; with the share where there are enough for one."""
        right, of = self.figure.part, self.figure.of
        share = f" ({self.figure.words} right)" if self.figure.rate is not None else ""
        return f"{self.judged} judged: {right} right, {of - right} wrong, {self.unclear} unclear{share}"


@dataclass(frozen=True, slots=True)
class Review:
    """Everything of a window of time; while ``progress`` says how far the look has come, the rest is empty."""

    since: datetime | None = None
    until: datetime | None = None
    weeks: int = USUAL_WEEKS
    generated: int = 0
    """How many of the decisions belong to generated history and never happened."""
    groups: tuple[Group, ...] = ()
    changes: tuple[Change, ...] = ()
    compared: tuple[Compared, ...] = ()
    queues: tuple[QueueCount, ...] = ()
    about: tuple[About, ...] = ()
    """What the changes are about that name a source or a behaviour."""
    spreads: tuple[Spread, ...] = ()
    """How far agents differ in the rates of all suggestions, beyond chance."""
    helps: Helps | None = None
    """Whether they help, as far as the log of all time says; ``None`` where only the weeks were looked at."""
    progress: str = ""


@dataclass(frozen=True, slots=True)
class Behind:
    """An event behind a figure, in words."""

    seq: int
    kind: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What a lead said of a suggestion or flag."""

    verdict: Judgement
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """A suggestion or a flag behind a figure: what was said, what became of it, and the events that tell so."""

    conversation: str
    subject: str
    """Id of the suggestion or flag; of a promise ``promise:`` and the id of its follow-up."""
    message: str
    """The customer's message that it was for: where the transcript is to open."""
    at: datetime
    kind: str
    """Kind of the suggestion, or the policy of the flag."""
    intent: str
    text: str
    """What the second chair said."""
    outcome: str
    """What became of it, in words."""
    sent: str = ""
    """What the agent sent instead, or changed it to."""
    sources: tuple[str, ...] = ()
    is_flag: bool = False
    generated: bool = False
    judged: Judged | None = None
    events: tuple[Behind, ...] = ()
    why: tuple[str, ...] = ()
    """Why it was changed, as far as that can be read from the words; empty where it was not."""
    beside: tuple[str, ...] = ()
    """What stood beside it: the other replies of its turn, and the articles that were found."""
    asked: str = ""
    """What the customer had written last before it; empty where nothing is known."""
    next: str = ""
    """What the customer wrote next, with their mood before and after; empty where nothing is known."""


@dataclass(frozen=True, slots=True)
class Exchanges:
    """Some of what is behind a figure, the newest first, or a sample in the order in which it is to be judged."""

    total: int
    exchanges: tuple[Exchange, ...]


def _figure(figures: tuple[Figure, ...], measure: Measure) -> Figure:
    return next((figure for figure in figures if figure.measure is measure), Figure(measure, 0, 0, 0))
