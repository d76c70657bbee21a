"""The desk's queue and teamwork over HTTP."""

from abc import ABC, abstractmethod
from typing import TypeVar
from urllib.parse import quote

import httpx

from console.conversation import queue_commands as q
from console.conversation.codec import decode_json
from console.terminal.errors import Garbled

_T = TypeVar("_T")


class QueueCalls(ABC):
    """These calls of :class:`console.terminal.queue_port.QueueDesk`."""

    @abstractmethod
    async def _call(self, method: str, path: str, body: object = None) -> httpx.Response:
        """Ask the desk."""

    async def queue(self) -> q.QueuePage:
        """Return what waits in its order, and who is there."""
        return _read(q.QueuePage, await self._call("GET", "/v1/queue"))

    async def take_next(self) -> q.Taken:
        """Take the waiting conversation that is next for the agent; ``NotFound`` where none is."""
        return _read(q.Taken, await self._call("POST", "/v1/queue/next"))

    async def rebalance(self) -> q.QueuePage:
        """Move what is better with somebody else (leads and admins); returns the moves that were made."""
        return _read(q.QueuePage, await self._call("POST", "/v1/queue/rebalance"))

    async def transfer(self, conversation: str, body: q.Transfer) -> None:
        """Pass a conversation on."""
        await self._call("POST", _path(conversation, "transfer"), body)

    async def park(self, conversation: str, body: q.Park) -> None:
        """Set it aside until the customer writes or a time comes."""
        await self._call("POST", _path(conversation, "park"), body)

    async def say_aside(self, conversation: str, body: q.Say) -> None:
        """Ask a colleague, answer one, or whisper to the agent."""
        await self._call("POST", _path(conversation, "asides"), body)

    async def call_lead(self, conversation: str, body: q.CallLead) -> None:
        """Call a lead in."""
        await self._call("POST", _path(conversation, "lead"), body)

    async def watch(self, conversation: str, *, on: bool) -> None:
        """Begin to watch, or end it (leads and admins)."""
        await self._call("PUT" if on else "DELETE", _path(conversation, "watch"))


def _path(conversation: str, what: str) -> str:
    return f"/v1/conversations/{quote(conversation, safe='')}/{what}"


def _read(kind: type[_T], response: httpx.Response) -> _T:
    try:
        return decode_json(kind, response.content)
    except ValueError as error:
        message = f"The desk's answer to {response.request.url.path} is not understood; update console and server."
        raise Garbled(message) from error
