"""Tasks for the bot, as the console sees them."""

from typing import Protocol

from console.conversation.task_commands import DelegateTask, TaskOffer


class TaskDesk(Protocol):
    """These calls of the desk's interface. All raise :class:`~console.terminal.errors.DeskError`."""

    async def task_offer(self, conversation: str) -> TaskOffer:
        """Return what the bot can ask for; ``Refused`` with why where it may ask nothing."""

    async def delegate_task(self, conversation: str, body: DelegateTask) -> None:
        """Let the bot ask for these facts."""

    async def take_task_back(self, conversation: str) -> None:
        """Take the conversation back from the bot."""
