"""Draft practice scenarios: made from conversations, checked and edited by people, playable once they approve them."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Final

from console.conversation import events as e
from console.conversation.drafts import DraftStatus
from console.conversation.erasure_events import ConversationsErased
from console.conversation.people import Agent
from console.conversation.scenario_draft_events import (
    Marked,
    ScenarioApproved,
    ScenarioDrafted,
    ScenarioEdited,
    ScenarioRejected,
)
from console.conversation.scenario_drafts import (
    DecideScenario,
    EditScenario,
    ScenarioCheck,
    ScenarioDraft,
    ScenarioDrafts,
    take,
)
from console.desk.behaviour_drafts import BehaviourShelf
from console.desk.deciding import reason_of, require_open, shelving
from console.desk.errors import NotFound, Refused
from console.desk.live import LiveLog
from console.text import clean

LONGEST: Final = 100_000
"""Characters of a scenario."""

PREFIX: Final = "sc-"
"""How the ids of these drafts begin; the scenario's own follows, which an erasure leaves readable."""

KINDS: Final = ("scenario-drafted", "scenario-edited", "scenario-approved", "scenario-rejected")

DECIDING: Final = "scenario-drafts"
"""What is locked, on all servers, while somebody decides on one of these drafts."""


class ScenarioDraftDesk:
    """Every step is an event of the workspace. ``check`` plays a text through as the scenario of an id; it blocks."""

    def __init__(
        self,
        live: LiveLog,
        check: Callable[[str, str], ScenarioCheck],
        shelf: BehaviourShelf,
        now: Callable[[], datetime],
    ) -> None:
        self._live, self._check, self._shelf, self._now = live, check, shelf, now

    async def all(self, there: frozenset[str]) -> ScenarioDrafts:
        """Return the drafts, open ones first, then the newest; ``there`` are the scenarios that can be played."""
        drafts = sorted((await self._known()).values(), key=lambda draft: draft.at, reverse=True)
        erased = await self._live.call(lambda log: log.of_kinds(["conversations-erased"]))
        gone = {name for event in erased if isinstance(event.data, ConversationsErased) for name in event.data.drafts}
        again = sorted(name.removeprefix(PREFIX) for name in gone if name.startswith(PREFIX))
        return ScenarioDrafts(
            tuple(sorted(drafts, key=lambda draft: draft.status is not DraftStatus.OPEN)),
            tuple(name for name in again if name in there),
        )

    async def one(self, draft: str) -> ScenarioDraft:
        """Return a draft."""
        known = (await self._known()).get(draft)
        if known is None:
            raise NotFound(f"there is no draft '{draft}'")
        return known

    async def begin(
        self, agent: Agent, scenario: str, text: str, conversation: str, marked: tuple[Marked, ...]
    ) -> ScenarioDraft:
        """Keep a draft; one of the same conversation that nobody has rejected is returned as it is."""
        async with self._live.lock(DECIDING):
            name = f"{PREFIX}{scenario}"
            known = (await self._known()).get(name)
            if known is not None and known.status is not DraftStatus.REJECTED:
                return known
            return await self._record(
                agent, name, ScenarioDrafted(name, scenario, text, conversation, marked, agent.name)
            )

    async def edit(self, agent: Agent, draft: str, command: EditScenario) -> ScenarioDraft:
        """Change an open draft, also one that cannot be played yet."""
        async with self._live.lock(DECIDING):
            known = await self._open(draft, command.seen)
            text = clean(command.text, LONGEST)
            return (
                known
                if text == known.text
                else await self._record(agent, draft, ScenarioEdited(draft, text, agent.name))
            )

    async def checked(self, draft: str) -> ScenarioCheck:
        """Play a draft through."""
        known = await self.one(draft)
        return await asyncio.to_thread(self._check, known.scenario, known.text)

    async def approve(self, agent: Agent, draft: str, command: DecideScenario) -> ScenarioDraft:
        """Write a draft as a file of the content; raises :class:`Refused` for one that cannot be won and lost."""
        async with self._live.lock(DECIDING):
            known = await self._open(draft, command.seen)
            found = await asyncio.to_thread(self._check, known.scenario, known.text)
            if not found.playable:
                raise Refused(
                    found.problem or (f"it cannot be won: {found.why}" if not found.won else "nobody can lose it")
                )
            with shelving("the scenario cannot be written"):
                file, digest = await asyncio.to_thread(self._shelf.put, known.scenario, known.text)
            try:
                return await self._record(agent, draft, ScenarioApproved(draft, file, digest, agent.name))
            except Exception:
                await asyncio.to_thread(self._shelf.take_back, file, digest)  # what is not logged is not played
                raise

    async def reject(self, agent: Agent, draft: str, command: DecideScenario) -> ScenarioDraft:
        """Decide against a draft, with a reason."""
        async with self._live.lock(DECIDING):
            await self._open(draft, command.seen)
            return await self._record(agent, draft, ScenarioRejected(draft, reason_of(command.reason), agent.name))

    async def _open(self, draft: str, seen: int) -> ScenarioDraft:
        known = await self.one(draft)
        require_open(known, seen)
        return known

    async def _known(self) -> dict[str, ScenarioDraft]:
        drafts: dict[str, ScenarioDraft] = {}
        for event in await self._live.call(lambda log: log.of_kinds(KINDS)):
            take(drafts, event)
        return drafts

    async def _record(self, agent: Agent, draft: str, data: e.EventData) -> ScenarioDraft:
        await self._live.record([e.NewEvent(e.WORKSPACE, f"agent:{agent.id}", data, self._now())])
        return await self.one(draft)
