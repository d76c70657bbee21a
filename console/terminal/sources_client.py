"""The sources of suggested replies over HTTP."""

from abc import ABC, abstractmethod

import httpx

from console.conversation.sources import RetiredSources, RetireSource, Sources
from console.terminal.review_client import WAIT
from console.terminal.wire import read_as


class SourcesCalls(ABC):
    """These calls of :class:`console.terminal.sources_port.SourcesDesk`."""

    @abstractmethod
    async def _call(
        self, method: str, path: str, body: object = None, params: dict[str, str] | None = None
    ) -> httpx.Response:
        """Ask the desk."""

    async def reply_sources(self, weeks: int) -> Sources:
        """Return what speaks for and against each source, or how far the look is."""
        params = {"weeks": str(weeks), "wait": WAIT}
        return read_as(Sources, await self._call("GET", "/v1/review/sources", params=params))

    async def retire_source(self, source: str) -> RetiredSources:
        """Let no reply be suggested from it any more."""
        return read_as(RetiredSources, await self._call("POST", "/v1/review/sources/retire", RetireSource(source)))

    async def bring_source_back(self, source: str) -> RetiredSources:
        """Let replies be suggested from it again."""
        return read_as(RetiredSources, await self._call("POST", "/v1/review/sources/back", RetireSource(source)))
