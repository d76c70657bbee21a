"""The practice page: for trainers assignments, sessions, people and drafts; for agents their own sessions."""

from collections.abc import Callable
from typing import ClassVar

from console.terminal.port import Desk
from console.terminal.screens.lead_step import Place
from console.terminal.screens.review import ReviewScreen
from console.terminal.screens.review_views import Step, Trail
from console.terminal.screens.scenario_steps import ScenarioDraftsStep
from console.terminal.screens.training_steps import CHAT, AssignmentsStep, PeopleStep, PointsStep, SessionsStep


class TrainingScreen(ReviewScreen):
    """Returns the session whose chat is to open, on the practice desk."""

    HEADING = "Practice"
    TABS: ClassVar[dict[str, Step]] = {
        "Assignments": AssignmentsStep(),
        "Sessions": SessionsStep(),
        "People": PeopleStep(),
        "Drafts": ScenarioDraftsStep(),
    }

    def __init__(self, desk: Callable[[], Desk]) -> None:
        super().__init__(desk, Trail(steps=[next(iter(self.TABS.values()))]))

    def action_deed(self, name: str) -> None:
        """Open the chat of the session under the cursor, or do what else can be done with it."""
        here = self.trail.here
        if name != CHAT.name:
            super().action_deed(name)
        else:
            self.dismiss(Place(here.conversation if isinstance(here, PointsStep) else self._key, ""))

    def action_choose(self) -> None:
        """Go down; of a draft there is nothing below, so it is opened."""
        if isinstance(self.trail.here, ScenarioDraftsStep) and self._deeds:
            self.action_deed(self._deeds[0].name)
        else:
            super().action_choose()

    async def _look(self) -> None:
        self._said = ""


class OwnSessionsScreen(TrainingScreen):
    """An agent's own sessions."""

    HEADING = "Your practice sessions"
    TABS: ClassVar[dict[str, Step]] = {"Sessions": SessionsStep(own=True)}


def training_screen(desk: Callable[[], Desk], *, trains: bool) -> TrainingScreen:
    """Return the page for somebody who trains others, or who does not."""
    return TrainingScreen(desk) if trains else OwnSessionsScreen(desk)
