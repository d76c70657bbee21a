"""The lead's review over HTTP."""

from abc import ABC, abstractmethod
from typing import Final
from urllib.parse import quote

import httpx

from console.conversation.review_commands import Asked, Judge, MarkChange
from console.conversation.reviews import Exchanges, Review, ReviewQueue
from console.conversation.weeks import LetWeeksPass, WeeksAhead
from console.terminal.wire import read_as

WAIT: Final = "1"
"""Seconds after which the desk says how far it is."""


class ReviewCalls(ABC):
    """These calls of :class:`console.terminal.review_port.ReviewDesk`."""

    @abstractmethod
    async def _call(
        self, method: str, path: str, body: object = None, params: dict[str, str] | None = None
    ) -> httpx.Response:
        """Ask the desk."""

    async def review(self, weeks: int) -> Review:
        """Return the figures of the last weeks, or how far the look is."""
        params = {"weeks": str(weeks), "wait": WAIT}
        return read_as(Review, await self._call("GET", "/v1/review", params=params))

    async def exchanges(self, weeks: int, asked: Asked) -> Exchanges:
        """Return what is behind a figure."""
        params = {"weeks": str(weeks), "by": asked.by.value, "name": asked.name, "measure": asked.measure.value}
        params |= {"week": asked.week.isoformat()} if asked.week else {}
        params |= {"others": "true"} if asked.others else {}
        return read_as(Exchanges, await self._call("GET", "/v1/review/exchanges", params=params))

    async def to_judge(self, weeks: int, queue: ReviewQueue, *, judged: bool) -> Exchanges:
        """Return what is to be judged next of a queue, or what was judged of it."""
        params = {"weeks": str(weeks), "judged": str(judged).lower()}
        return read_as(Exchanges, await self._call("GET", f"/v1/review/queues/{queue.value}", params=params))

    async def judge_exchange(self, body: Judge) -> None:
        """Judge a suggestion or a flag."""
        await self._call("POST", "/v1/review/judgements", body)

    async def mark_change(self, body: MarkChange) -> None:
        """Mark that something changed."""
        await self._call("POST", "/v1/review/changes", body)

    async def weeks_ahead(self) -> WeeksAhead:
        """Return whether weeks can pass on this desk, how many have, and how far the newest are written."""
        return read_as(WeeksAhead, await self._call("GET", "/v1/review/weeks"))

    async def let_weeks_pass(self, weeks: int) -> WeeksAhead:
        """Let so many weeks pass, in a demo alone."""
        return read_as(WeeksAhead, await self._call("POST", "/v1/review/weeks", LetWeeksPass(weeks)))

    async def unmark_change(self, change: str) -> None:
        """Take such a mark back."""
        await self._call("DELETE", f"/v1/review/changes/{quote(change, safe='')}")
