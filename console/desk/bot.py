"""Runs the bot: it answers the conversations that no person has yet, and gives them to people in time.

The newest message cancels work on older ones, but for an action that is under way. Whatever goes wrong, and whatever
takes too long, people take over: the customer is never left without an answer.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from time import perf_counter
from typing import Final

import structlog

from console.assist.bot import wording
from console.assist.bot.decision import Act, Answer, Ask, HandOver, LookUp, Verdict
from console.assist.bot.mind import Mind
from console.assist.bot.needs import IDENTIFY
from console.assist.bot.parting import Moment
from console.conversation.bot_events import BotDecided, Decided
from console.conversation.events import (
    Event,
    EventData,
    HandedOver,
    IdentityChanged,
    MessageAdded,
    NewEvent,
    RoutingChanged,
)
from console.conversation.handover import HandoverWhen, Trigger
from console.conversation.inbox import InboxRow
from console.conversation.message import Author, Layer, Status
from console.conversation.people import Customer, Identity
from console.conversation.state import Conversation
from console.desk.assistant import talk_of
from console.desk.bot_calls import Calls, Done
from console.desk.bot_identity import standing
from console.desk.earlier import earlier_contacts
from console.desk.live import LiveLog
from console.desk.pace import Pace, Turns
from console.desk.packets import handed_of
from console.desk.running import Fresh, Running, every

SECONDS: Final = 15.0
"""Seconds from a customer's message to the bot's answer, after which people take over; look-ups are within them."""

WORKERS: Final = 2
"""Threads that decide: a decision takes some hundredths of a second."""

_KINDS: Final = {
    Answer: Decided.ANSWER,
    Ask: Decided.ASK,
    LookUp: Decided.LOOK_UP,
    Act: Decided.ACT,
    HandOver: Decided.HAND_OVER,
}

_SORRY: Final = "Something has gone wrong on my side, so I'm bringing in a colleague."

_log = structlog.get_logger(__name__)

Records = Callable[[str], Customer | None]
"""Finds the company's own record of a customer by id."""


def no_records(_: str) -> Customer | None:
    """Find nobody."""
    return None


@dataclass(frozen=True, slots=True)
class BotTerms:
    """How the bot is used: for which company, with which records, whether new conversations come to it."""

    company: str = ""
    records: Records = no_records
    opens: bool = False
    seconds: float = SECONDS
    leaves: frozenset[str] = frozenset()
    """Channels whose conversations another bot answers until people take over."""
    asks_waiting: bool = False
    """Whether it asks customers who wait for an agent for the facts that are missing."""


