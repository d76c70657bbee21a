"""The events of quality review; part of :data:`console.conversation.events.EventData`."""

from dataclasses import dataclass
from datetime import datetime

from console.conversation.quality import CriterionMark, Mark, Marker


@dataclass(frozen=True, slots=True)
class QualityScored:
    """A closed conversation was marked by the rubric in force; a later score by the same replaces an earlier one.

    A language model's stands beside the engine's until the engine marks anew; without marks, none of what it said held.
    """

    rubric: str
    """Version of the published rubric."""
    engine: str
    """Version of what marked it; of a language model, its name."""
    marks: tuple[CriterionMark, ...]
    ms: float = 0.0
    """Milliseconds that marking took; of a language model's, ``llm-called`` says it."""
    by: Marker = Marker.ENGINE
    """What marked it; events from before there were second opinions are the engine's."""


@dataclass(frozen=True, slots=True)
class QualityMarked:
    """A person marked one criterion; it stands for the engine's, and a later mark replaces an earlier one."""

    criterion: str
    mark: Mark | None
    """``None`` takes the person's mark back: the engine's holds again."""
    reason: str = ""
    by: str = ""
    """Who did, by name."""
    sampled: bool = False
    """Whether it came up in the queue that chance drew, where the engine's mark is not shown: only such ones tell how
    far people and engine agree."""


@dataclass(frozen=True, slots=True)
class RescoringAsked:
    """Somebody asked that conversations closed since a moment are marked anew where their rubric is an older one."""

    since: datetime
    by: str = ""
