"""Behaviours: how a kind of conversation is worked, one TOML file for each intent."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.content.conditions import Condition, Record, all_hold
from console.content.tools import Tool
from console.conversation.handover import HandoverWhen
from console.conversation.message import Layer

DEFAULT_THRESHOLD: Final = 0.45
"""Cosine from which a customer's words count as this intent."""


class Stakes(StrEnum):
    """What is lost when it goes wrong."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact to collect: what to call it, where it goes, how it looks, how to ask for it."""

    name: str
    slot: str
    ask: str
    pattern: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the procedure, taken once its words were sent or ``done_when`` matched."""

    title: str
    say: str
    """What the agent may send, with slots as in a macro; not offered where one cannot be filled."""
    done_when: re.Pattern[str] | None = None
    """Found in an agent's message or a look-up, it tells that the step is taken."""


SUMMARY: Final = "summary"
"""The issue, what was tried, and what the customer still waits to hear."""

FACTS: Final = "facts"
"""What was said in figures, names and dates, and what of it is still wanted."""

ORDERS: Final = "orders"
"""The customer's orders, and what in them bears on the matter."""

PARTS: Final = (SUMMARY, FACTS, ORDERS)
"""What a hand-over's `with` may name."""


@dataclass(frozen=True, slots=True)
class HandoverRule:
    """When to hand over, and what goes along."""

    when: HandoverWhen
    after: int = 2
    """Turns without progress, for ``unresolved``."""
    context: tuple[str, ...] = ()
    """The :data:`PARTS` of the packet that go along; empty: all."""
    to: str = ""
    """The intent under whose behaviour it goes on; empty: under its own."""


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
    steps: tuple[Step, ...] = ()
    """In their order, after the facts."""
    policies: tuple[str, ...] = ()
    """Policies that find it: what one of them sees in the customer's words is this intent."""
    when: tuple[Condition, ...] = ()
    """All must hold for it to be recognised."""
    again: bool = False
    """Whether, once a lead has let assistance in, the customer's writing it again reserves it for people anew."""
    built_in: bool = False
    """Whether it comes with the product."""

    def applies_to(self, record: Record) -> bool:
        """Return whether every condition holds."""
        return all_hold(self.when, record)

    articles: tuple[str, ...] = ()
    """The articles that the bot may answer from, by id; ``*`` stands for any part of one."""
    tools: tuple[Tool, ...] = ()
    """What the bot may look up and do."""

    def tool(self, name: str) -> Tool | None:
        """Return the tool of this name; ``None`` where the behaviour does not allow it."""
        return next((tool for tool in self.tools if tool.name == name), None)

    @property
    def as_text(self) -> str:
        """The procedure as people read it: the facts to ask for, then the steps."""
        facts = [f"Find out: {fact.name}\n{fact.ask}" for fact in self.collect]
        steps = [f"{number}. {step.title}\n{step.say}" for number, step in enumerate(self.steps, 1)]
        return "\n\n".join((*facts, *steps))
