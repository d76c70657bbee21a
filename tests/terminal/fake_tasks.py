"""The desk in memory: tasks for the bot."""

from typing import TYPE_CHECKING

from console.conversation.events import MessageAdded
from console.conversation.message import Author
from console.conversation.task_commands import DelegateTask, TaskOffer
from console.conversation.task_events import TaskAsked, TaskDelegated, TaskEnded
from console.conversation.tasks import TaskFact, TaskKind, TaskOutcome
from console.terminal.errors import Refused

if TYPE_CHECKING:
    from tests.terminal.fake_desk import FakeDesk

NUMBER = TaskFact("order.number", "order number", "Could you give me your order number?", intent="lost-parcel")
FILE = TaskFact("file", "a photo or file", "Could you send me a photo of it, or the file?", TaskKind.FILE)


class FakeTasks:
    """That part of :class:`console.terminal.port.Desk`; ``offered`` is what can be asked for."""

    offered: tuple[TaskFact, ...] = (NUMBER, FILE)
    no_task: str = ""
    """Why the bot may ask nothing."""

    async def task_offer(self: "FakeDesk", conversation: str) -> TaskOffer:
        """Return what the test offers."""
        self._gate("task_offer", conversation)
        if self.no_task:
            raise Refused(self.no_task, "refused")
        return TaskOffer(self.offered)

    async def delegate_task(self: "FakeDesk", conversation: str, body: DelegateTask) -> None:
        """Begin, and ask for the first."""
        self._gate("delegate_task", body)
        facts = [fact for fact in self.offered if fact.slot in body.slots]
        if body.question:
            facts.append(TaskFact("question", f"“{body.question}”", body.question, TaskKind.QUESTION))
        self.append(conversation, TaskDelegated(tuple(facts), self.agent.id, self.agent.name), self._me())
        said = f"I'm Robin's automated assistant. While Robin looks into this: {facts[0].ask}"
        self.append(conversation, MessageAdded(Author.BOT, said), "bot")
        self.append(conversation, TaskAsked(facts[0].slot), "bot")

    async def take_task_back(self: "FakeDesk", conversation: str) -> None:
        """End it."""
        self._gate("take_task_back", conversation)
        ended = TaskEnded(TaskOutcome.TAKEN_BACK, f"{self.agent.name} took it back")
        self.append(conversation, ended, self._me())
