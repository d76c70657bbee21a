"""What a console asks of the review of escalations, and what it gets back."""

from dataclasses import dataclass
from typing import Final

from console.conversation.escalations import Timing

MOST_TURNS: Final = 9
"""Turns without progress after which a behaviour may hand over, at most, when that is changed from the review."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """When a behaviour hands over, as far as a lead may change it."""

    after: int | None
    """Turns without progress; ``None`` where the behaviour does not say, which is as many as the product says."""
    mood: bool
    """Whether it names the mood."""

    @property
    def words(self) -> str:
        """The threshold in words."""
        turns = "the usual 2 turns" if self.after is None else f"{self.after} turn{'s' * (self.after != 1)}"
        return f"after {turns} without progress" + (", and when the mood is cross or falls" if self.mood else "")


@dataclass(frozen=True, slots=True)
class JudgeEscalation:
    """Judge when a conversation was given to people."""

    conversation: str
    timing: Timing
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a threshold would have done to past conversations of a behaviour, by its replay."""

    threshold: Threshold
    earlier: int
    later: int
    """Handed over at a later turn, or at none of those that there were: what would have followed is not known."""
    same: int
    late_before: int
    late_after: int
    """Too late or not at all: as it was, and as the rule judges the moment of the replay."""
    early_before: int
    early_after: int
    """Of those too early, what the bot settled, or one suggested reply of a person."""
    sooner: int = 0
    """Handed over sooner than by the rule a person is due: whether the bot would have helped yet is not known."""
    turns_saved: float | None = None
    """Median of the turns that those handed over earlier would have been spared."""
    moved: tuple["TrialMove", ...] = ()
    """Some of those that go otherwise, the newest."""
    diff: str = ""
    """What would change in the behaviour's file."""


@dataclass(frozen=True, slots=True)
class TrialMove:
    """A conversation that another threshold would have handed over at another message."""

    conversation: str
    before: str
    """The message at which it was handed over; empty: not at all."""
    after: str
    """The message at which it would have been; empty: at none of those that there were."""
    turns: int
    """How many turns earlier; negative: later."""


@dataclass(frozen=True, slots=True)
class Trials:
    """The thresholds that were tried for a behaviour, the best first."""

    behaviour: str
    title: str = ""
    now: Threshold = Threshold(None, mood=False)
    digest: str = ""
    """SHA-256 of the behaviour's file, by which a change that came in between is noticed."""
    tried: int = 0
    """Conversations that were replayed."""
    left_out: int = 0
    """Those that were not: there are more than are replayed at a time."""
    trials: tuple[Trial, ...] = ()
    proposed: Threshold | None = None
    """The one that is proposed; ``None`` where none is better than the one in force."""
    why: str = ""
    """Why it is proposed, why none is, or why nothing can be changed from here."""
    undo: str = ""
    """Id of the newest change from here that can be taken back; empty where there is none."""
    undo_words: str = ""
    progress: str = ""


@dataclass(frozen=True, slots=True)
class ChangeThreshold:
    """Let a behaviour hand over by another threshold; ``digest`` is that of the file as it was seen."""

    behaviour: str
    threshold: Threshold
    digest: str


@dataclass(frozen=True, slots=True)
class ThresholdNow:
    """What was done."""

    change: str
    words: str


FEWEST_TRIED: Final = 10
"""Conversations below which no threshold is proposed."""
