"""Why a conversation goes to people."""

from dataclasses import dataclass
from enum import StrEnum


class HandoverWhen(StrEnum):
    """What makes the bot give a conversation to people."""

    ASKED = "asked-for-person"
    UNRESOLVED = "unresolved"
    MOOD = "mood"
    REPEATED = "repeated-contact"
    HIGH_VALUE = "high-value"
    TOPIC = "topic"
    UNSURE = "low-confidence"
    PREDICTED = "predicted-escalation"


@dataclass(frozen=True, slots=True)
class Trigger:
    """One thing that speaks for people taking over."""

    when: HandoverWhen
    reason: str
    """In words that an agent reads, with what was seen: “asked for a person: ‘let me talk to someone’”."""
    message: str = ""
    """The message that fired it; empty where it was no single one."""
