"""The events of the review of escalations; part of :data:`console.conversation.events.EventData`."""

from dataclasses import dataclass

from console.conversation.escalations import Timing


@dataclass(frozen=True, slots=True)
class EscalationJudged:
    """A lead judged when a conversation was given to people; it counts in place of the rule, a later one of this."""

    timing: Timing
    by_rule: Timing
    """What the rule said, so that later versions of it do not change how far the two agreed."""
    reason: str = ""
    by: str = ""
    """The lead's name."""


@dataclass(frozen=True, slots=True)
class ThresholdChanged:
    """A lead changed when a behaviour hands over; ``change`` is the mark by which before and after are compared."""

    change: str
    behaviour: str
    words: str
    """What changed, in words."""
    file: str
    """The behaviour's file, as a path within the content."""
    text: str
    """The file as it was."""
    digest: str
    """SHA-256 of the file as it is since."""
    by: str = ""


@dataclass(frozen=True, slots=True)
class ThresholdRestored:
    """Such a change was taken back: the file is as it was before."""

    change: str
    by: str = ""
