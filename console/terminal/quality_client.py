"""Quality review over HTTP."""

from abc import ABC, abstractmethod
from urllib.parse import quote

import httpx

from console.conversation.quality_commands import AskedMarks, MarkQuality
from console.conversation.quality_review import MarkedList, Quality
from console.terminal.review_client import WAIT
from console.terminal.wire import read_as


class QualityCalls(ABC):
    """These calls of :class:`console.terminal.quality_port.QualityDesk`."""

    @abstractmethod
    async def _call(
        self, method: str, path: str, body: object = None, params: dict[str, str] | None = None
    ) -> httpx.Response:
        """Ask the desk."""

    async def quality(self, weeks: int) -> Quality:
        """Return the figures of the last weeks, or how far the look is."""
        params = {"weeks": str(weeks), "wait": WAIT}
        return read_as(Quality, await self._call("GET", "/v1/quality", params=params))

    async def quality_marks(self, weeks: int, asked: AskedMarks) -> MarkedList:
        """Return the conversations behind a figure."""
        params = {"weeks": str(weeks), "criterion": asked.criterion, "mark": asked.mark.value}
        params |= {"by": asked.by.value, "name": asked.name}
        params |= {"week": asked.week.isoformat()} if asked.week else {}
        return read_as(MarkedList, await self._call("GET", "/v1/quality/marks", params=params))

    async def quality_queue(self, weeks: int) -> MarkedList:
        """Return what is to be marked next."""
        return read_as(MarkedList, await self._call("GET", "/v1/quality/queue", params={"weeks": str(weeks)}))

    async def marks_of(self, conversation: str) -> MarkedList:
        """Return every criterion of a closed conversation with its marks."""
        path = f"/v1/quality/conversations/{quote(conversation, safe='')}"
        return read_as(MarkedList, await self._call("GET", path))

    async def mark_quality(self, body: MarkQuality) -> None:
        """Mark a criterion of a conversation, or take one's mark back."""
        await self._call("POST", "/v1/quality/marks", body)
