"""The part of the desk in memory that answers the figures by layer, by the server's own functions."""

import asyncio
from typing import TYPE_CHECKING

from console.conversation.layers import AskedTalks, Layers, ToldTalks
from console.review.book import Book
from console.review.layers.behind import talks_behind
from console.review.layers.cohort import Money
from console.review.layers.looking import layers_of
from console.review.reviewing.window import LEAD_IN, beginning
from tests.terminal.fake_review import NOW

if TYPE_CHECKING:
    from tests.terminal.fake_desk import FakeDesk

MONEY = Money(32.0, "EUR")


class FakeLayers:
    """These calls of :class:`console.terminal.layers_port.LayersDesk`, over the log of ``past``."""

    async def layers(self: "FakeDesk", weeks: int) -> Layers:
        """What each layer did, or how far the look is."""
        self._gate("layers", weeks)
        await asyncio.sleep(0)
        if self.looking:
            return Layers(weeks=weeks, progress=self.looking)
        return layers_of(_book(self, weeks), NOW, weeks, MONEY)

    async def talks_behind(self: "FakeDesk", weeks: int, asked: AskedTalks) -> ToldTalks:
        """What is behind a figure."""
        self._gate("talks_behind", asked)
        return talks_behind(_book(self, weeks), NOW, weeks, asked, lambda seq, _: self.past[seq - 1], MONEY)


def _book(desk: "FakeDesk", weeks: int) -> Book:
    book = Book(beginning(NOW, weeks) - LEAD_IN)
    for event in desk.past:
        book.take(event)
    return book
