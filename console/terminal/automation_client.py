"""The look for routine over HTTP."""

from abc import ABC, abstractmethod
from typing import Final
from urllib.parse import quote

import httpx

from console.conversation.automation import (
    ApproveBehaviour,
    Automation,
    DraftBehaviour,
    EditBehaviour,
    ProposedBehaviours,
    RejectBehaviour,
)
from console.conversation.behaviour_drafts import BehaviourDraft
from console.terminal.review_client import WAIT
from console.terminal.wire import read_as

DRAFTS: Final = "/v1/review/automation/drafts"

PATIENT: Final = 120.0
"""Seconds that trying a draft on past conversations may take."""


class AutomationCalls(ABC):
    """These calls of :class:`console.terminal.automation_port.AutomationDesk`."""

    @abstractmethod
    async def _call(
        self,
        method: str,
        path: str,
        body: object = None,
        params: dict[str, str] | None = None,
        deadline: float = ...,
    ) -> httpx.Response:
        """Ask the desk."""

    async def automation(self, weeks: int) -> Automation:
        """Return what people asked again and again, or how far the look is."""
        params = {"weeks": str(weeks), "wait": WAIT}
        return read_as(Automation, await self._call("GET", "/v1/review/automation", params=params))

    async def draft_behaviour(self, weeks: int, matter: str) -> BehaviourDraft:
        """Draft a behaviour for a matter, and have it tried on past conversations."""
        return await self._drafted("POST", "", DraftBehaviour(matter, weeks))

    async def behaviour_drafts(self) -> ProposedBehaviours:
        """Return the draft behaviours, those that wait first."""
        return read_as(ProposedBehaviours, await self._call("GET", DRAFTS))

    async def edit_behaviour(self, draft: str, weeks: int, body: EditBehaviour) -> BehaviourDraft:
        """Change a draft behaviour; it is tried anew."""
        return await self._drafted("PUT", f"/{quote(draft, safe='')}", body, {"weeks": str(weeks)})

    async def approve_behaviour(self, draft: str, body: ApproveBehaviour) -> BehaviourDraft:
        """Publish a draft behaviour."""
        return await self._drafted("POST", f"/{quote(draft, safe='')}/approve", body)

    async def reject_behaviour(self, draft: str, body: RejectBehaviour) -> BehaviourDraft:
        """Decide against a draft behaviour."""
        return await self._drafted("POST", f"/{quote(draft, safe='')}/reject", body)

    async def reopen_behaviour(self, draft: str) -> BehaviourDraft:
        """Take a decision on a draft behaviour back."""
        return await self._drafted("POST", f"/{quote(draft, safe='')}/reopen")

    async def _drafted(
        self, method: str, path: str, body: object = None, params: dict[str, str] | None = None
    ) -> BehaviourDraft:
        answer = await self._call(method, f"{DRAFTS}{path}", body, params, deadline=PATIENT)
        return read_as(BehaviourDraft, answer)
