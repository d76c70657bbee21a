"""What trainers see of the lead's review: quality of conversations, and what was escalated; nothing else of it."""

from collections.abc import Callable
from typing import ClassVar

from console.terminal.port import Desk
from console.terminal.screens.escalation_steps import Escalated
from console.terminal.screens.quality_steps import ChatStep, QualityTab
from console.terminal.screens.review import ReviewScreen
from console.terminal.screens.review_views import Step, Trail


class MarkingScreen(ReviewScreen):
    """Levels, the conversations behind them with the words that speak for each mark, and the queue; marked by keys."""

    HEADING = "Quality of conversations"
    TABS: ClassVar[dict[str, Step]] = {"Quality": QualityTab(changes=False), "Escalated": Escalated(leads=False)}
    TELLS_TAB = True

    def __init__(self, desk: Callable[[], Desk], trail: Trail | None = None) -> None:
        super().__init__(desk, trail or Trail(list(self.TABS.values())[:1]))

    async def _look(self) -> None:
        self._said = ""  # the review's own figures are the leads'


class ChatMarkingScreen(MarkingScreen):
    """The criteria of the closed conversation on the screen, with the words that speak for each mark."""

    HEADING = "Quality of this chat"
    TELLS_TAB = False

    def __init__(self, desk: Callable[[], Desk], conversation: str) -> None:
        self.TABS = {"Marks": ChatStep(conversation)}  # type: ignore[misc]
        super().__init__(desk)
