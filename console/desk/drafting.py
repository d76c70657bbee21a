"""A language model beside the embedded engine: drafts a reply, and writes the summary, once the engine has spoken.

What the engine suggests is always there first. A draft joins it when it is whole and has passed the checks; a summary's
lines take the place of the engine's then. What comes too late, or does not pass, changes nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable, Container
from datetime import datetime
from functools import partial
from typing import Final

import structlog

from console.assist.llm.checks import Dropped
from console.assist.llm.drafting import DraftTask
from console.assist.llm.ports import ModelTrouble
from console.assist.llm.summarising import FEWEST_MESSAGES, SummaryTask
from console.assist.quiet import RAISED
from console.conversation.assist_events import (
    AssistanceHidden,
    AssistanceWithheld,
    RepliesSuggested,
    SummaryUpdated,
)
from console.conversation.assistance import SourceType, Suggestion
from console.conversation.erasure_events import ConversationsErased
from console.conversation.events import (
    ConversationClaimed,
    ConversationClosed,
    ConversationReleased,
    Event,
    MessageAdded,
    NewEvent,
    RoutingChanged,
)
from console.conversation.message import Layer, Status
from console.conversation.queue_events import ConversationReturned, ConversationTransferred
from console.conversation.state import Conversation
from console.conversation.summaries import LLM
from console.desk.assistant import Assistant, talk_of
from console.desk.hub import Writing
from console.desk.live import LiveLog
from console.desk.log import LogMoved
from console.desk.model_calls import ModelCalls, Occasion, said_of

DRAFT: Final = "draft"
SUMMARY: Final = "summary"

_log = structlog.get_logger(__name__)


class Drafting:
    """Watches the live log.

    ``assistant`` yields the engine of the moment, whose judgement every text must pass; ``fewer`` the kinds of replies
    that an agent mostly passes over: a draft for them must be a surer one.
    """

    def __init__(
        self,
        live: LiveLog,
        calls: ModelCalls,
        assistant: Callable[[], Assistant],
        now: Callable[[], datetime],
        fewer: Callable[[str], Container[str]] = lambda _: (),
        retired: Callable[[], Container[str]] = frozenset,
    ) -> None:
        self._live, self._calls, self._assistant, self._now = live, calls, assistant, now
        self._fewer, self._retired = fewer, retired
        self._running: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._closed = False
        live.watchers.append(self._watch)

    async def close(self) -> None:
        """Give up every call."""
        self._closed = True
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _watch(self, event: Event) -> None:
        name = event.conversation
        match event.data:
            case RepliesSuggested(engine=engine) if engine != LLM:
                self._begin(name, DRAFT)
            case SummaryUpdated(engine=engine) if engine != LLM:
                self._begin(name, SUMMARY)
            case ConversationTransferred(agent="") | ConversationReturned():
                self._give_up(name)
            case ConversationClaimed() | ConversationTransferred():
                self._begin(name, DRAFT)
                self._begin(name, SUMMARY)
            case MessageAdded() | ConversationClosed() | ConversationReleased() | AssistanceWithheld():
                self._give_up(name)
            case RoutingChanged(routing=routing) if routing.layer is Layer.HUMAN_ONLY:
                self._give_up(name)
            case AssistanceHidden(hidden=True):
                self._give_up(name)
            case ConversationsErased(conversations=gone):
                for erased in gone:
                    self._give_up(erased)
            case _:
                pass

    def _begin(self, conversation: str, purpose: str) -> None:
        terms = self._calls.terms
        if (
            self._closed
            or not self._live.mine(conversation)
            or not (terms.drafts if purpose == DRAFT else terms.summaries)
        ):
            return
        self._give_up(conversation, purpose)
        work = self._draft if purpose == DRAFT else self._summarise
        task = asyncio.get_running_loop().create_task(self._guarded(work, conversation))
        self._running[conversation, purpose] = task
        task.add_done_callback(partial(self._ended, (conversation, purpose)))

    def _ended(self, key: tuple[str, str], task: asyncio.Task[None]) -> None:
        if self._running.get(key) is task:
            del self._running[key]

    def _give_up(self, conversation: str, *purposes: str) -> None:
        for purpose in purposes or (DRAFT, SUMMARY):
            task = self._running.pop((conversation, purpose), None)
            if task is not None:
                task.cancel()

    async def _guarded(self, work: Callable[[str], Awaitable[None]], conversation: str) -> None:
        try:
            await work(conversation)
        except Exception:  # a model's trouble is nobody's trouble: the engine's words stand
            _log.exception("a language model's work failed", conversation=conversation)

    async def _draft(self, conversation: str) -> None:
        state = await self._live.state(conversation)
        if not wants_draft(state):
            return
        turn, assistant = state.suggested_for, self._assistant()
        least = self._calls.terms.least + RAISED * (LLM in self._fewer(state.agent))
        talk, suggestions = talk_of(state, self._now().date()), state.suggestions
        retired = self._retired()
        hits = tuple(hit for hit in state.knowledge if f"{SourceType.ARTICLE}:{hit.document}" not in retired)

        def task() -> DraftTask:
            published, check = assistant.published(talk), partial(assistant.check, talk)
            return DraftTask(talk, suggestions, hits, published, check, least)

        def show(text: str) -> None:
            self._live.pass_on(Writing(conversation, turn, text))

        why = ""
        show("")
        try:
            occasion = Occasion(conversation, turn)
            made = await asyncio.to_thread(task)
            draft = await self._calls.ask(occasion, made, self._calls.terms.draft_seconds, show)
            await self._suggest(conversation, turn, draft)
        except (Dropped, ModelTrouble) as error:
            why = f"No draft: {said_of(error)}"
        finally:
            self._live.pass_on(Writing(conversation, turn, "", over=True, why=why))

    async def _suggest(self, conversation: str, turn: str, draft: Suggestion) -> None:
        """Put the draft beside what is suggested, unless something newer has happened."""
        while True:
            state = await self._live.state(conversation)
            if not wants_draft(state) or state.suggested_for != turn:
                return
            if any(s.text == draft.text for s in state.suggestions):
                return  # the engine says the same, with its source
            versions = {"model": self._calls.model}
            data = RepliesSuggested(turn, (*state.suggestions, draft), 0.0, LLM, versions)
            if await self._recorded(state, data):
                return

    async def _summarise(self, conversation: str) -> None:
        state = await self._live.state(conversation)
        if not wants_summary(state):
            return
        turn, messages = state.messages[-1].id, len(state.messages)
        task = SummaryTask(talk_of(state, self._now().date()), state.summary_read)
        try:
            lines = await self._calls.ask(Occasion(conversation, turn), task, self._calls.terms.summary_seconds)
        except (Dropped, ModelTrouble):
            return  # the engine's summary stands, and says nothing of it
        await self._update(conversation, messages, SummaryUpdated(turn, lines, 0.0, LLM))

    async def _update(self, conversation: str, messages: int, data: SummaryUpdated) -> None:
        while True:
            state = await self._live.state(conversation)
            if not wants_summary(state) or len(state.messages) != messages or data.lines == state.summary_written:
                return
            if await self._recorded(state, data):
                return

    async def _recorded(self, state: Conversation, data: RepliesSuggested | SummaryUpdated) -> bool:
        """Record it if nothing has happened in the conversation since ``state``; else return ``False``."""
        seq = state.seq
        try:
            await self._live.record([NewEvent(state.id, "assist", data, self._now())], expect=seq)
        except LogMoved:
            await self._live.catch_up()
            return False
        return True


def wants_draft(state: Conversation) -> bool:
    """Return whether a draft is of use: an agent has the conversation, owes an answer, and none was drafted yet."""
    return (
        _assisted(state)
        and state.unanswered is not None
        and state.suggested_for == state.messages[-1].id
        and not any(s.kind == LLM for s in state.suggestions)
    )


def wants_summary(state: Conversation) -> bool:
    """Return whether a written summary is of use: somebody reads it, and there is something to sum up."""
    return _assisted(state) and bool(state.summary_read) and len(state.messages) >= FEWEST_MESSAGES


def _assisted(state: Conversation) -> bool:
    return state.status is Status.ACTIVE and not state.dark and not state.withheld
