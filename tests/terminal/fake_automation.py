"""A desk in memory: what could be automated there is scripted by the test; drafts are kept as the server keeps them."""

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from console.conversation.automation import (
    ApproveBehaviour,
    Automation,
    EditBehaviour,
    ProposedBehaviours,
    RejectBehaviour,
)
from console.conversation.behaviour_draft_events import Tried
from console.conversation.behaviour_drafts import BehaviourDraft
from console.conversation.drafts import DraftStatus
from tests.terminal.fake_review import NOW

if TYPE_CHECKING:
    from tests.terminal.fake_desk import FakeDesk

TEXT = '# Drafted from 42 conversations.\ntitle = "Rent gear"\nlayer = "autonomous"\n'


class FakeAutomation:
    """These calls of :class:`console.terminal.automation_port.AutomationDesk`."""

    async def automation(self: "FakeDesk", weeks: int) -> Automation:
        """What the test says."""
        self._gate("automation", weeks)
        await asyncio.sleep(0)
        return self.routine

    async def draft_behaviour(self: "FakeDesk", weeks: int, matter: str) -> BehaviourDraft:
        """Keep one."""
        self._gate("draft_behaviour", (weeks, matter))
        question = next(one.question for one in self.routine.matters if one.id == matter)
        tried = Tried(42, 30, 4, 300, 2, ("c-dana", "c-iris"))
        made = BehaviourDraft("b-1", "rent-gear", TEXT, question, "Marta Quill", NOW, 1, tried)
        self.routine = replace(self.routine, drafts=(made,))
        return made

    async def behaviour_drafts(self: "FakeDesk") -> ProposedBehaviours:
        """Return them."""
        self._gate("behaviour_drafts", None)
        return ProposedBehaviours(self.routine.drafts)

    async def edit_behaviour(self: "FakeDesk", draft: str, weeks: int, body: EditBehaviour) -> BehaviourDraft:
        """Change it."""
        self._gate("edit_behaviour", (draft, weeks, body))
        return self._now(text=body.text)

    async def approve_behaviour(self: "FakeDesk", draft: str, body: ApproveBehaviour) -> BehaviourDraft:
        """Publish it."""
        self._gate("approve_behaviour", (draft, body))
        return self._now(status=DraftStatus.APPROVED, decided_by="Marta Quill")

    async def reject_behaviour(self: "FakeDesk", draft: str, body: RejectBehaviour) -> BehaviourDraft:
        """Decide against it."""
        self._gate("reject_behaviour", (draft, body))
        return self._now(status=DraftStatus.REJECTED, reason=body.reason)

    async def reopen_behaviour(self: "FakeDesk", draft: str) -> BehaviourDraft:
        """Take it back."""
        self._gate("reopen_behaviour", draft)
        return self._now(status=DraftStatus.OPEN)

    def _now(self: "FakeDesk", **changed: object) -> BehaviourDraft:
        (draft,) = self.routine.drafts
        draft = replace(draft, seq=draft.seq + 1, **changed)  # type: ignore[arg-type]
        self.routine = replace(self.routine, drafts=(draft,))
        return draft
