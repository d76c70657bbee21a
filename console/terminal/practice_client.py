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
from console.conversation.practice_assignments import Assignments, AssignPractice
from console.conversation.practice_training import OverrulePoint, OwnPractice, PastSessions, Training
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
        return read_as(PracticeReport, await self._call("GET", _session(conversation)))

    async def own_practice(self) -> OwnPractice:
        """Return what one has still to play that was assigned, and what to play next."""
        return read_as(OwnPractice, await self._call("GET", "/v1/practice/own"))

    async def practice_sessions(self, *, own: bool) -> PastSessions:
        """Return sessions, the newest first: one's own, or for those who watch everybody's."""
        return read_as(PastSessions, await self._call("GET", f"/v1/practice/sessions?own={str(own).lower()}"))

    async def overrule_point(self, conversation: str, body: OverrulePoint) -> None:
        """Score a point of a session otherwise, confirm it, or take that back (trainers and leads)."""
        await self._call("POST", f"{_session(conversation)}/points", body)

    async def practice_assignments(self) -> Assignments:
        """Return what is assigned to whom (trainers and leads)."""
        return read_as(Assignments, await self._call("GET", "/v1/practice/assignments"))

    async def assign_practice(self, body: AssignPractice) -> None:
        """Give a scenario to people and teams (trainers and leads)."""
        await self._call("POST", "/v1/practice/assignments", body)

    async def withdraw_assignment(self, assignment: str) -> None:
        """Take an assignment back (trainers and leads)."""
        await self._call("DELETE", f"/v1/practice/assignments/{quote(assignment, safe='')}")

    async def training(self) -> Training:
        """Return what people practised, and how far trainers agree with the engine (trainers and leads)."""
        return read_as(Training, await self._call("GET", "/v1/practice/people"))


def _session(conversation: str) -> str:
    return f"/v1/practice/sessions/{quote(conversation, safe='')}"
