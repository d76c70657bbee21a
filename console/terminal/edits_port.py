"""The part of the desk's interface that tells why suggestions were changed."""

from typing import Protocol

from console.conversation.edits import AskedEdits, Edits
from console.conversation.reviews import Exchanges


class EditsDesk(Protocol):
    """These calls of the desk's interface, for leads. All raise :class:`~console.terminal.errors.DeskError`."""

    async def edits(self, weeks: int) -> Edits:
        """Return the edits by reason, or how far the look is."""

    async def edit_exchanges(self, weeks: int, asked: AskedEdits) -> Exchanges:
        """Return the edits that a share counts."""
