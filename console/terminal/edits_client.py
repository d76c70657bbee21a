"""Why suggestions were changed, over HTTP."""

from abc import ABC, abstractmethod

import httpx

from console.conversation.edits import AskedEdits, Edits
from console.conversation.reviews import Exchanges
from console.terminal.review_client import WAIT
from console.terminal.wire import read_as


class EditsCalls(ABC):
    """These calls of :class:`console.terminal.edits_port.EditsDesk`."""

    @abstractmethod
    async def _call(
        self, method: str, path: str, body: object = None, params: dict[str, str] | None = None
    ) -> httpx.Response:
        """Ask the desk."""

    async def edits(self, weeks: int) -> Edits:
        """Return the edits by reason, or how far the look is."""
        return read_as(Edits, await self._call("GET", "/v1/review/edits", params={"weeks": str(weeks), "wait": WAIT}))

    async def edit_exchanges(self, weeks: int, asked: AskedEdits) -> Exchanges:
        """Return the edits that a share counts."""
        params = {"weeks": str(weeks), "by": asked.by.value, "name": asked.name, "reason": asked.reason.value}
        return read_as(Exchanges, await self._call("GET", "/v1/review/edits/exchanges", params=params))
