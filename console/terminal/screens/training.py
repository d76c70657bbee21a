"""The practice page: for trainers assignments, sessions, people and drafts; for agents their own sessions."""

from collections.abc import Callable
from typing import ClassVar, Final

from console.conversation.practice import ReplayFrom
from console.terminal.port import Desk
from console.terminal.screens.debrief import DebriefScreen
from console.terminal.screens.lead_step import Place
from console.terminal.screens.review import ReviewScreen
from console.terminal.screens.review_views import Step, Trail
from console.terminal.screens.scenario_steps import ScenarioDraftsStep
from console.terminal.screens.training_steps import CHAT, DEBRIEF, AssignmentsStep, PeopleStep, PointsStep, SessionsStep
from console.text import shorten

NAMED: Final = 12
"""Letters of an agent's name beside a message."""


class TrainingScreen(ReviewScreen):
    """Returns the session whose chat is to open on the practice desk, or a message of it to answer otherwise."""

    HEADING = "Practice"
    TELLS_TAB = True
    OTHERS: ClassVar[bool] = True
    """Whether sessions of others are shown."""
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
        session = here.conversation if isinstance(here, PointsStep) else self._key
        if name == CHAT.name:
            self.dismiss(Place(session, ""))
        elif name == DEBRIEF.name:
            self._do(self._debrief(session))
        else:
            super().action_deed(name)

    async def _debrief(self, session: str) -> None:
        """Show what a session was worth; from a message of it on, it is taken up again."""
        report = await self._desk().practice_report(session)
        who = shorten(report.agent.partition(" ")[0], NAMED) if self.OTHERS else "you"
        after = await self.app.push_screen_wait(DebriefScreen(report, aside=True, who=who or "agent"))
        if isinstance(after, ReplayFrom):
            self.dismiss(Place(session, after.message))

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
    OTHERS = False
    TELLS_TAB = False
    TABS: ClassVar[dict[str, Step]] = {"Sessions": SessionsStep(own=True)}


def training_screen(desk: Callable[[], Desk], *, trains: bool) -> TrainingScreen:
    """Return the page for somebody who trains others, or who does not."""
    return TrainingScreen(desk) if trains else OwnSessionsScreen(desk)
