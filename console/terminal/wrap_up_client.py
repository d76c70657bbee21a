"""Wrap-ups and what is still to do, over HTTP."""

from abc import ABC, abstractmethod

import httpx

from console.conversation.wrap_up import WrapUpProposal
from console.conversation.wrap_up_commands import FollowUps, TickFollowUp
from console.terminal.wire import conversation_path, read_as


class WrapUpCalls(ABC):
    """These calls of :class:`console.terminal.wrap_up_port.WrapUpDesk`."""

    @abstractmethod
    async def _call(self, method: str, path: str, body: object = None) -> httpx.Response:
        """Ask the desk."""

    async def wrap_up(self, conversation: str) -> WrapUpProposal:
        """Return what is proposed for a closing."""
        return read_as(WrapUpProposal, await self._call("GET", conversation_path(conversation, "wrap-up")))

    async def follow_ups(self) -> FollowUps:
        """Return what is still to do: one's own, and for leads everybody's."""
        return read_as(FollowUps, await self._call("GET", "/v1/follow-ups"))

    async def tick_follow_up(self, conversation: str, body: TickFollowUp) -> None:
        """Tick a follow-up off, or take that back."""
        await self._call("POST", conversation_path(conversation, "follow-ups"), body)
