"""The desk's queue and teamwork over HTTP."""

from abc import ABC, abstractmethod

import httpx

from console.conversation import queue_commands as q
from console.terminal.wire import conversation_path, read_as


class QueueCalls(ABC):
    """These calls of :class:`console.terminal.queue_port.QueueDesk`."""

    @abstractmethod
    async def _call(self, method: str, path: str, body: object = None) -> httpx.Response:
        """Ask the desk."""

    async def queue(self) -> q.QueuePage:
        """Return what waits in its order, and who is there."""
        return read_as(q.QueuePage, await self._call("GET", "/v1/queue"))

    async def take_next(self) -> q.Taken:
        """Take the waiting conversation that is next for the agent; ``NotFound`` where none is."""
        return read_as(q.Taken, await self._call("POST", "/v1/queue/next"))

    async def rebalance(self) -> q.QueuePage:
        """Move what is better with somebody else (leads and admins); returns the moves that were made."""
        return read_as(q.QueuePage, await self._call("POST", "/v1/queue/rebalance"))

    async def transfer(self, conversation: str, body: q.Transfer) -> None:
        """Pass a conversation on."""
        await self._call("POST", conversation_path(conversation, "transfer"), body)

    async def park(self, conversation: str, body: q.Park) -> None:
        """Set it aside until the customer writes or a time comes."""
        await self._call("POST", conversation_path(conversation, "park"), body)

    async def say_aside(self, conversation: str, body: q.Say) -> None:
        """Ask a colleague, answer one, or whisper to the agent."""
        await self._call("POST", conversation_path(conversation, "asides"), body)

    async def call_lead(self, conversation: str, body: q.CallLead) -> None:
        """Call a lead in."""
        await self._call("POST", conversation_path(conversation, "lead"), body)

    async def watch(self, conversation: str, *, on: bool) -> None:
        """Begin to watch, or end it (leads and admins)."""
        await self._call("PUT" if on else "DELETE", conversation_path(conversation, "watch"))
