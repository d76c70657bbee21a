"""What the bot may decide at a turn: exactly one of these."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from console.conversation.assistance import Citation, Routing
from console.conversation.handover import Trigger
from console.conversation.message import Layer


@dataclass(frozen=True, slots=True)
class Answer:
    """Tell the customer something; every figure in ``text`` stands in a source. A mere courtesy has none."""

    text: str
    sources: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask the customer for a fact (the slot of it), or, where ``fact`` is empty, what it is about."""

    fact: str
    text: str
    tool: str = ""
    """What the fact is for."""
    failed: bool = False
    """Whether it has to be asked because the customer could not be helped."""
    sources: tuple[Citation, ...] = ()
    """What the answer to another wish rests on, where one stands before the question."""


@dataclass(frozen=True, slots=True)
class LookUp:
    """Ask a tool, then decide again."""

    tool: str
    arguments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Act:
    """Let a tool do something, then decide again."""

    tool: str
    arguments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HandOver:
    """Give the conversation to people, for these reasons (at least one), with a last sentence for the customer."""

    triggers: tuple[Trigger, ...]
    text: str
    sources: tuple[Citation, ...] = ()
    """The same as of a question."""


Decision = Answer | Ask | LookUp | Act | HandOver


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision with why it was made, in words for an agent, and the routing that it was made under."""

    decision: Decision
    reason: str
    routing: Routing
    errand: str = ""
    """The tool that this leads to."""


def begun_with(verdict: Verdict, head: str) -> Verdict:
    """Return a verdict whose words, if it has any, begin with ``head``; in human-only the behaviour's stand alone."""
    decision = verdict.decision
    if not isinstance(decision, Answer | Ask | HandOver) or verdict.routing.layer is Layer.HUMAN_ONLY:
        return verdict
    return replace(verdict, decision=replace(decision, text=f"{head} {decision.text}"))
