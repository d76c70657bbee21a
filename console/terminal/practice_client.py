"""Practice over HTTP."""

from abc import ABC, abstractmethod
from urllib.parse import quote

import httpx

from console.conversation.practice import (
    BeginPractice,
    PlantsToldOf,
    PlantsToTell,
    PracticeOffers,
    PracticeReport,
    PracticeStarted,
    ReplayFrom,
)
from console.terminal.wire import read_as


class PracticeCalls(ABC):
    """These calls of :class:`console.terminal.practice_port.PracticeDesk`."""

    @abstractmethod
    async def _call(self, method: str, path: str, body: object = None) -> httpx.Response:
        """Ask the desk."""

    async def practice_offers(self) -> PracticeOffers:
        """Return what there is to play."""
        return read_as(PracticeOffers, await self._call("GET", "/v1/practice/scenarios"))

    async def plants_to_tell(self) -> PlantsToTell:
        """Return what one was not told of yet."""
        return read_as(PlantsToTell, await self._call("GET", "/v1/practice/plants"))

    async def plants_told(self, conversation: str, body: PlantsToldOf) -> None:
        """Say that one has read it."""
        await self._call("POST", f"/v1/practice/sessions/{quote(conversation, safe='')}/plants", body)

    async def begin_practice(self, body: BeginPractice) -> PracticeStarted:
        """Begin a session."""
        return read_as(PracticeStarted, await self._call("POST", "/v1/practice/sessions", body))

    async def replay_practice(self, conversation: str, body: ReplayFrom) -> PracticeStarted:
        """Take a session up again."""
        path = f"/v1/practice/sessions/{quote(conversation, safe='')}/replays"
        return read_as(PracticeStarted, await self._call("POST", path, body))

    async def practice_report(self, conversation: str) -> PracticeReport:
        """Return what a session was worth, once it is over."""
        return read_as(PracticeReport, await self._call("GET", f"/v1/practice/sessions/{quote(conversation, safe='')}"))
