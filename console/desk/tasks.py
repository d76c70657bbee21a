"""Tasks for the bot: an agent delegates one, the bot asks, and brings it back; also to those who wait for an agent.

Exactly one of bot and agent speaks at a time: what the bot says is recorded under the conversation's lock, for the
moment it was decided on alone. Everything stands in the log, so a task goes on after a restart.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

import structlog

from console.assist.bot.task import OWN, PATIENCE, TaskMind, TaskMoment
from console.conversation import events as e
from console.conversation.assist_events import AssistanceHidden
from console.conversation.boundary_events import AssistanceAllowed
from console.conversation.inbox import InboxRow
from console.conversation.message import Layer, Status
from console.conversation.packet_events import PacketPrepared
from console.conversation.people import Agent
from console.conversation.queue_events import ConversationReturned, ConversationTransferred
from console.conversation.state import Conversation
from console.conversation.task_commands import DelegateTask, TaskOffer
from console.conversation.task_events import TaskDelegated, TaskEnded
from console.conversation.tasks import MOST_FACTS, TaskFact, TaskKind, TaskOutcome
from console.desk.assistant import talk_of
from console.desk.casework import owned, require_agent
from console.desk.errors import NotReady, Refused
from console.desk.live import LiveLog
from console.desk.log import LogError
from console.desk.packets import handed_of
from console.desk.running import Fresh, Running, every
from console.desk.task_steps import events_of, may_be_asked, stands
from console.text import clean_line, shorten

EVERY: Final = 1.0
"""Seconds between two looks at who has not answered."""

SECONDS: Final = 15.0
"""Seconds that a decision may take; then the agent has the conversation back."""

LONGEST: Final = 300
"""Characters of an agent's own question."""

_NAMED: Final = 40
_STIRS: Final = (
    TaskDelegated,
    e.MessageAdded,
    e.RoutingChanged,
    e.ConversationClaimed,
    e.ConversationReleased,
    e.ConversationClosed,
    ConversationTransferred,
    ConversationReturned,
    AssistanceHidden,
    AssistanceAllowed,
)
"""Events after which the bot looks at its task again."""

T = TypeVar("T")

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class TaskTerms:
    """Whether the bot also asks those who wait, but for channels that another bot answers; whether files are kept."""

    asks_waiting: bool = False
    leaves: frozenset[str] = frozenset()
    files: bool = False


