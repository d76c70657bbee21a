"""The desk in memory: what the knowledge base lacks, and draft articles."""

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from console.conversation import drafts
from console.conversation import events as e
from console.conversation import upkeep_commands as u
from console.conversation.draft_events import ArticleDrafted, DraftApproved, DraftEdited, DraftRejected, DraftReopened
from console.conversation.drafts import ArticleDraft
from console.conversation.gap_events import GapBroughtBack, GapPutAside
from console.conversation.upkeep import Gaps
from console.review.aside import asides_of
from console.terminal.errors import Refused

if TYPE_CHECKING:
    from tests.terminal.fake_desk import FakeDesk


class FakeUpkeep:
    """That part of :class:`console.terminal.port.Desk`."""

    async def gaps(self: "FakeDesk") -> Gaps:
        """Return what was laid out, without what was put aside; that is returned apart."""
        self._gate("gaps", None)
        await asyncio.sleep(0)
        asides = asides_of(self.log)
        put = [
            replace(g, aside=asides[g.question], aside_as=g.question) for g in self.lacks.gaps if g.question in asides
        ]
        there = [gap for gap in self.lacks.gaps if gap.question not in asides]
        there += [gap for gap in put if gap.aside and gap.last > gap.aside.last]
        return replace(self.lacks, gaps=tuple(there), aside=tuple(gap for gap in put if gap not in there))

    async def put_gap_aside(self: "FakeDesk", body: u.PutGapAside) -> None:
        """Put it aside."""
        self._gate("put_gap_aside", body)
        self.append(e.WORKSPACE, GapPutAside(body.question, body.last, self.agent.name), self._me())

    async def bring_gap_back(self: "FakeDesk", body: u.BringGapBack) -> None:
        """Bring it back."""
        self._gate("bring_gap_back", body)
        self.append(e.WORKSPACE, GapBroughtBack(body.question, self.agent.name), self._me())

    async def contradictions(self: "FakeDesk") -> u.Contradictions:
        """Return what was laid out."""
        self._gate("contradictions", None)
        return u.Contradictions(self.pairs)

    async def drafts_now(self: "FakeDesk") -> dict[str, ArticleDraft]:
        """Fold the drafts."""
        found: dict[str, ArticleDraft] = {}
        for event in self.log:
            drafts.apply(found, event)
        return found

    async def drafts(self: "FakeDesk") -> u.Drafts:
        """Return them, the newest first."""
        self._gate("drafts", None)
        return u.Drafts(tuple(reversed((await self.drafts_now()).values())))

    async def draft_article(self: "FakeDesk", body: u.DraftArticle) -> ArticleDraft:
        """Draft what was laid out."""
        self._gate("draft_article", body)
        if not self.drafted.title:
            raise Refused("nothing in this conversation can be quoted without telling about the customer", "refused")
        name, (title, lines) = f"d-{len(self.log)}", (self.drafted.title, self.drafted.lines)
        for draft in (await self.drafts_now()).values():
            if (draft.conversation, draft.question) == (body.conversation, body.question):
                return draft
        if not body.keep:
            from tests.terminal.fake_desk import START

            by, shown = self.agent, (title, self.drafted.text, body.conversation, lines)
            return ArticleDraft("", *shown, by.id, by.name, START, question=body.question)
        made = ArticleDrafted(name, body.conversation, title, lines, self.agent.name, body.question)
        return await self._decided(name, made)

    async def edit_draft(self: "FakeDesk", draft: str, body: u.EditDraft) -> ArticleDraft:
        """Change it."""
        self._gate("edit_draft", body)
        return await self._decided(draft, DraftEdited(draft, body.title, body.text))

    async def approve_draft(self: "FakeDesk", draft: str, body: u.ApproveDraft) -> ArticleDraft:
        """Publish it, unless something is left open."""
        self._gate("approve_draft", body)
        if "[" in (await self.drafts_now())[draft].text:
            raise Refused("fill in or take out what stands in brackets first: [order number]", "refused")
        return await self._decided(draft, DraftApproved(draft, "gifts.md", body.audience, "x", self.agent.name))

    async def reject_draft(self: "FakeDesk", draft: str, body: u.RejectDraft) -> ArticleDraft:
        """Decide against it."""
        self._gate("reject_draft", body)
        return await self._decided(draft, DraftRejected(draft, body.reason, self.agent.name))

    async def reopen_draft(self: "FakeDesk", draft: str) -> ArticleDraft:
        """Take a decision back."""
        self._gate("reopen_draft", draft)
        return await self._decided(draft, DraftReopened(draft))

    async def _decided(self: "FakeDesk", draft: str, data: e.EventData) -> ArticleDraft:
        self.append(e.WORKSPACE, data, self._me())
        return (await self.drafts_now())[draft]
