"""Draft articles: made from resolved conversations, edited by people, published by leads or not at all."""

import asyncio
import re
import uuid
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from typing import Final

from console.content.conversations import Transcript
from console.conversation import events as e
from console.conversation.draft_events import ArticleDrafted, DraftApproved, DraftEdited, DraftRejected, DraftReopened
from console.conversation.drafts import ArticleDraft, Drafted, DraftStatus, apply
from console.conversation.erasure_events import forgotten
from console.conversation.message import Status
from console.conversation.people import Agent, Role
from console.conversation.review_events import ChangeMarked, ChangeUnmarked
from console.conversation.satisfaction_events import CsatGiven
from console.conversation.state import Conversation
from console.conversation.upkeep_commands import ApproveDraft, DraftArticle, EditDraft, RejectDraft
from console.desk.deciding import reason_of, require_open, shelving
from console.desk.errors import Forbidden, NotFound, NotReady, Refused, Taken
from console.desk.library import Librarian, NewArticle, Shelf
from console.desk.live import LiveLog
from console.past.gathering import AskedOnce
from console.past.telltale import telltale
from console.text import clean, clean_line, shorten

LONGEST: Final = 20_000
"""Characters of an article."""

LONGEST_MARK: Final = 300
"""Characters of the words of a mark."""

MOST_CONVERSATIONS: Final = 30
"""Conversations beside the first that an article is gathered from."""

LOW: Final = 2
"""Stars up to which a suggestion was rated low."""

_LEFT_OPEN: Final = re.compile(r"\[[^\[\]\n]{1,200}\](?!\()")
"""What a draft leaves to be filled in; a link's words are none."""

_KINDS: Final = (ArticleDrafted, DraftEdited, DraftApproved, DraftRejected, DraftReopened)
_SEES_ALL: Final = frozenset({Role.LEAD, Role.TRAINER, Role.DESIGNER, Role.ADMIN})

DECIDING: Final = "article-drafts"
"""What is locked, on all servers, while somebody decides on one of these drafts."""


