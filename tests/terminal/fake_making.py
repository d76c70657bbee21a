"""A desk in memory: draft practice scenarios, kept as the server keeps them; what a check says the test scripts."""

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from console.conversation.drafts import DraftStatus
from console.conversation.scenario_draft_events import Marked
from console.conversation.scenario_drafts import (
    DecideScenario,
    EditScenario,
    MakeScenario,
    ResolutionTried,
    ScenarioCheck,
    ScenarioDraft,
    ScenarioDrafts,
)
from console.terminal.errors import Conflict, NotFound, Refused
from tests.terminal.fake_review import NOW

if TYPE_CHECKING:
    from tests.terminal.fake_desk import FakeDesk

TEXT = """\
# Made from a conversation. Names, numbers and addresses are invented; read all of it before you approve it.
title = "Boots for the hen weekend in Ambleford"
difficulty = "medium"
notes = "Say here what it teaches."
begins = ["Umbel here. The boots have not come, and we leave Ambleford on Friday."]

[record]
name = "Umbel Elderfrith"
email = "umbel@example.org"

[[resolution]]
id = "as-it-was"
title = "second pair by express"
offered = ["I can send a second pair by express."]
"""

MARKED = (Marked("Umbel Elderfrith", "NAME"), Marked("Umbel", "NAME", sure=False), Marked("Ambleford", "", sure=False))
GOOD = ScenarioCheck("", True, True, "", (ResolutionTried("as-it-was", "second pair by express", True),))


class FakeMaking:
    """These calls of :class:`console.terminal.making_port.MakingDesk`."""

    scenarios: tuple[ScenarioDraft, ...] = ()
    """The drafts."""
    again: tuple[str, ...] = ()
    """Scenarios whose conversation was erased."""
    scenario_check: ScenarioCheck = GOOD
    """What playing one through shows."""
    playing: asyncio.Event | None = None
    """Set where a check is to wait until the test lets it go on."""

    async def scenario_drafts(self: "FakeDesk") -> ScenarioDrafts:
        """Return them."""
        self._gate("scenario_drafts", None)
        return ScenarioDrafts(self.scenarios, self.again)

    async def scenario_draft(self: "FakeDesk", draft: str) -> ScenarioDraft:
        """Return one."""
        found = next((one for one in self.scenarios if one.id == draft), None)
        if found is None:
            raise NotFound(f"there is no draft '{draft}'")
        return found

    async def make_scenario(self: "FakeDesk", body: MakeScenario) -> ScenarioDraft:
        """Keep one; one that is there and was not rejected stays."""
        self._gate("make_scenario", body)
        name = f"sc-{body.conversation}"
        known = next((one for one in self.scenarios if one.id == name), None)
        if known is not None and known.status is not DraftStatus.REJECTED:
            return known
        made = ScenarioDraft(name, body.conversation, TEXT, body.conversation, MARKED, self.agent.name, NOW, 1)
        self.scenarios = (made, *(one for one in self.scenarios if one.id != name))
        return made

    async def edit_scenario(self: "FakeDesk", draft: str, body: EditScenario) -> ScenarioDraft:
        """Change it, as the agent at this desk."""
        self._gate("edit_scenario", body)
        return self.changed(draft, body.seen, text=body.text, changed_by=self.agent.name)

    async def check_scenario(self: "FakeDesk", draft: str) -> ScenarioCheck:
        """What the test says."""
        self._gate("check_scenario", draft)
        if self.playing is not None:
            await self.playing.wait()
        return self.scenario_check

    async def approve_scenario(self: "FakeDesk", draft: str, body: DecideScenario) -> ScenarioDraft:
        """Approve it, where it can be played."""
        self._gate("approve_scenario", body)
        if not self.scenario_check.playable:
            raise Refused(f"it cannot be won: {self.scenario_check.why}")
        by = self.agent.name
        return self.changed(draft, body.seen, status=DraftStatus.APPROVED, decided_by=by, file="boots-1a2b.toml")

    async def reject_scenario(self: "FakeDesk", draft: str, body: DecideScenario) -> ScenarioDraft:
        """Decide against it."""
        self._gate("reject_scenario", body)
        status, by = DraftStatus.REJECTED, self.agent.name
        return self.changed(draft, body.seen, status=status, decided_by=by, reason=body.reason)

    def changed(self, draft: str, seen: int, **to: object) -> ScenarioDraft:
        """Change an open draft that was seen as it is now."""
        known = next(one for one in self.scenarios if one.id == draft)
        if known.status is not DraftStatus.OPEN:
            raise Refused(f"this draft is {known.status} already; take the decision back first")
        if known.seq != seen:
            raise Conflict("somebody has changed this draft meanwhile; read it again", "taken")
        now = replace(known, seq=known.seq + 1, **to)  # type: ignore[arg-type]
        self.scenarios = tuple(now if one.id == draft else one for one in self.scenarios)
        return now
