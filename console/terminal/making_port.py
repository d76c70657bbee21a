"""Practice scenarios that are made from conversations, as the console sees them."""

from typing import Protocol

from console.conversation.scenario_drafts import (
    DecideScenario,
    EditScenario,
    MakeScenario,
    ScenarioCheck,
    ScenarioDraft,
    ScenarioDrafts,
)


class MakingDesk(Protocol):
    """These calls of the desk's interface, for those who train others. All raise ``DeskError``."""

    async def scenario_drafts(self) -> ScenarioDrafts:
        """Return the drafts, open ones first, and the approved scenarios that are to be looked at again."""

    async def scenario_draft(self, draft: str) -> ScenarioDraft:
        """Return a draft as it stands now."""

    async def make_scenario(self, body: MakeScenario) -> ScenarioDraft:
        """Draft a scenario from a closed conversation; one that is there already is returned as it is."""

    async def edit_scenario(self, draft: str, body: EditScenario) -> ScenarioDraft:
        """Change an open draft; ``Conflict`` where somebody else has changed it since it was seen."""

    async def check_scenario(self, draft: str) -> ScenarioCheck:
        """Have a draft played through, as it was saved last."""

    async def approve_scenario(self, draft: str, body: DecideScenario) -> ScenarioDraft:
        """Make a draft one that can be played."""

    async def reject_scenario(self, draft: str, body: DecideScenario) -> ScenarioDraft:
        """Decide against a draft, with a reason."""
