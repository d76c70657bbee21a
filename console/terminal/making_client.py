"""Practice scenarios that are made from conversations, over HTTP."""

from abc import ABC, abstractmethod
from typing import Final
from urllib.parse import quote

import httpx

from console.conversation.scenario_drafts import (
    DecideScenario,
    EditScenario,
    MakeScenario,
    ScenarioCheck,
    ScenarioDraft,
    ScenarioDrafts,
)
from console.terminal.wire import read_as

DRAFTS: Final = "/v1/practice/drafts"

PATIENT: Final = 60.0
"""Seconds that drafting a scenario, or playing one through, may take."""


class MakingCalls(ABC):
    """These calls of :class:`console.terminal.making_port.MakingDesk`."""

    @abstractmethod
    async def _call(self, method: str, path: str, body: object = None, *, deadline: float = ...) -> httpx.Response:
        """Ask the desk."""

    async def scenario_drafts(self) -> ScenarioDrafts:
        """Return the drafts, open ones first."""
        return read_as(ScenarioDrafts, await self._call("GET", DRAFTS))

    async def scenario_draft(self, draft: str) -> ScenarioDraft:
        """Return a draft as it stands now."""
        return await self._scenario("GET", draft)

    async def make_scenario(self, body: MakeScenario) -> ScenarioDraft:
        """Draft a scenario from a closed conversation."""
        return read_as(ScenarioDraft, await self._call("POST", DRAFTS, body, deadline=PATIENT))

    async def edit_scenario(self, draft: str, body: EditScenario) -> ScenarioDraft:
        """Change an open draft."""
        return await self._scenario("PUT", draft, body=body)

    async def check_scenario(self, draft: str) -> ScenarioCheck:
        """Have a draft played through."""
        return read_as(ScenarioCheck, await self._call("GET", _path(draft, "/check"), deadline=PATIENT))

    async def approve_scenario(self, draft: str, body: DecideScenario) -> ScenarioDraft:
        """Make a draft one that can be played."""
        return await self._scenario("POST", draft, "/approve", body)

    async def reject_scenario(self, draft: str, body: DecideScenario) -> ScenarioDraft:
        """Decide against a draft, with a reason."""
        return await self._scenario("POST", draft, "/reject", body)

    async def _scenario(self, method: str, draft: str, rest: str = "", body: object = None) -> ScenarioDraft:
        return read_as(ScenarioDraft, await self._call(method, _path(draft, rest), body, deadline=PATIENT))


def _path(draft: str, rest: str) -> str:
    return f"{DRAFTS}/{quote(draft, safe='')}{rest}"
