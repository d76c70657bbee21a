"""Tasks for the bot over HTTP."""

from abc import ABC, abstractmethod

import httpx

from console.conversation.task_commands import DelegateTask, TaskOffer
from console.terminal.wire import conversation_path, read_as


class TaskCalls(ABC):
    """These calls of :class:`console.terminal.task_port.TaskDesk`."""

    @abstractmethod
    async def _call(self, method: str, path: str, body: object = None) -> httpx.Response:
        """Ask the desk."""

    async def task_offer(self, conversation: str) -> TaskOffer:
        """Return what the bot can ask for; ``Refused`` with why where it may ask nothing."""
        return read_as(TaskOffer, await self._call("GET", conversation_path(conversation, "task")))

    async def delegate_task(self, conversation: str, body: DelegateTask) -> None:
        """Let the bot ask for these facts."""
        await self._call("POST", conversation_path(conversation, "task"), body)

    async def take_task_back(self, conversation: str) -> None:
        """Take the conversation back from the bot."""
        await self._call("DELETE", conversation_path(conversation, "task"))