class Bot:
    """Answers conversations of :attr:`Status.BOT`."""

    def __init__(
        self, live: LiveLog, calls: Calls, now: Callable[[], datetime], terms: BotTerms, pace: Pace | None = None
    ) -> None:
        self._paced = Turns(pace or Pace(live))
        self._live, self._calls, self._now, self._terms = live, calls, now, terms
        self._mind: Mind | None = None
        self._ready = asyncio.Event()
        self._closed = False
        self._pool = ThreadPoolExecutor(max_workers=WORKERS, thread_name_prefix="bot")
        self._wanted: dict[str, int] = {}
        self._numbers = count(1)
        self._running = Running()
        self._turns: dict[str, asyncio.Task[None]] = {}
        """The work on the message of the moment, where that may be cancelled."""
        live.watchers.append(self._watch)

    @property
    def opens(self) -> bool:
        """Whether a new conversation comes to the bot first; while it is not ready yet, people have it."""
        return self._terms.opens and self._mind is not None and self._mind.works

    def ready(self, mind: Mind) -> None:
        """Begin, or go on, with these behaviours; what waits for an answer gets one."""
        self._mind = mind
        self._ready.set()
        self.resume(every)

    def resume(self, fresh: Fresh) -> None:
        """Answer in the conversations that have just come to this server."""
        for row in list(self._live.rows.values()):
            if self._mind is not None and self._has(row) and fresh(row.id):
                self._want(row.id)

    async def settled(self, conversation: str) -> None:
        """Wait until the bot has nothing more to do in a conversation."""
        await self._running.settled(conversation)

    def busy(self) -> tuple[str, ...]:
        """Return the conversations that are worked right now; from any thread."""
        return self._running.names()

    async def close(self) -> None:
        """Stop; what was begun is taken up at the next start."""
        self._closed = True
        await self._running.close()
        self._pool.shutdown(wait=False, cancel_futures=True)
        await self._calls.close()

    def _watch(self, event: Event) -> None:
        if isinstance(event.data, MessageAdded) and event.data.role is Author.CUSTOMER:
            row = self._live.rows.get(event.conversation)
            if row is not None and self._has(row):
                self._want(row.id)

    def _has(self, row: InboxRow) -> bool:
        return row.status is Status.BOT and row.channel not in self._terms.leaves

    def _want(self, conversation: str) -> None:
        if self._closed or not self._live.mine(conversation):
            return
        self._wanted[conversation] = next(self._numbers)
        turn = self._turns.get(conversation)
        if turn is not None:
            turn.cancel()
        self._running.begin(conversation, self._work)

    async def _work(self, conversation: str) -> None:
        """Answer the newest message until none newer has come meanwhile."""
        try:
            while conversation in self._wanted:
                await self._paced.wait(conversation)
                call = self._wanted[conversation]
                turn = asyncio.create_task(self._safely(conversation))
                self._turns[conversation] = turn
                try:
                    await asyncio.wait({turn})
                except asyncio.CancelledError:
                    turn.cancel()
                    raise
                self._turns.pop(conversation, None)
                if self._wanted.get(conversation) == call:
                    del self._wanted[conversation]
        finally:
            self._turns.pop(conversation, None)
            self._running.done(conversation)

    async def _safely(self, conversation: str) -> None:
        """Answer the newest message, or give it to people where that fails or takes too long."""
        why = "the bot failed on this message"
        try:
            async with asyncio.timeout(self._terms.seconds):
                await self._ready.wait()
                await self._answer(conversation)
                return
        except TimeoutError:
            why = f"the bot had no answer within {self._terms.seconds:g} s"
            _log.warning("the bot took too long", conversation=conversation)
        except Exception:  # whatever it is, somebody answers
            _log.exception("the bot failed", conversation=conversation)
        try:
            await self._hand_over_as_is(conversation, why)
        except Exception:  # the log itself is in trouble; the desk says so where people write
            _log.exception("the bot's hand-over cannot be logged", conversation=conversation)

    async def _answer(self, conversation: str) -> None:
        while (moment := await self._moment(conversation)) is not None:
            assert self._mind is not None  # noqa: S101 - it is ready
            start = perf_counter()
            verdict = await asyncio.get_running_loop().run_in_executor(self._pool, self._mind.decide, moment)
            ms = round((perf_counter() - start) * 1000, 3)
            if not await self._recorded(conversation, moment.turn, verdict, ms):
                return  # a newer message, or a person, has come
            match verdict.decision:
                case LookUp(tool=tool, arguments=arguments) | Act(tool=tool, arguments=arguments):
                    if isinstance(verdict.decision, Act):
                        self._turns.pop(conversation, None)  # what is done is seen through
                    spec = self._mind.tool(verdict.routing.intent, tool)
                    if spec is None:
                        raise LookupError(f"no behaviour allows {tool}")
                    state = await self._live.state(conversation)
                    done = await self._calls.make(state, moment.turn, spec, arguments)
                    await self._note(conversation, done)
                case _:
                    return

    async def _moment(self, conversation: str) -> Moment | None:
        """Return what there is to decide on; ``None`` where nothing waits for the bot."""
        state = await self._live.state(conversation)
        if not _waits(state):
            return None
        talk = talk_of(state, self._now().date())
        earlier = await earlier_contacts(self._live, state, self._now())
        known = standing(state)
        return Moment(talk, known.level, state.bot, handed_of(state, earlier), known.before)

    async def _recorded(self, conversation: str, turn: str, verdict: Verdict, ms: float) -> bool:
        """Record a decision and what the customer reads of it; false where it is out of date."""
        async with self._live.lock(conversation):
            state = await self._live.state(conversation)
            if not _waits(state) or state.last_customer_message is None or state.last_customer_message.id != turn:
                return False
            await self._record(conversation, self._events(state, turn, verdict, ms))
            return True

    def _events(self, state: Conversation, turn: str, verdict: Verdict, ms: float) -> list[EventData]:
        decision, routing = verdict.decision, verdict.routing
        gone = isinstance(decision, HandOver)
        if gone and routing.layer is Layer.AUTONOMOUS:
            routing = replace(routing, layer=Layer.ASSISTED)
        version = self._mind.version if self._mind else ""
        events: list[EventData] = []
        if routing != state.routing:
            events.append(RoutingChanged(routing, version))
        sources = decision.sources if isinstance(decision, Answer | Ask | HandOver) else ()
        if isinstance(decision, Answer | Ask | HandOver):
            events.append(MessageAdded(Author.BOT, self._spoken(state, decision.text, routing.layer), sources=sources))
        events.append(
            BotDecided(
                turn=turn,
                decision=_KINDS[type(decision)],
                reason=verdict.reason,
                intent=routing.intent,
                tool="" if isinstance(decision, Answer | HandOver) else decision.tool,
                errand=verdict.errand,
                fact=decision.fact if isinstance(decision, Ask) else "",
                failed=isinstance(decision, Ask) and decision.failed,
                sources=sources,
                behaviours=version,
                ms=ms,
            )
        )
        if isinstance(decision, HandOver):
            events.append(HandedOver(verdict.reason, max(1, routing.tier), decision.triggers))
        return events

    def _spoken(self, state: Conversation, text: str, layer: Layer) -> str:
        """Return the words with the bot's introduction where they are its first; in human-only there is none."""
        if layer is Layer.HUMAN_ONLY or any(m.role is Author.BOT for m in state.messages):
            return text
        return f"{wording.introduction(self._terms.company)} {text}"

    async def _note(self, conversation: str, done: Done) -> None:
        """Record a tool's answer, whatever has come meanwhile, and who the customer is where it tells."""
        events: list[EventData] = [MessageAdded(Author.SYSTEM, done.text), done.called]
        if done.called.tool == IDENTIFY and done.customer:
            fields = done.called.fields
            unknown = Customer(done.customer, fields.get("name", ""), fields.get("first_name", ""))
            events.append(IdentityChanged(Identity.MATCHED, self._terms.records(done.customer) or unknown))
        await self._record(conversation, events)

    async def _hand_over_as_is(self, conversation: str, why: str) -> None:
        async with self._live.lock(conversation):
            state = await self._live.state(conversation)
            if state.status is not Status.BOT or not state.messages:
                return
            turn = state.messages[-1].id
            last = state.bot.last
            if last is not None and last.decision is Decided.ACT and last.tool not in _told(state, last.turn):
                why += f"; whether '{last.tool}' was done is not known"
            trigger = Trigger(HandoverWhen.UNSURE, why, turn)
            layer, tier = (state.routing.layer, state.routing.tier) if state.routing else (Layer.ASSISTED, 1)
            events: list[EventData] = []
            if state.routing and layer is Layer.AUTONOMOUS:
                events.append(RoutingChanged(replace(state.routing, layer=Layer.ASSISTED)))
            events.append(MessageAdded(Author.BOT, self._spoken(state, _SORRY, layer)))
            events.append(BotDecided(turn, Decided.HAND_OVER, why, state.routing.intent if state.routing else ""))
            events.append(HandedOver(why, tier, (trigger,)))
            await self._record(conversation, events)

    async def _record(self, conversation: str, events: list[EventData]) -> None:
        now = self._now()
        await self._live.record([NewEvent(conversation, "bot", data, now) for data in events])


def _told(state: Conversation, turn: str) -> set[str]:
    """Return the tools that have answered for a message."""
    return {called.call.tool for called in state.bot.calls if called.call.turn == turn}


def _waits(state: Conversation) -> bool:
    """Return whether a conversation waits for the bot: it has it, and the customer's words are not answered yet."""
    if state.status is not Status.BOT:
        return False
    spoken = next((m for m in reversed(state.messages) if m.role is not Author.SYSTEM), None)
    return spoken is not None and spoken.role is Author.CUSTOMER
