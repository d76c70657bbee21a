"""Draft behaviours: made from what people ask again and again, edited by people, published or not."""

import asyncio
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Final, Protocol

from console.conversation import events as e
from console.conversation.automation import ApproveBehaviour, EditBehaviour, RejectBehaviour
from console.conversation.behaviour_draft_events import (
    BehaviourApproved,
    BehaviourDrafted,
    BehaviourEdited,
    BehaviourRejected,
    BehaviourReopened,
    Tried,
)
from console.conversation.behaviour_drafts import BehaviourDraft, apply
from console.conversation.drafts import DraftStatus
from console.conversation.people import Agent
from console.conversation.review_events import ChangeMarked, ChangeUnmarked
from console.desk.deciding import reason_of, require_open, shelving
from console.desk.errors import NotFound
from console.desk.live import LiveLog
from console.text import clean

LONGEST: Final = 20_000
"""Characters of a behaviour."""

KINDS: Final = (
    "behaviour-drafted",
    "behaviour-edited",
    "behaviour-approved",
    "behaviour-rejected",
    "behaviour-reopened",
)


class BehaviourShelf(Protocol):
    """Where published behaviours lie. Calls block."""

    def put(self, intent: str, text: str) -> tuple[str, str]:
        """Publish a behaviour; return its file's name and digest. Raises :class:`Unpublishable`, ``OSError``."""

    def take_back(self, file: str, digest: str) -> None:
        """Remove a behaviour that is still as it was published; one that is gone is fine.

        Raises :class:`Unpublishable` where it was changed since, ``OSError`` where it cannot be removed.
        """


DECIDING: Final = "behaviour-drafts"
"""What is locked, on all servers, while somebody decides on one of these drafts."""


class BehaviourDrafts:
    """Every step is an event of the workspace. No conversation is worked by a draft until it is approved.

    ``check`` raises :class:`Refused` for a behaviour that cannot be used beside those there are; it blocks.
    """

    def __init__(
        self,
        live: LiveLog,
        check: Callable[[str, str], object],
        shelf: BehaviourShelf,
        now: Callable[[], datetime],
    ) -> None:
        self._live, self._check, self._shelf, self._now = live, check, shelf, now

    async def all(self) -> tuple[BehaviourDraft, ...]:
        """Return the drafts, open ones first, then the newest."""
        drafts = sorted((await self._known()).values(), key=lambda draft: draft.at, reverse=True)
        return tuple(sorted(drafts, key=lambda draft: draft.status is not DraftStatus.OPEN))

    async def one(self, draft: str) -> BehaviourDraft:
        """Return a draft."""
        known = (await self._known()).get(draft)
        if known is None:
            raise NotFound(f"there is no draft '{draft}'")
        return known

    async def begin(
        self, agent: Agent, intent: str, text: str, question: str, conversations: tuple[str, ...], tried: Tried
    ) -> BehaviourDraft:
        """Keep a draft; an open one for the same question is returned as it is."""
        async with self._live.lock(DECIDING):
            for draft in (await self._known()).values():
                if (draft.question, draft.status) == (question, DraftStatus.OPEN):
                    return draft
            name = f"b-{uuid.uuid4().hex[:10]}"
            made = BehaviourDrafted(name, intent, text, question, conversations, tried, agent.name)
            return await self._record(agent, name, made)

    async def edit(self, agent: Agent, draft: str, command: EditBehaviour, tried: Tried) -> BehaviourDraft:
        """Change an open draft."""
        async with self._live.lock(DECIDING):
            known = await self._open(draft, command.seen)
            text = clean(command.text, LONGEST)
            if text == known.text:
                return known
            return await self._record(agent, draft, BehaviourEdited(draft, text, tried))

    async def approve(self, agent: Agent, draft: str, command: ApproveBehaviour) -> BehaviourDraft:
        """Publish a draft: the desk works by it within seconds."""
        async with self._live.lock(DECIDING):
            known = await self._open(draft, command.seen)
            await asyncio.to_thread(self._check, known.intent, known.text)
            with shelving("the behaviour cannot be written"):
                file, digest = await asyncio.to_thread(self._shelf.put, known.intent, known.text)
            try:
                mark = ChangeMarked(_mark(draft), self._now(), f"Behaviour {known.intent} published", agent.name)
                return await self._record(agent, draft, BehaviourApproved(draft, file, digest, agent.name), mark)
            except Exception:
                await asyncio.to_thread(self._shelf.take_back, file, digest)  # what is not logged is not published
                raise

    async def reject(self, agent: Agent, draft: str, command: RejectBehaviour) -> BehaviourDraft:
        """Decide against a draft, with a reason."""
        async with self._live.lock(DECIDING):
            await self._open(draft, command.seen)
            reason = reason_of(command.reason)
            return await self._record(agent, draft, BehaviourRejected(draft, reason, agent.name))

    async def reopen(self, agent: Agent, draft: str) -> BehaviourDraft:
        """Take a decision back: a published behaviour is removed again, if nobody has changed it since."""
        async with self._live.lock(DECIDING):
            known = await self.one(draft)
            if known.status is DraftStatus.OPEN:
                return known
            if known.status is DraftStatus.APPROVED:
                with shelving("the behaviour cannot be removed"):
                    await asyncio.to_thread(self._shelf.take_back, known.file, known.digest)
            gone = (ChangeUnmarked(_mark(draft), agent.name),) if known.status is DraftStatus.APPROVED else ()
            return await self._record(agent, draft, BehaviourReopened(draft), *gone)

    async def _open(self, draft: str, seen: int) -> BehaviourDraft:
        known = await self.one(draft)
        require_open(known, seen)
        return known

    async def _known(self) -> dict[str, BehaviourDraft]:
        """Return the drafts as the log has them: there are few, and they are looked at seldom."""
        drafts: dict[str, BehaviourDraft] = {}
        for event in await self._live.call(lambda log: log.of_kinds(KINDS)):
            apply(drafts, event)
        return drafts

    async def _record(self, agent: Agent, draft: str, *data: e.EventData) -> BehaviourDraft:
        now = self._now()
        await self._live.record([e.NewEvent(e.WORKSPACE, f"agent:{agent.id}", one, now) for one in data])
        return await self.one(draft)


def _mark(draft: str) -> str:
    """Return the id of the mark at which before and after a behaviour are compared."""
    return f"ch-{draft}"
