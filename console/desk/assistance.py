"""Runs the assist engine for live conversations: off the event loop, the newest message first in line.

A newer message cancels the work on an older one. Each part is logged as soon as it is there. Of a conversation that its
agent has not on the screen only the first parts are worked out, and the rest once somebody looks at it
(:mod:`console.desk.attention`).
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Final

import structlog

from console.conversation.assist_events import (
    AssistanceHidden,
    AssistanceWithheld,
    FlagsRaised,
    KnowledgeFound,
    MoodRead,
    NextStepProposed,
    QuestionUnanswered,
    RepliesRestored,
    RepliesSuggested,
    SummaryUpdated,
)
from console.conversation.boundary_events import AssistanceAllowed
from console.conversation.events import (
    ConversationClosed,
    ConversationReleased,
    Event,
    EventData,
    HandedOver,
    MessageAdded,
    NewEvent,
    RoutingChanged,
)
from console.conversation.hold_out_events import HoldOutAssigned
from console.conversation.message import Author, Layer, Status
from console.conversation.queue_events import ConversationReturned
from console.conversation.state import Conversation
from console.conversation.summaries import LLM
from console.desk.assistant import Assistant, talk_of
from console.desk.attention import Attention
from console.desk.decisions import decisions_on_replacement
from console.desk.hold_out import HoldOut
from console.desk.live import LiveLog
from console.desk.pace import Pace, Turns
from console.desk.running import Fresh, Running, every
from console.desk.tastes import Tastes

CLOSING: Final = 2.0
"""Seconds that computations have to end when the desk stops; they look whether they are still wanted between parts."""

TOGETHER: Final = 0.02
"""Seconds within which parts of a turn are written together: nobody sees the difference, and each write costs a
transaction, a sync of the disk, and a sending to every console."""

LONGEST_TOGETHER: Final = 0.15
"""The same where many conversations are worked at once: :data:`TOGETHER` for each of them, up to this."""

READ_BACK: Final = 2_000
"""Events that are read when the desk starts: a hundred turns or more; 0.3 s if each of them held three long replies."""

_log = structlog.get_logger(__name__)


class Assistance:
    """Keeps every open conversation assisted."""

    def __init__(
        self,
        live: LiveLog,
        now: Callable[[], datetime],
        workers: int,
        *,
        fewer: bool = True,
        first: Callable[[str], Awaitable[None]] | None = None,
        pace: Pace | None = None,
        attention: Attention | None = None,
        hold_out: HoldOut | None = None,
    ) -> None:
        """``first`` is waited for before a conversation is worked: what somebody needs sooner than the panels.

        ``pace`` tells who floods; without it, one of its own does. ``attention`` tells what is on a screen; without it,
        everything counts as being looked at. Without ``hold_out`` nothing is held out.
        """
        self._live, self._first, self._attention = live, first, attention
        self._hold_out = hold_out or HoldOut()
        self._begun: set[str] = set()
        """Conversations of whose newest turn only the first parts were worked out."""
        self._pace = pace or Pace(live)
        self._turns = Turns(self._pace)
        self._again: set[str] = set()
        """Conversations to be worked once more when the turn under way is done."""
        self._tastes = Tastes() if fewer else None
        self._now = now
        self._assistant: Assistant | None = None
        self._why_not = "Assistance is getting ready; the very first time this takes about half a minute."
        self._progress = ""
        self._closed = False
        self._pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="assist")
        self._computing: set[Future[None]] = set()
        self._wanted: dict[str, int] = {}
        """The newest call for assistance of each conversation; numbered, so that none is taken for another."""
        self._calls = count(1)
        self._running = Running()
        if self._tastes:
            live.watchers.append(self._tastes.apply)
        live.watchers.append(self._watch)
        if attention is not None:
            attention.watchers.append(self._looked_at)

    async def start(self) -> None:
        """Learn from the newest events of the log what agents make of suggestions; call once, before anything else."""
        if self._tastes:
            for event in await self._live.history(after=max(0, self._live.seq - READ_BACK)):
                self._tastes.apply(event)

    @property
    def status(self) -> str:
        """``ready``, or why there is no assistance yet."""
        return "ready" if self._assistant else self._progress or self._why_not

    def floods(self, conversation: str) -> bool:
        """Return whether a conversation is worked now and then only, because its customer writes very fast."""
        return self._pace.floods(conversation)

    def fewer(self, agent: str) -> Mapping[str, str]:
        """Return the kinds of replies that this agent is shown fewer of, each with why."""
        return self._tastes.fewer(agent) if self._tastes else {}

    def progress(self, words: str) -> None:
        """Say how far the engine has come; a passing word, not logged."""
        self._progress = words

    def ready(self, assistant: Assistant) -> None:
        """Begin (or go on) with this engine; open conversations that wait for it are worked at once."""
        self._assistant = assistant
        self.resume(every)

    def resume(self, fresh: Fresh) -> None:
        """Work the open conversations that have just come to this server."""
        for row in list(self._live.rows.values()):
            if fresh(row.id):
                self._want(row.id)

    def not_ready(self, why: str) -> None:
        """Say why there is no assistance: a line for the agent with what to do."""
        self._why_not, self._progress = why, ""
        if self._assistant is None:
            self.resume(every)

    def busy(self) -> tuple[str, ...]:
        """Return the conversations that are worked right now; from any thread."""
        return self._running.names()

    async def close(self, within: float = CLOSING) -> bool:
        """Stop working; what was begun is dropped. Returns whether every computation has ended in so many seconds."""
        self._closed = True
        self._wanted.clear()
        await self._running.close()
        self._pool.shutdown(wait=False, cancel_futures=True)
        computing = [asyncio.wrap_future(work) for work in tuple(self._computing)]
        if not computing:
            return True
        _, going_on = await asyncio.wait(computing, timeout=within)
        if going_on:  # a thread cannot be stopped; whoever ends the process must not wait for it
            _log.warning("assistance goes on computing", turns=len(going_on))
        return not going_on

    def _watch(self, event: Event) -> None:
        match event.data:
            case MessageAdded() | HandedOver() | AssistanceHidden() | AssistanceAllowed():
                self._want(event.conversation)
            case ConversationReleased() | ConversationReturned():
                self._looked_at(event.conversation)  # by whoever takes it from the queue
            case ConversationClosed():
                self._begun.discard(event.conversation)
            case RepliesRestored(agent=agent):
                for row in [row for row in self._live.rows.values() if row.agent == agent]:
                    self._want(row.id)
            case _:
                pass

    def _looked_at(self, conversation: str) -> None:
        if conversation in self._begun:
            self._want(conversation)

    def _elsewhere(self, conversation: str) -> bool:
        row = self._live.rows.get(conversation)
        return self._attention is not None and row is not None and self._attention.elsewhere(row)

    def _want(self, conversation: str) -> None:
        if self._closed or not self._live.mine(conversation):
            return
        if conversation in self._running and self._pace.floods(conversation):
            self._again.add(conversation)  # cancelled by each message, the turn under way would never end
            return
        self._wanted[conversation] = next(self._calls)
        self._running.begin(conversation, self._work)

    async def _work(self, conversation: str) -> None:
        """Work on the newest message until none newer has come meanwhile."""
        try:
            while conversation in self._wanted:
                await self._turns.wait(conversation)
                self._again.discard(conversation)
                call = self._wanted[conversation]
                try:
                    await self._turn(conversation, call)
                except Exception:  # one conversation's trouble must not take assistance from the others
                    _log.exception("assistance failed", conversation=conversation)
                    await self._say_failed(conversation, call)
                if conversation in self._again and conversation in self._wanted:
                    self._wanted[conversation] = next(self._calls)
                elif self._wanted.get(conversation) == call:
                    del self._wanted[conversation]
        finally:
            # in the same breath as the last look, or a call in between would go unheard
            self._again.discard(conversation)
            self._running.done(conversation)

    async def _say_failed(self, conversation: str, call: int) -> None:
        try:
            turn = (await self._live.state(conversation)).messages[-1].id
            await self._store(conversation, call, AssistanceWithheld(turn, "Assistance failed on this message."))
        except Exception:  # the log itself is in trouble; the desk says so where people write
            _log.exception("assistance cannot be logged", conversation=conversation)

    async def _turn(self, conversation: str, call: int) -> None:
        if self._first is not None:
            await self._first(conversation)
        state = await self._live.state(conversation)
        if state.status is Status.CLOSED or not state.messages:
            self._begun.discard(conversation)
            return
        if self._assistant is None:
            if state.withheld != self._why_not:
                await self._store(conversation, call, AssistanceWithheld(state.messages[-1].id, self._why_not))
            return
        talk = talk_of(state, self._now().date())
        talk = replace(talk, fewer=self.fewer(state.agent))
        answered = state.messages[-1].role is Author.AGENT
        elsewhere = self._elsewhere(conversation)
        (self._begun.add if elsewhere else self._begun.discard)(conversation)
        assistant, loop = self._assistant, asyncio.get_running_loop()
        parts: asyncio.Queue[EventData | None] = asyncio.Queue()

        def compute() -> None:
            try:
                for part in assistant.turn(talk, lambda: self._wanted.get(conversation) != call):
                    loop.call_soon_threadsafe(parts.put_nowait, part)
                    if elsewhere and isinstance(part, MoodRead) and part.turn == talk.turn:
                        break
            finally:
                loop.call_soon_threadsafe(parts.put_nowait, None)

        work = self._pool.submit(compute)
        self._computing.add(work)
        work.add_done_callback(self._computing.discard)
        going_on = True
        while going_on:
            batch = await _gathered(parts, min(TOGETHER * len(self._running), LONGEST_TOGETHER))
            going_on = batch[-1] is not None
            # after the agent's own message nothing is proposed; only the record of what happened moves on
            wanted = [p for p in batch if p is not None and (not answered or isinstance(p, SummaryUpdated))]
            await self._store(conversation, call, *wanted)
        await asyncio.wrap_future(work)

    async def _store(self, conversation: str, call: int, *parts: EventData) -> None:
        if self._wanted.get(conversation) != call:
            return
        state = await self._live.state(conversation)
        assigned = self._assigned(state, parts)
        batch: list[EventData] = [assigned] if assigned else []
        hidden = assigned.held_out if assigned else state.hidden
        for part in (with_drafts(state, with_people(part)) for part in parts):
            if state.status is Status.BOT and not with_bot(part):
                continue
            if hidden and not isinstance(part, RoutingChanged | FlagsRaised):
                continue  # hidden while the turn was under way
            if changes(state, part):
                batch += [*self._replaced(state, part), part]
        if batch:
            now = self._now()
            await self._live.record_soon([NewEvent(conversation, "assist", data, now) for data in batch])

    def _assigned(self, state: Conversation, parts: Sequence[EventData]) -> HoldOutAssigned | None:
        """Return whether a conversation is held out, where that is still to be decided and its layer is known.

        As a rule its packet has brought it; there is none where the agent was there before the customer wrote.
        """
        routed = next((part.routing for part in parts if isinstance(part, RoutingChanged)), state.routing)
        return self._hold_out.assigned(state, routed.layer) if routed else None

    def _replaced(self, state: Conversation, part: EventData) -> list[EventData]:
        if not isinstance(part, RepliesSuggested):
            return []
        staying = {s.id for s in part.suggestions}
        return [d for d in decisions_on_replacement(state, self._now()) if d.suggestion not in staying]


async def _gathered(parts: "asyncio.Queue[EventData | None]", moment: float) -> list[EventData | None]:
    """Return the next part, and those that come within a moment (seconds) behind it: they share one write."""
    batch = [await parts.get()]
    with suppress(TimeoutError):
        async with asyncio.timeout(moment):
            while batch[-1] is not None:
                batch.append(await parts.get())
    return batch


def with_people(part: EventData) -> EventData:
    """Return a routing as it holds once people have the conversation: what the bot may do alone is assisted now."""
    if isinstance(part, RoutingChanged) and part.routing.layer is Layer.AUTONOMOUS:
        return replace(part, routing=replace(part.routing, layer=Layer.ASSISTED))
    return part


def with_bot(part: EventData) -> bool:
    """Return whether a part is of use while the bot has the conversation: it routes by itself, and takes no replies."""
    if isinstance(part, RoutingChanged):
        return part.routing.layer is Layer.HUMAN_ONLY
    return isinstance(part, FlagsRaised | MoodRead | SummaryUpdated)


def with_drafts(state: Conversation, part: EventData) -> EventData:
    """Return replies for the turn that stands already with the draft that a language model has made for it."""
    if not isinstance(part, RepliesSuggested) or part.turn != state.suggested_for:
        return part
    drafts = tuple(s for s in state.suggestions if s.kind == LLM and s not in part.suggestions)
    return replace(part, suggestions=(*part.suggestions, *drafts)) if drafts else part


def changes(state: Conversation, part: EventData) -> bool:  # noqa: PLR0911 - one arm a part
    """Return whether a part says anything that the conversation does not show already."""
    match part:
        case SummaryUpdated(lines=lines):
            return lines != state.summary_read
        case RoutingChanged(routing=routing):
            return routing != state.routing
        case KnowledgeFound(hits=hits):
            return hits != state.knowledge
        case NextStepProposed(step=step):
            return step != state.next_step
        case QuestionUnanswered(turn=turn):
            return turn not in state.unanswerable
        case MoodRead(turn=turn, mood=mood):
            return mood != state.moods.get(turn)
        case RepliesSuggested(turn=turn, suggestions=suggestions, fewer=fewer):
            shown = (state.suggested_for, state.suggestions, state.fewer)
            return bool(state.withheld) or (turn, suggestions, fewer) != shown
        case AssistanceWithheld(turn=turn, reason=reason):
            return (turn, reason) != (state.suggested_for, state.withheld)
        case _:
            return True
