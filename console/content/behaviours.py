"""Behaviours: how a kind of conversation is worked, one TOML file for each intent."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.conversation.message import Layer

DEFAULT_THRESHOLD: Final = 0.45
"""Cosine from which a customer's words count as this intent."""


class Stakes(StrEnum):
    """What is lost when it goes wrong."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class HandoverWhen(StrEnum):
    """What makes the bot give a conversation to people."""

    ASKED = "asked-for-person"
    UNRESOLVED = "unresolved"
    MOOD = "mood"
    TOPIC = "topic"
    HIGH_VALUE = "high-value"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact to collect: what to call it, where it goes, how it looks, how to ask for it."""

    name: str
    slot: str
    ask: str
    pattern: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class HandoverRule:
    """When to hand over, and what goes along."""

    when: HandoverWhen
    after: int = 2
    """Turns without progress, for ``unresolved``."""
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How conversations of one intent are worked."""

    intent: str
    title: str
    layer: Layer
    tier: int
    stakes: Stakes
    patterns: tuple[re.Pattern[str], ...] = ()
    examples: tuple[str, ...] = ()
    threshold: float = DEFAULT_THRESHOLD
    priority: int = 50
    """When two match alike, the higher one wins."""
    allowed_actions: tuple[str, ...] = ()
    say: str = ""
    """What the customer reads at the hand-over."""
    skills: tuple[str, ...] = ()
    collect: tuple[Fact, ...] = ()
    handover: tuple[HandoverRule, ...] = ()
