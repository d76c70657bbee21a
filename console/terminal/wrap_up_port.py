"""Wrap-ups and what is still to do, as the console sees them."""

from typing import Protocol

from console.conversation.wrap_up import WrapUpProposal
from console.conversation.wrap_up_commands import FollowUps, TickFollowUp


class WrapUpDesk(Protocol):
    """These calls of the desk's interface. All raise :class:`~console.terminal.errors.DeskError`."""

    async def wrap_up(self, conversation: str) -> WrapUpProposal:
        """Return what is proposed for a closing."""

    async def follow_ups(self) -> FollowUps:
        """Return what is still to do: one's own, and for leads everybody's."""

    async def tick_follow_up(self, conversation: str, body: TickFollowUp) -> None:
        """Tick a follow-up off, or take that back."""
