"""The part of the desk in memory that tells of the sources of suggested replies, by the server's own functions."""

from typing import TYPE_CHECKING

from console.conversation import events as e
from console.conversation.retire_events import SourceBroughtBack, SourceRetired
from console.conversation.sources import RetiredSources, Sources
from console.review.besides import retired_in
from console.review.book import Book
from console.review.reviewing.window import LEAD_IN, beginning
from console.review.sources.look import sources_of
from tests.terminal.fake_review import NOW

if TYPE_CHECKING:
    from tests.terminal.fake_desk import FakeDesk


class FakeSources:
    """These calls of :class:`console.terminal.sources_port.SourcesDesk`, over the log of ``past``."""

    async def reply_sources(self: "FakeDesk", weeks: int) -> Sources:
        """What speaks for and against each."""
        self._gate("reply_sources", weeks)
        book = Book(beginning(NOW, weeks) - LEAD_IN)
        for event in self.past:
            book.take(event)
        return sources_of(book, NOW, weeks, retired_in(self.past))

    async def retire_source(self: "FakeDesk", source: str) -> RetiredSources:
        """Keep it."""
        self._gate("retire_source", source)
        self.happened(e.WORKSPACE, SourceRetired(source, by="Marta Quill"))
        return RetiredSources(tuple(retired_in(self.past)))

    async def bring_source_back(self: "FakeDesk", source: str) -> RetiredSources:
        """Take it back."""
        self._gate("bring_source_back", source)
        self.happened(e.WORKSPACE, SourceBroughtBack(source, "Marta Quill"))
        return RetiredSources(tuple(retired_in(self.past)))
