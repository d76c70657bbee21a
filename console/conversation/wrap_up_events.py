"""The events of wrap-ups; part of :data:`console.conversation.events.EventData`."""

from dataclasses import dataclass

from console.conversation.wrap_up import ProposedLine, WrapUp


@dataclass(frozen=True, slots=True)
class WrappedUp:
    """An agent confirmed what they leave behind; the closing follows in the same transaction."""

    wrap_up: WrapUp
    agent: str
    name: str
    proposed: tuple[ProposedLine, ...] = ()
    """What the second chair had proposed, and what became of each line."""
    added: int = 0
    """Fields and follow-ups that the agent wrote themselves."""


@dataclass(frozen=True, slots=True)
class FollowUpTicked:
    """Somebody ticked a follow-up off, or took that back."""

    follow_up: str
    done: bool
    name: str
    """Who did."""
