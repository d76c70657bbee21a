"""A task that an agent delegates to the bot: a few facts to get from the customer, one question at a time. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

MOST_FACTS: Final = 5
"""Facts of a task; with more than a handful of questions in a row customers leave."""

MOST_ASKS: Final = 2
"""Times that the bot asks for a fact: once, and once more where the answer is none."""


class TaskKind(StrEnum):
    """What counts as an answer."""

    FACT = "fact"
    """A value that looks as the behaviour says."""
    FILE = "file"
    """A photo or another file."""
    QUESTION = "question"
    """What the customer writes about the agent's own question."""


@dataclass(frozen=True, slots=True)
class TaskFact:
    """A fact to get: its slot, which no other fact of the task has, what it is called, and how it is asked for."""

    slot: str
    name: str
    ask: str
    kind: TaskKind = TaskKind.FACT
    intent: str = ""
    """The behaviour that says how a value looks; empty where none does."""


@dataclass(frozen=True, slots=True)
class Got:
    """A fact that the customer gave, and the message that says it; of a file its name."""

    slot: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the bot: for which fact, in which message, when."""

    slot: str
    message: str
    at: datetime


class TaskOutcome(StrEnum):
    """How a task ended."""

    COMPLETE = "complete"
    """All is there."""
    WITHOUT = "without"
    """The customer does not have it, or two questions brought no answer."""
    SILENT = "silent"
    """The customer has not answered in time."""
    BROKEN_OFF = "broken-off"
    """The customer came with something else that is for a person."""
    RESERVED = "reserved"
    """The conversation is for people alone now."""
    TAKEN_BACK = "taken-back"
    """A person goes on."""
    BARRED = "barred"
    """A policy stands against the question, or the bot cannot work."""


@dataclass(frozen=True, slots=True)
class Task:
    """A task that runs; ``agent`` is empty where the bot asks somebody who waits for one."""

    agent: str
    name: str
    """The agent's name."""
    facts: tuple[TaskFact, ...]
    begun: int
    """Messages there were when it was delegated."""
    at: datetime
    got: tuple[Got, ...] = ()
    asked: tuple[Asked, ...] = ()

    @property
    def waiting(self) -> bool:
        """Whether it is the bot's own, for a customer who waits for an agent."""
        return not self.agent

    @property
    def open(self) -> tuple[TaskFact, ...]:
        """What is still to be got, in the order in which it is asked for."""
        there = {got.slot for got in self.got}
        return tuple(fact for fact in self.facts if fact.slot not in there)

    @property
    def last(self) -> Asked | None:
        """The newest question."""
        return self.asked[-1] if self.asked else None

    def asks(self, slot: str) -> int:
        """Return how often a fact was asked for."""
        return sum(asked.slot == slot for asked in self.asked)

    def with_got(self, got: Sequence[Got]) -> "Task":
        """Return it with more facts there."""
        return replace(self, got=(*self.got, *got))


@dataclass(frozen=True, slots=True)
class TaskMark:
    """What happened to a task, as it stands in the transcript: after a message, in words."""

    after: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """The task that runs in a conversation, and what became of those before."""

    running: Task | None = None
    waited: bool = False
    """Whether the bot has asked the customer by itself since the conversation was last handed over."""
    marks: tuple[TaskMark, ...] = ()


def doing(facts: Sequence[TaskFact], place: int) -> str:
    """Return what the bot is at, in words: ``bot asks for order number 1/2``; ``place`` counts from 1."""
    fact = facts[min(max(1, place), len(facts)) - 1]
    what = "an answer" if fact.kind is TaskKind.QUESTION else fact.name
    return f"bot asks for {what} {place}/{len(facts)}"


def asking(task: Task) -> str:
    """Return what the bot is at in a task, in words."""
    slot = task.last.slot if task.last else ""
    return doing(task.facts, next((n for n, fact in enumerate(task.facts, 1) if fact.slot == slot), 1))


def listed(names: Sequence[str]) -> str:
    """Return names as people list them: ``a, b and c``."""
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)
