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
