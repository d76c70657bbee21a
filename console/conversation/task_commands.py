"""What a console asks of the desk about tasks for the bot, and what it gets back."""

from dataclasses import dataclass

from console.conversation.tasks import TaskFact


@dataclass(frozen=True, slots=True)
class DelegateTask:
    """Let the bot get these facts, one question at a time, at most five in all."""

    slots: tuple[str, ...] = ()
    """Slots of what :class:`TaskOffer` offers."""
    question: str = ""
    """A question in the agent's own words; empty where there is none."""


@dataclass(frozen=True, slots=True)
class TaskOffer:
    """What the bot can ask for in a conversation."""

    facts: tuple[TaskFact, ...]
    """What the behaviour collects and nobody has told yet, then a photo or file where files are kept."""
