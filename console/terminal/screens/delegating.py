"""What the bot is to get from the customer while the agent looks into the matter."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from console.conversation.task_commands import DelegateTask
from console.conversation.tasks import MOST_FACTS, TaskFact, TaskKind
from console.terminal.screens.dialog import Dialog, words
from console.terminal.widgets.tick import Tick

LONGEST = 300
"""Characters of the agent's own question."""


class DelegatingDialog(Dialog[DelegateTask]):
    """Returns the task, or ``None``; what the behaviour needs is ticked."""

    HEADING = "Let the bot ask"
    CONFIRM = "Let it ask"

    def __init__(self, facts: tuple[TaskFact, ...]) -> None:
        super().__init__()
        self._facts = facts

    def body(self) -> Iterable[Widget]:
        """Return the facts, a line for a question, and what will happen."""
        yield words("What the customer is asked for, one thing at a time", "-label")
        for number, fact in enumerate(self._facts):
            ticked = fact.kind is TaskKind.FACT and number < MOST_FACTS
            yield Tick(Content(fact.name), ticked, id=f"fact-{number}", compact=True)
        yield words("Your own question, asked as you write it", "-label")
        yield Input(placeholder="optional", id="question", max_length=LONGEST, compact=True)
        yield words(
            "The customer reads that your automated assistant asks. It answers nothing: a question, trouble or ten "
            "minutes of silence bring the chat back to you. So does your own message, or Alt+9.",
            "-gap",
        )

    def answer(self) -> DelegateTask:
        """Return the task."""
        ticks = [self.query_one(f"#fact-{number}", Tick).value for number in range(len(self._facts))]
        slots = tuple(fact.slot for fact, ticked in zip(self._facts, ticks, strict=True) if ticked)
        question = self.query_one("#question", Input).value.strip()
        if not slots and not question:
            message = "Tick something, or write a question."
            raise ValueError(message)
        if len(slots) + bool(question) > MOST_FACTS:
            message = f"The bot asks for {MOST_FACTS} things at most: untick some."
            raise ValueError(message)
        return DelegateTask(slots, question)
