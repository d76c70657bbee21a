"""The part of the desk in memory that answers quality review, by the server's own functions."""

from typing import TYPE_CHECKING

from console.conversation import events as e
from console.conversation.quality_commands import AskedMarks, MarkQuality
from console.conversation.quality_events import QualityMarked
from console.conversation.quality_review import MarkedList, Quality
from console.review.quality.exchanges import behind, of_conversation, waiting
from console.review.quality.marks import QualityMarks
from console.review.quality.quality import Named, Weeks, quality_of, weeks_of
from console.review.reviewing.window import LEAD_IN, beginning
from tests.terminal.fake_review import NOW, ledger_of

if TYPE_CHECKING:
    from tests.terminal.fake_desk import FakeDesk

NAMED = Named(
    "r1",
    {
        "greeting": ("Greets, and knows the matter", "The first message of a person greets and takes up the matter."),
        "empathy": ("Empathy", "Where the customer is upset, the first answer takes it up."),
        "next-step": ("The next step is clear", "The customer knows what happens next, and by when."),
    },
)


class FakeQuality:
    """These calls of :class:`console.terminal.quality_port.QualityDesk`, over the log of ``past``."""

    async def quality(self: "FakeDesk", weeks: int) -> Quality:
        """What is there."""
        self._gate("quality", weeks)
        named, changes = NAMED if self.rubric else Named(), ledger_of(self.past, weeks).changes.values()
        return quality_of(_fold(self.past, weeks), NOW, weeks, named, changes)

    async def quality_marks(self: "FakeDesk", weeks: int, asked: AskedMarks) -> MarkedList:
        """What is behind a figure."""
        self._gate("quality_marks", asked)
        return behind(_seen(self.past, weeks), asked, NAMED, lambda seq, _: self.past[seq - 1])

    async def quality_queue(self: "FakeDesk", weeks: int) -> MarkedList:
        """What is to be marked."""
        self._gate("quality_queue", weeks)

        return waiting(_seen(self.past, weeks), NAMED, lambda name: _of(self.past, name))

    async def marks_of(self: "FakeDesk", conversation: str) -> MarkedList:
        """Its criteria."""
        self._gate("marks_of", conversation)
        return of_conversation(_of(self.past, conversation), NAMED)

    async def mark_quality(self: "FakeDesk", body: MarkQuality) -> None:
        """Keep it."""
        self._gate("mark_quality", body)
        marked = QualityMarked(body.criterion, body.mark, body.reason, "Marta Quill", body.sampled)
        self.happened(body.conversation, marked)


def _of(past: list[e.Event], conversation: str) -> list[e.Event]:
    return [event for event in past if event.conversation == conversation]


def _fold(past: list[e.Event], weeks: int) -> QualityMarks:
    fold = QualityMarks(beginning(NOW, weeks) - LEAD_IN)
    for event in past:
        fold.take(event)
    return fold


def _seen(past: list[e.Event], weeks: int) -> Weeks:
    return weeks_of(_fold(past, weeks), NOW, weeks)
