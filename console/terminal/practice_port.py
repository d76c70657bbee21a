"""Practice, as the console sees it."""

from typing import Protocol

from console.conversation.practice import (
    BeginPractice,
    PlantsToldOf,
    PlantsToTell,
    PracticeOffers,
    PracticeReport,
    PracticeStarted,
    ReplayFrom,
)
from console.conversation.practice_assignments import Assignments, AssignPractice
from console.conversation.practice_training import OverrulePoint, OwnPractice, PastSessions, Training


class PracticeDesk(Protocol):
    """These calls of the desk's interface. All raise :class:`~console.terminal.errors.DeskError`."""

    async def practice_offers(self) -> PracticeOffers:
        """Return what there is to play."""

    async def plants_to_tell(self) -> PlantsToTell:
        """Return the planted suggestions of one's own sessions that one was not told of yet."""

    async def plants_told(self, conversation: str, body: PlantsToldOf) -> None:
        """Say that one has read which suggestions of one's session were planted."""

    async def begin_practice(self, body: BeginPractice) -> PracticeStarted:
        """Begin a session; it is played on the practice desk, which lies at the path that is returned."""

    async def replay_practice(self, conversation: str, body: ReplayFrom) -> PracticeStarted:
        """Take a session up again before one of the agent's messages, as a new one."""

    async def practice_report(self, conversation: str) -> PracticeReport:
        """Return what a session was worth, once it is over."""

    async def own_practice(self) -> OwnPractice:
        """Return what one has still to play that was assigned, and what to play next."""

    async def practice_sessions(self, *, own: bool) -> PastSessions:
        """Return sessions, the newest first: one's own, or for those who watch everybody's."""

    async def overrule_point(self, conversation: str, body: OverrulePoint) -> None:
        """Score a point of a session otherwise, confirm it, or take that back (trainers and leads)."""

    async def practice_assignments(self) -> Assignments:
        """Return what is assigned to whom (trainers and leads)."""

    async def assign_practice(self, body: AssignPractice) -> None:
        """Give a scenario to people and teams (trainers and leads)."""

    async def withdraw_assignment(self, assignment: str) -> None:
        """Take an assignment back (trainers and leads)."""

    async def training(self) -> Training:
        """Return what people practised, and how far trainers agree with the engine (trainers and leads)."""
