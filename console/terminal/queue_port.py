"""The desk's queue and teamwork as the console sees them."""

from typing import Protocol

from console.conversation import queue_commands as q


class QueueDesk(Protocol):
    """These calls of the desk's interface. All raise :class:`~console.terminal.errors.DeskError`."""

    async def queue(self) -> q.QueuePage:
        """Return what waits in its order, and who is there."""

    async def take_next(self) -> q.Taken:
        """Take the waiting conversation that is next for the agent; ``NotFound`` where none is."""

    async def rebalance(self) -> q.QueuePage:
        """Move what is better with somebody else (leads and admins); returns the moves that were made."""

    async def transfer(self, conversation: str, body: q.Transfer) -> None:
        """Pass a conversation on."""

    async def park(self, conversation: str, body: q.Park) -> None:
        """Set it aside until the customer writes or a time comes."""

    async def say_aside(self, conversation: str, body: q.Say) -> None:
        """Ask a colleague, answer one, or whisper to the agent."""

    async def call_lead(self, conversation: str, body: q.CallLead) -> None:
        """Call a lead in."""

    async def watch(self, conversation: str, *, on: bool) -> None:
        """Begin to watch, or end it (leads and admins)."""