class Drafts:
    """Every step is an event of the workspace: who did it, and when. A draft is in no index until it is approved."""

    def __init__(
        self, live: LiveLog, librarian: Callable[[], Librarian], shelf: Shelf | None, now: Callable[[], datetime]
    ) -> None:
        self._live, self._librarian, self._shelf, self._now = live, librarian, shelf, now
        self._drafts: dict[str, ArticleDraft] = {}
        self._meanwhile: list[e.Event] | None = []
        """What is published before the drafts were first read; ``None`` once they were."""
        self._gone: set[str] = set()
        """Drafts that were erased before the others were first read."""
        live.watchers.append(self._watch)

    async def all(self, agent: Agent) -> tuple[ArticleDraft, ...]:
        """Return the drafts that somebody may see: agents their own, all others all; open ones first."""
        await self._load()
        seen = [draft for draft in self._drafts.values() if agent.role in _SEES_ALL or draft.by == agent.id]
        seen.sort(key=lambda draft: draft.at, reverse=True)
        return tuple(sorted(seen, key=lambda draft: draft.status is not DraftStatus.OPEN))

    async def begin(self, agent: Agent, command: DraftArticle) -> ArticleDraft:
        """Draft an article from a resolved conversation, or for a question; an open draft of the same comes back as is.

        For a question the best answers of all conversations in which it was asked are taken; where none is good
        enough the draft says so. A draft that is not to be kept has no id: nothing is logged of it.
        Raises :class:`Taken` for an agent who did not resolve it, :class:`Refused` where there is nothing to draft.
        """
        await self._load()
        state = await self._live.state(command.conversation)
        if agent.role not in _SEES_ALL and (state.agent != agent.id or command.also):
            raise Taken("only who resolved a conversation, or a lead, can draft an article from it")
        question = clean_line(command.question, 200)
        named = {state.id, *(one.conversation for one in command.also if question)}
        for draft in self._drafts.values():
            if draft.conversation in named and (draft.question, draft.status) == (question, DraftStatus.OPEN):
                return draft
        drafted = await (self._gathered(state, command, question) if question else self._drafted(state, command))
        made_from = next((line.conversation for line in drafted.lines if line.conversation), state.id)
        if not command.keep:
            shown = (drafted.title, drafted.text, made_from, drafted.lines)
            return ArticleDraft("", *shown, agent.id, agent.name, self._now(), question=question)
        name = f"d-{uuid.uuid4().hex[:10]}"
        await self._record(agent, ArticleDrafted(name, made_from, drafted.title, drafted.lines, agent.name, question))
        return self._drafts[name]

    async def _drafted(self, state: Conversation, command: DraftArticle) -> Drafted:
        if state.status is not Status.CLOSED or not state.resolved:
            raise Refused("an article can be drafted once the conversation is closed as resolved")
        drafted = await asyncio.to_thread(self._librarian().draft, transcript_of(state), command.message, "")
        if drafted is None:
            raise Refused("nothing in this conversation can be quoted without telling about the customer")
        return drafted

    async def _gathered(self, state: Conversation, command: DraftArticle, question: str) -> Drafted:
        """Return an article for a question; conversations that are gone by now are left out."""
        asked = [await self._asked(state, command.message)]
        for one in command.also[:MOST_CONVERSATIONS]:
            try:
                asked.append(await self._asked(await self._live.state(one.conversation), one.message))
            except NotFound:
                continue  # erased since it was seen
        return await asyncio.to_thread(self._librarian().gather, asked, question, command.times)

    async def _asked(self, state: Conversation, message: str) -> AskedOnce:
        history = await self._live.history(state.id)
        ratings = [event.data.score for event in history if isinstance(event.data, CsatGiven)]
        poor = {name for name, mark in state.ratings.items() if mark.thumb < 0 or 0 < mark.stars <= LOW}
        went_out = frozenset(one.id for one in state.messages if one.suggestion in poor)
        transcript = transcript_of(state)
        if state.status is not Status.CLOSED:
            transcript = replace(transcript, resolved=False)
        return AskedOnce(transcript, message, ratings[-1] if ratings else 0, went_out)

    async def edit(self, agent: Agent, draft: str, command: EditDraft) -> ArticleDraft:
        """Change an open draft: its author and those who see all may."""
        async with self._live.lock(DECIDING):
            known = await self._open(draft, command.seen)
            if agent.role not in _SEES_ALL and known.by != agent.id:
                raise Forbidden("only who asked for a draft, or a lead, can change it")
            title, text = clean_line(command.title, 200), clean(command.text, LONGEST)
            if not title or not text.strip():
                raise Refused("an article needs a title and a text")
            if (title, text) != (known.title, known.text):
                await self._record(agent, DraftEdited(draft, title, text))
            return self._drafts[draft]

    async def approve(self, agent: Agent, draft: str, command: ApproveDraft) -> ArticleDraft:
        """Publish a draft; raises :class:`Refused` while something is left open or tells of the customer."""
        async with self._live.lock(DECIDING):
            known = await self._open(draft, command.seen)
            shelf = self._shelf_here()
            await self._look_through(known)
            now = self._now()
            article = NewArticle(known.title, known.text, command.audience, now.date().isoformat(), _source(known))
            with shelving("the article cannot be written"):
                file, digest = await asyncio.to_thread(shelf.put, article)
            try:
                words = shorten(f"Article {file} published: {known.title}", LONGEST_MARK)
                mark = ChangeMarked(_mark(draft), now, words, agent.name)
                await self._record(agent, DraftApproved(draft, file, command.audience, digest, agent.name), mark)
            except Exception:
                await asyncio.to_thread(shelf.take_back, file, digest)  # what is not in the log must not be published
                raise
            return self._drafts[draft]

    async def reject(self, agent: Agent, draft: str, command: RejectDraft) -> ArticleDraft:
        """Decide against a draft, with a reason."""
        async with self._live.lock(DECIDING):
            await self._open(draft, command.seen)
            reason = reason_of(command.reason)
            await self._record(agent, DraftRejected(draft, reason, agent.name))
            return self._drafts[draft]

    async def reopen(self, agent: Agent, draft: str) -> ArticleDraft:
        """Take a decision back: an approved article is removed again, if nobody has changed it since."""
        async with self._live.lock(DECIDING):
            known = await self._known(draft)
            if known.status is DraftStatus.OPEN:
                return known
            if known.status is DraftStatus.APPROVED:
                with shelving("the article cannot be removed"):
                    await asyncio.to_thread(self._shelf_here().take_back, known.file, known.digest)
            gone = (ChangeUnmarked(_mark(draft), agent.name),) if known.status is DraftStatus.APPROVED else ()
            await self._record(agent, DraftReopened(draft), *gone)
            return self._drafts[draft]

    async def _look_through(self, draft: ArticleDraft) -> None:
        """Raise :class:`Refused` where a draft still has slots, or words that only its customer's record has."""
        whole = f"{draft.title}\n{draft.text}"
        left = tuple(dict.fromkeys(_LEFT_OPEN.findall(whole)))
        if left:
            raise Refused(
                f"fill in or take out what stands in brackets first: {', '.join(shorten(one, 60) for one in left[:3])}"
            )
        for name in draft.conversations:
            try:
                state = await self._live.state(name)
            except NotFound:
                continue  # erased since; the draft was made without anything of the customer's
            found = telltale(whole, state.customer, state.messages)
            if found:
                raise Refused(f"take out what tells of the customer first: {', '.join(found[:3])}")

    async def _open(self, draft: str, seen: int) -> ArticleDraft:
        known = await self._known(draft)
        require_open(known, seen)
        return known

    async def _known(self, draft: str) -> ArticleDraft:
        await self._load()
        if draft not in self._drafts:
            raise NotFound(f"there is no draft '{draft}'")
        return self._drafts[draft]

    def _shelf_here(self) -> Shelf:
        if self._shelf is None:
            raise NotReady("this desk has no folder for articles")
        return self._shelf

    async def _load(self) -> None:
        """Read the drafts on first use; what is published meanwhile is taken in, and each event once."""
        if self._meanwhile is None:
            return
        history = await self._live.history(e.WORKSPACE)
        for event in (*history, *(self._meanwhile or ())):
            apply(self._drafts, event)
        self._meanwhile = None
        self._forget(self._gone)

    def _forget(self, drafts: Collection[str]) -> None:
        for name in drafts:
            self._drafts.pop(name, None)
        if self._meanwhile is not None:
            self._gone |= set(drafts)

    def _watch(self, event: e.Event) -> None:
        if (lost := forgotten(event.data)) is not None:
            self._forget(lost.drafts)
        if self._meanwhile is None:
            apply(self._drafts, event)
        elif isinstance(event.data, _KINDS):
            self._meanwhile.append(event)

    async def _record(self, agent: Agent, *data: e.EventData) -> None:
        now = self._now()
        await self._live.record([e.NewEvent(e.WORKSPACE, f"agent:{agent.id}", one, now) for one in data])


def _mark(draft: str) -> str:
    """Return the id of the mark at which before and after an article are compared."""
    return f"ch-{draft}"


def transcript_of(state: Conversation) -> Transcript:
    """Return a live conversation as a finished one."""
    messages = tuple(state.messages)
    return Transcript(state.id, state.customer, messages, state.resolved, state.disposition, state.agent_name)


def _source(draft: ArticleDraft) -> str:
    """Return the conversations that a draft came from with their messages, in a line."""
    by_conversation: dict[str, dict[str, None]] = {}
    for line in draft.lines:
        by_conversation.setdefault(line.conversation or draft.conversation, {}).update(dict.fromkeys(line.sources))
    return "; ".join(f"conversation {name}, {', '.join(messages)}" for name, messages in by_conversation.items())
