"""The part of the desk in memory that tells why suggestions were changed, by the server's own functions."""

from datetime import datetime
from typing import TYPE_CHECKING

from console.conversation import assist_events as a
from console.conversation import events as e
from console.conversation.edits import AskedEdits, Edits
from console.conversation.reviews import Exchanges
from console.review.book import Book
from console.review.edits.fold import WhyEdited, coded
from console.review.edits.look import behind_edits, edits_of, pending
from console.review.reviewing.exchanges import told
from console.review.reviewing.ledger import Ledger
from console.review.reviewing.window import LEAD_IN, beginning
from tests.terminal.fake_review import NOW, around

if TYPE_CHECKING:
    from tests.terminal.fake_desk import FakeDesk


class FakeEdits:
    """These calls of :class:`console.terminal.edits_port.EditsDesk`, over the log of ``past``."""

    async def edits(self: "FakeDesk", weeks: int) -> Edits:
        """The edits by reason."""
        self._gate("edits", weeks)
        return edits_of(_read(self.past, weeks), NOW, weeks)

    async def edit_exchanges(self: "FakeDesk", weeks: int, asked: AskedEdits) -> Exchanges:
        """Those that a share counts."""
        self._gate("edit_exchanges", asked)
        book = _read(self.past, weeks)
        return told(
            book.of(Ledger), behind_edits(book, NOW, weeks, asked), lambda seq, _: self.past[seq - 1], around(self.past)
        )


def _read(past: list[e.Event], weeks: int, until: datetime = NOW) -> Book:
    book = Book(beginning(until, weeks) - LEAD_IN)
    for event in past:
        book.take(event)
    names = book.of(Ledger).suggestions.text
    texts = []
    for row, made, decided in pending(book, until, weeks)[0]:
        offer, decision = past[made - 1].data, past[decided - 1].data
        assert isinstance(offer, a.RepliesSuggested)
        assert isinstance(decision, a.SuggestionDecided)
        suggested = next(one.text for one in offer.suggestions if one.id == names[row])
        texts.append((decided, suggested, decision.final_text))
    book.of(WhyEdited).codes.update(coded(texts))
    return book