class Tasks:
    """Runs tasks."""

    def __init__(self, live: LiveLog, now: Callable[[], datetime], terms: TaskTerms) -> None:
        self._live, self._now, self._terms = live, now, terms
        self._mind: TaskMind | None = None
        self._ready = asyncio.Event()
        self._closed = False
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="tasks")
        self._wanted: set[str] = set()
        self._running = Running()
        live.watchers.append(self._watch)

    def ready(self, mind: TaskMind) -> None:
        """Begin, or go on, with these behaviours."""
        self._mind = mind
        self._ready.set()
        self.resume(every)

    def resume(self, fresh: Fresh) -> None:
        """Go on with the tasks of the conversations that have just come to this server."""
        for row in list(self._live.rows.values()):
            if self._mind is not None and fresh(row.id) and (row.task or self._may_wait(row)):
                self._want(row.id)

    async def run(self) -> None:
        """Look after those who do not answer, until cancelled."""
        while True:
            await asyncio.sleep(EVERY)
            self.look()

    def look(self) -> None:
        """Take up the tasks whose time is over."""
        now = self._now()
        for row in self._live.rows.values():
            if row.task and row.task_asked_at is not None and now - row.task_asked_at >= PATIENCE:
                self._want(row.id)

    async def settled(self, conversation: str) -> None:
        """Wait until there is nothing more to do in a conversation."""
        await self._running.settled(conversation)

    def busy(self) -> tuple[str, ...]:
        """Return the conversations that are worked right now; from any thread."""
        return self._running.names()

    async def close(self) -> None:
        """Stop; what was begun is taken up at the next start."""
        self._closed = True
        await self._running.close()
        self._pool.shutdown(wait=False, cancel_futures=True)

    # What agents do

    async def offer(self, agent: Agent, conversation: str) -> TaskOffer:
        """Return what the bot can ask for; raises :class:`Refused` where it may not ask anything here."""
        state = await owned(self._live, agent, conversation)
        mind = self._able(state)
        talk = talk_of(state, self._now().date())
        language = await self._compute(lambda: mind.foreign(talk))
        if language:
            raise Refused(f"the customer seems to write in {language}, which the bot does not speak")
        return TaskOffer(await self._compute(lambda: mind.offer(talk, files=self._terms.files)))

    async def delegate(self, agent: Agent, conversation: str, command: DelegateTask) -> None:
        """Let the bot begin.

        Raises :class:`Refused` without a fact, with more than five, with one that is not offered, or where a policy
        stands against a question.
        """
        offered = {fact.slot: fact for fact in (await self.offer(agent, conversation)).facts}
        unknown = [slot for slot in command.slots if slot not in offered]
        if unknown:
            raise Refused(f"the bot cannot ask for this here, or it is there already: {', '.join(unknown)}")
        facts = [offered[slot] for slot in dict.fromkeys(command.slots)]
        question = clean_line(command.question, LONGEST + 1)
        if len(question) > LONGEST:
            raise Refused(f"a question has at most {LONGEST} characters")
        if question:
            facts.append(TaskFact(OWN, f"“{shorten(question, _NAMED)}”", question, TaskKind.QUESTION))
        if not 1 <= len(facts) <= MOST_FACTS:
            raise Refused(f"choose 1 to {MOST_FACTS} things that the bot asks for")
        talk, mind = talk_of(await self._live.state(conversation), self._now().date()), self._mind
        if mind is not None and (bad := await self._compute(lambda: [f for f in facts if mind.barred(f, talk)])):
            raise Refused(f"a policy stands against the bot asking this; write it yourself: {bad[0].name}")
        async with self._live.lock(conversation):
            self._able(await owned(self._live, agent, conversation))
            begun = TaskDelegated(tuple(facts), agent.id, agent.name)
            await self._live.record([e.NewEvent(conversation, f"agent:{agent.id}", begun, self._now())])

    async def take_back(self, agent: Agent, conversation: str) -> None:
        """End the task; nothing where none runs."""
        async with self._live.lock(conversation):
            state = require_agent(await self._live.state(conversation), agent)
            if state.tasks.running is not None:
                ended = TaskEnded(TaskOutcome.TAKEN_BACK, f"{agent.name} took it back")
                await self._live.record([e.NewEvent(conversation, f"agent:{agent.id}", ended, self._now())])

    def _able(self, state: Conversation) -> TaskMind:
        """Return the mind where the bot may ask here; raises with why it may not."""
        if self._mind is None:
            raise NotReady("the bot is getting ready; try again in a moment")
        if state.layer is Layer.HUMAN_ONLY:
            raise Refused("this conversation is reserved for people: the bot asks nothing here")
        if state.hidden:
            raise Refused("assistance is hidden in this conversation; show it first")
        if state.status is not Status.ACTIVE:
            raise Refused("the bot asks in an active conversation alone")
        if state.tasks.running is not None:
            raise Refused("the bot is asking here already; take that back first")
        return self._mind

    # What the bot does

    def _watch(self, event: e.Event) -> None:
        row = self._live.rows.get(event.conversation)
        if row is None:
            due = isinstance(event.data, e.ConversationClosed)
        elif row.task:
            due = isinstance(event.data, _STIRS)
        else:
            due = isinstance(event.data, PacketPrepared) and self._may_wait(row)
        if due:
            self._want(event.conversation)

    def _may_wait(self, row: InboxRow) -> bool:
        waits = row.status is Status.WAITING and row.layer is not Layer.HUMAN_ONLY
        return self._terms.asks_waiting and waits and row.channel not in self._terms.leaves

    def _want(self, conversation: str) -> None:
        if self._closed or not self._live.mine(conversation):
            return
        self._wanted.add(conversation)
        self._running.begin(conversation, self._work)

    async def _work(self, conversation: str) -> None:
        try:
            while conversation in self._wanted:
                await self._ready.wait()
                self._wanted.discard(conversation)
                try:
                    async with asyncio.timeout(SECONDS):
                        await self._step(conversation)
                except LogError as error:  # a full disk passes; the next look tries again
                    _log.warning("task not kept", conversation=conversation, why=str(error))
                except Exception:  # whatever it is, the agent has the conversation back
                    _log.exception("the bot failed at a task", conversation=conversation)
                    await self._give_up(conversation)
        finally:
            self._running.done(conversation)

    async def _step(self, conversation: str) -> None:
        state = await self._live.state(conversation)
        mind, task = self._mind, state.tasks.running
        if mind is None:
            return
        if task is None:
            await self._begin_waiting(mind, state)
            return
        moment = TaskMoment(
            talk_of(state, self._now().date()), task, state.status, state.agent, self._now(), handed_of(state)
        )
        verdict = await self._compute(lambda: mind.decide(moment))
        async with self._live.lock(conversation):
            if stands(await self._live.state(conversation), moment):
                await self._record(conversation, events_of(verdict))
            else:
                self._wanted.add(conversation)  # something has come meanwhile

    async def _begin_waiting(self, mind: TaskMind, state: Conversation) -> None:
        """Ask somebody who waits, once each time they are handed over."""
        row = self._live.rows.get(state.id)
        if row is None or not self._may_wait(row) or not may_be_asked(state):
            return
        talk = talk_of(state, self._now().date())
        facts = await self._compute(lambda: mind.for_waiting(talk))
        if not facts:
            return
        async with self._live.lock(state.id):
            now = await self._live.state(state.id)
            if now.status is Status.WAITING and len(now.messages) == len(talk.messages) and may_be_asked(now):
                await self._record(state.id, [TaskDelegated(facts)])

    async def _give_up(self, conversation: str) -> None:
        try:
            async with self._live.lock(conversation):
                if (await self._live.state(conversation)).tasks.running is not None:
                    ended = TaskEnded(TaskOutcome.BARRED, "the bot failed on this message")
                    await self._record(conversation, [ended])
        except Exception:  # the log itself is in trouble; the desk says so where people write
            _log.exception("the end of a task cannot be logged", conversation=conversation)

    async def _compute(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    async def _record(self, conversation: str, data: list[e.EventData]) -> None:
        now = self._now()
        if data:
            await self._live.record([e.NewEvent(conversation, "bot", one, now) for one in data])
