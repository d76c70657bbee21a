"""The events of tasks that are delegated to the bot. Part of :data:`console.conversation.events.EventData`."""

from dataclasses import dataclass

from console.conversation.tasks import Got, TaskFact, TaskOutcome


@dataclass(frozen=True, slots=True)
class TaskDelegated:
    """An agent let the bot get facts from the customer; without an agent, the bot asks one who waits."""

    facts: tuple[TaskFact, ...]
    agent: str = ""
    name: str = ""
    """The agent's name."""


@dataclass(frozen=True, slots=True)
class TaskAsked:
    """The bot asked for a fact, in the message right before."""

    slot: str


@dataclass(frozen=True, slots=True)
class TaskAnswered:
    """The customer gave facts that were wanted."""

    got: tuple[Got, ...]


@dataclass(frozen=True, slots=True)
class TaskEnded:
    """The task is over, and the conversation is the agent's alone again."""

    outcome: TaskOutcome
    reason: str
    """In words that the agent reads."""
    owed: bool = True
    """Whether the customer waits for the agent from now on; not where the agent's own message ended it."""
