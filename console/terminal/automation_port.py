"""The part of the desk's interface that the look for routine needs."""

from typing import Protocol

from console.conversation.automation import (
    ApproveBehaviour,
    Automation,
    EditBehaviour,
    ProposedBehaviours,
    RejectBehaviour,
)
from console.conversation.behaviour_drafts import BehaviourDraft


class AutomationDesk(Protocol):
    """Calls for leads, designers and admins. All raise :class:`~console.terminal.errors.DeskError`."""

    async def automation(self, weeks: int) -> Automation:
        """Return what people asked again and again, or how far the look is."""

    async def draft_behaviour(self, weeks: int, matter: str) -> BehaviourDraft:
        """Draft a behaviour for a matter, and have it tried on past conversations."""

    async def behaviour_drafts(self) -> ProposedBehaviours:
        """Return the draft behaviours, those that wait first."""

    async def edit_behaviour(self, draft: str, weeks: int, body: EditBehaviour) -> BehaviourDraft:
        """Change a draft behaviour; it is tried anew."""

    async def approve_behaviour(self, draft: str, body: ApproveBehaviour) -> BehaviourDraft:
        """Publish a draft behaviour."""

    async def reject_behaviour(self, draft: str, body: RejectBehaviour) -> BehaviourDraft:
        """Decide against a draft behaviour."""

    async def reopen_behaviour(self, draft: str) -> BehaviourDraft:
        """Take a decision on a draft behaviour back."""
