"""The part of the desk's interface that tells of the sources of suggested replies."""

from typing import Protocol

from console.conversation.sources import RetiredSources, Sources


class SourcesDesk(Protocol):
    """These calls of the desk's interface, for leads. All raise :class:`~console.terminal.errors.DeskError`."""

    async def reply_sources(self, weeks: int) -> Sources:
        """Return what speaks for and against each source, or how far the look is."""

    async def retire_source(self, source: str) -> RetiredSources:
        """Let no reply be suggested from it any more."""

    async def bring_source_back(self, source: str) -> RetiredSources:
        """Let replies be suggested from it again."""
