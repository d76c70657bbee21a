"""The part of the desk's interface that the lead's review needs."""

from typing import Protocol

from console.conversation.review_commands import Asked, Judge, MarkChange
from console.conversation.reviews import Exchanges, Review, ReviewQueue
from console.conversation.weeks import WeeksAhead


class ReviewDesk(Protocol):
    """These calls of the desk's interface, for leads. All raise :class:`~console.terminal.errors.DeskError`."""

    async def review(self, weeks: int) -> Review:
        """Return the figures of the last weeks, or how far the look is."""

    async def exchanges(self, weeks: int, asked: Asked) -> Exchanges:
        """Return what is behind a figure."""

    async def to_judge(self, weeks: int, queue: ReviewQueue, *, judged: bool) -> Exchanges:
        """Return what is to be judged next of a queue, or what was judged of it."""

    async def judge_exchange(self, body: Judge) -> None:
        """Judge a suggestion or a flag."""

    async def mark_change(self, body: MarkChange) -> None:
        """Mark that something changed."""

    async def weeks_ahead(self) -> WeeksAhead:
        """Return whether weeks can pass on this desk, how many have, and how far the newest are written."""

    async def let_weeks_pass(self, weeks: int) -> WeeksAhead:
        """Let so many weeks pass, in a demo alone."""

    async def unmark_change(self, change: str) -> None:
        """Take such a mark back."""
