"""The part of the desk's interface that quality review needs."""

from typing import Protocol

from console.conversation.quality_commands import AskedMarks, MarkQuality
from console.conversation.quality_review import MarkedList, Quality


class QualityDesk(Protocol):
    """These calls of the desk's interface. All raise :class:`~console.terminal.errors.DeskError`."""

    async def quality(self, weeks: int) -> Quality:
        """Return the figures of the last weeks, or how far the look is."""

    async def quality_marks(self, weeks: int, asked: AskedMarks) -> MarkedList:
        """Return the conversations behind a figure."""

    async def quality_queue(self, weeks: int) -> MarkedList:
        """Return what is to be marked next."""

    async def marks_of(self, conversation: str) -> MarkedList:
        """Return every criterion of a closed conversation with its marks."""

    async def mark_quality(self, body: MarkQuality) -> None:
        """Mark a criterion of a conversation, or take one's mark back."""
