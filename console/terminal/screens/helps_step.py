"""What is behind the answer to whether the suggestions help, in the lead's review: an outcome a row."""

from dataclasses import dataclass

from textual.content import Content

from console.conversation.reviews import Review
from console.terminal.hanging import hang, stack
from console.terminal.port import Desk
from console.terminal.screens.lead_step import LeadStep
from console.terminal.widgets.review_faces import HELPS_ASKED, helps_face
from console.terminal.widgets.row_list import Row


@dataclass(frozen=True, slots=True)
class HelpsStep(LeadStep):
    """The verdict, and below it what it rests on."""

    @property
    def title(self) -> str:
        """Return the question."""
        return HELPS_ASKED

    async def load(self, desk: Desk, weeks: int) -> Review:
        """Ask for the review, which has it."""
        return await desk.review(weeks)

    def rows(self, found: Review, width: int) -> list[Row]:
        """Return a row each."""
        if found.helps is None:
            return []
        behind = [stack(hang(Content("· "), Content(line), width)) for line in found.helps.behind]
        return [Row(str(place), face) for place, face in enumerate((helps_face(found.helps, width), *behind))]
