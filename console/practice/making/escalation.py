"""The conversation that a scenario is made from: what was said, and what the desk knew of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from console.content.conversations import Transcript
from console.conversation.message import Author, Message
from console.conversation.people import Customer
from console.conversation.state import Conversation

NO_REASON: Final = "handed over by the bot"


@dataclass(frozen=True, slots=True)
class Escalation:
    """A conversation that people took over, as of its end."""

    id: str
    customer: Customer
    messages: tuple[Message, ...]
    day: date
    """When it was; dates in it are counted from this day."""
    subject: str = ""
    reason: str = NO_REASON
    tier: int = 1
    intent: str = ""
    disposition: str = ""
    resolved: bool = False
    handed_at: datetime | None = None
    mood: float = 0.0
    """The customer's at the hand-over, -1 to 1."""
    flags: tuple[str, ...] = ()
    """Policies that were flagged in it."""
    brief: str = ""
    """What a simulated customer was told to want, in a run that had one."""
    looked_up: frozenset[str] = frozenset()
    """Ids of the agent's messages that tell what a tool had found."""
    moods: Mapping[str, float] = field(default_factory=dict)
    """The customer's as of each of their messages, by its id, where it was read."""
    skills: tuple[str, ...] = ()
    """What it trains, where somebody says so; else it follows from the matter."""

    @property
    def taken_up(self) -> int:
        """Place of the first message of an agent; behind the last one where none has written."""
        return next((n for n, m in enumerate(self.messages) if m.role is Author.AGENT), len(self.messages))


def from_conversation(known: Conversation, today: date) -> Escalation:
    """Return a conversation of the log as one to make a scenario from."""
    at = known.handover.at if known.handover else None
    begun = known.opened_at or at
    moods = [
        known.moods[m.id].score for m in known.messages if m.id in known.moods and (not at or not m.at or m.at <= at)
    ]
    return Escalation(
        id=known.id,
        customer=known.customer,
        messages=tuple(known.messages),
        day=begun.date() if begun else today,
        subject=known.subject,
        reason=known.handover.reason if known.handover else NO_REASON,
        tier=known.handover.tier if known.handover else 1,
        intent=known.routing.intent if known.routing else "",
        disposition=known.disposition,
        resolved=known.resolved,
        handed_at=at,
        mood=moods[-1] if moods else 0.0,
        moods={name: mood.score for name, mood in known.moods.items()},
        flags=tuple(dict.fromkeys(flag.policy for flag in known.flags.values())),
    )


def from_transcript(told: Transcript, today: date) -> Escalation:
    """Return a conversation of a file as one to make a scenario from."""
    first = next((message.at for message in told.messages if message.at), None)
    return Escalation(
        id=told.id,
        customer=told.customer,
        messages=told.messages,
        day=first.date() if first else today,
        intent=told.intent,
        disposition=told.disposition,
        resolved=told.resolved,
    )
