"""The log, live: append off the event loop, publish in order, and keep folded states at hand.

Everything that happens on a desk goes through :meth:`LiveLog.record`. When it returns, the events are durable, folded
into the states here, and handed to every listener, in the order of their numbers; those of a generated history
(:mod:`console.conversation.generated_events`) are durable alone.
"""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Final, TypeVar
from weakref import WeakValueDictionary

from console.conversation.erasure_events import Forgotten, forgotten
from console.conversation.events import WORKSPACE, ConversationOpened, Event, NewEvent
from console.conversation.inbox import InboxRow, apply_to
from console.conversation.message import Status
from console.conversation.people import Presence
from console.conversation.presence_events import PresenceChanged
from console.conversation.state import Conversation, fold
from console.desk.errors import NotFound
from console.desk.holding import Held, Holding
from console.desk.hub import Hub, Passing
from console.desk.log import Appended, Cursor, EventLog, LogErased, LogError, LogMoved, Write
from console.desk.servers import Alone, Release, Servers

T = TypeVar("T")

STATES_KEPT: Final = 512
"""Folded conversations kept in memory; others are folded again when asked for."""

PAGE: Final = 5_000


@dataclass(eq=False, slots=True)
class _Reader:
    """Somebody who reads a conversation's history, and what is published of it meanwhile."""

    conversation: str
    meanwhile: list[Event] = field(default_factory=list)
    outdated: bool = False
    """Whether something of what was read was erased meanwhile."""


class LiveLog:
    """An :class:`EventLog` for one event loop, with its live picture of the desk; others may write to the log too."""

    def __init__(self, log: EventLog, servers: Servers | None = None) -> None:
        self.log = log
        self.servers: Servers = servers or Alone()
        self.hub = Hub()
        self.rows: dict[str, InboxRow] = {}
        """The inbox: every conversation that is not closed."""
        self.presences: dict[str, Presence] = {}
        self.watchers: list[Callable[[Event], None]] = []
        """Called for each event, in order, on the event loop; they must not block."""
        self.passing: list[Callable[[Passing], None]] = []
        """Called for what passes on this server and is not logged."""
        self.written: list[Callable[[Event], None]] = []
        """Called for each event that was written here, not by another server, just before it is published."""
        self.duties: set[str] = set()
        """What this server does for all right now; see :mod:`console.desk.duties`."""
        self.faults: Counter[str] = Counter()
        """How often the log could not do what it was asked, by the kind of :class:`LogError`."""
        self._states: OrderedDict[str, Conversation] = OrderedDict()
        self._readers: set[_Reader] = set()
        self._recording: set[asyncio.Task[Appended]] = set()
        self._holding = Holding(lambda: self._begin(None))
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        """A lock lives as long as somebody holds it or waits for it."""
        self._published = 0
        self._early: dict[int, Event] = {}
        self._publishing = asyncio.Lock()
        self._pool = ThreadPoolExecutor(max_workers=8, thread_name_prefix="log")
        self._locking = ThreadPoolExecutor(max_workers=16, thread_name_prefix="lock")  # who waits holds up nobody else
        self._releasing = ThreadPoolExecutor(max_workers=4, thread_name_prefix="release")  # least of all who lets go

    async def start(self) -> None:
        """Read the inbox and who is there; call once, before anything else."""
        self._published = await self._off_loop(self.log.head)
        self.rows = {row.id: row for row in await self._off_loop(self.log.inbox)}
        for event in await self.history(WORKSPACE):
            if isinstance(event.data, PresenceChanged) and not event.generated:
                self.presences[event.data.agent] = event.data.presence

    @property
    def seq(self) -> int:
        """The number of the newest published event."""
        return self._published

    async def record(
        self, batch: Sequence[NewEvent], *, cursor: Cursor | None = None, expect: int | None = None
    ) -> Appended:
        """Append a batch and publish it; returns when listeners have it. Raises what the log raises.

        A caller who is cancelled meanwhile does not stop it: what is durable is always published.
        """
        self._holding.count()
        return await asyncio.shield(self._begin(Write(batch, cursor, expect)))

    async def record_soon(self, batch: Sequence[NewEvent]) -> Appended:
        """Do the same for what may come a moment later: on a busy desk it waits for a write that it can go with."""
        if not self._holding.worth_it():
            return await self.record(batch)
        return await asyncio.shield(self._holding.hold(batch))

    async def settled(self) -> None:
        """Wait until everything that callers began to record is published, also of those who were cancelled."""
        while self._recording or self._holding:
            if self._holding:
                self._begin(None)
            await asyncio.gather(*self._recording, return_exceptions=True)

    async def catch_up(self) -> None:
        """Publish what is in the log already, whoever wrote it."""
        newer = await self.read(after=self._published)
        if newer:
            await self._publish(newer)

    async def state(self, conversation: str) -> Conversation:
        """Return the live state of a conversation: read it, never change it. Raises :class:`NotFound`."""
        state = self._states.get(conversation)
        if state is None:
            known = await self._whole(conversation)
            # no await from here on: a state that is at hand misses nothing that is published
            if not known:
                raise NotFound(f"there is no conversation '{conversation}'")
            state = self._states.get(conversation) or fold(conversation, known)
            self._states[conversation] = state
            while len(self._states) > STATES_KEPT:
                self._states.popitem(last=False)
        else:
            self._states.move_to_end(conversation)
        return state

    async def _whole(self, conversation: str) -> list[Event]:
        """Return all events of a conversation, those that are published while they are read among them."""
        while True:
            with self._reading(conversation) as reader:
                history = await self.history(conversation)
            if not reader.outdated:
                return [*history, *reader.meanwhile]

    async def history(self, conversation: str | None = None, *, after: int = 0) -> list[Event]:
        """Return all events after a number, of one conversation or of all."""
        found: list[Event] = []
        while True:
            page = await self.read(after=after, conversation=conversation)
            found += page
            if len(page) < PAGE:
                return found
            after = page[-1].seq

    async def read(self, *, after: int, conversation: str | None = None) -> list[Event]:
        """Return a page of events after a number."""
        return await self._off_loop(lambda: self.log.read(after, conversation=conversation, limit=PAGE))

    async def call(self, work: Callable[[EventLog], T]) -> T:
        """Run a blocking call on the log off the event loop."""
        return await self._off_loop(lambda: work(self.log))

    @asynccontextmanager
    async def lock(self, conversation: str) -> AsyncIterator[None]:
        """Decide on a conversation one at a time, among all servers; what they have written is known here by then."""
        lock = self._locks.setdefault(conversation, asyncio.Lock())
        async with lock:
            if not self.servers.shared:
                yield
                return
            async with self._taken(conversation):
                await self.catch_up()
                yield

    @asynccontextmanager
    async def _taken(self, conversation: str) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        taking = loop.run_in_executor(self._locking, self.servers.take, conversation)
        try:
            release = await asyncio.shield(taking)
        except LogError as error:
            self.faults[type(error).__name__] += 1
            raise
        except asyncio.CancelledError:
            taking.add_done_callback(self._let_go)  # it comes when nobody wants it any more
            raise
        try:
            yield
        finally:
            loop.run_in_executor(self._releasing, release)

    def _let_go(self, taking: "asyncio.Future[Release]") -> None:
        if not taking.cancelled() and taking.exception() is None:
            self._releasing.submit(taking.result())

    def mine(self, name: str) -> bool:
        """Return whether this server does the work on a conversation, or the duty of this name."""
        return self.servers.mine(name)

    def pass_on(self, item: Passing) -> None:
        """Give listeners, also those of other servers, something that passes and is not logged."""
        self.hub.publish(item)
        for tell in self.passing:
            tell(item)

    def close(self) -> None:
        """End all listeners and close the log."""
        self.hub.close()
        self.servers.close()
        self._locking.shutdown(wait=True)
        self._releasing.shutdown(wait=True)
        self._pool.shutdown(wait=True)
        self.log.close()

    def _begin(self, write: Write | None) -> "asyncio.Task[Appended]":
        """Begin to write something, or nothing but what is held."""
        task = asyncio.create_task(self._record(write))
        self._recording.add(task)
        task.add_done_callback(self._recording.discard)
        return task

    async def _record(self, write: Write | None) -> Appended:
        """Write something with all that is held; returns what came of it, or raises that."""
        all_of_it = self._holding.take()
        if write is not None:
            own = Held(write, asyncio.get_running_loop().create_future())
            # what was held is older, but must not be what a decision meets that expects nothing to have happened
            all_of_it.insert(0 if write.expect is not None else len(all_of_it), own)
        await self._written(all_of_it)
        if write is None:
            return Appended(())
        done = own.done
        del own, all_of_it  # an error that is raised here holds this frame, and is held by them
        try:
            return done.result()
        finally:
            del done

    async def _written(self, writes: Sequence[Held]) -> None:
        """Append and publish, and say to each what came of it."""
        try:
            outcomes = await self._append([held.write for held in writes]) if writes else ()
        except Exception as error:
            outcomes = [error] * len(writes)
        for held, outcome in zip(writes, outcomes, strict=True):
            held.settle(outcome)

    async def _append(self, writes: Sequence[Write]) -> Sequence[Appended | Exception]:
        """Append and publish, and return what came of each."""
        outcomes = await self._off_loop(lambda: self.log.append_all(writes))
        events = [e for done in outcomes if isinstance(done, Appended) and not done.repeated for e in done.events]
        for event in events:
            for tell in () if event.generated else self.written:
                tell(event)
        if events:
            await self._publish(events)
        refused = [done for done in outcomes if isinstance(done, LogError) and not isinstance(done, LogMoved)]
        self.faults.update(type(error).__name__ for error in refused)
        if any(isinstance(error, LogErased) for error in refused):
            await self.catch_up()  # so that it is gone here too
        return outcomes

    async def _publish(self, events: Sequence[Event]) -> None:
        self._early.update((event.seq, event) for event in events if event.seq > self._published)
        async with self._publishing:
            while self._published < events[-1].seq:
                event = self._early.pop(self._published + 1, None)
                if event is None:  # written by somebody whose call has not come back yet, or by another server
                    for missed in await self.read(after=self._published):
                        self._early.setdefault(missed.seq, missed)
                    following = min((seq for seq in self._early if seq > self._published), default=None)
                    if following is None:
                        return
                    event = self._early.pop(following)
                quiet = event.generated or isinstance(event.data, ConversationOpened | PresenceChanged)
                if event.conversation not in self.rows and not quiet:
                    await self._bring_back(event.conversation)
                if (lost := forgotten(event.data)) is not None:
                    await self._forget(lost)
                self._take_in(event)

    async def _bring_back(self, conversation: str) -> None:
        """Read the row of a conversation that was closed, for the event that concerns it again."""
        row = await self.call(lambda log: log.row(conversation)) if conversation else None
        if row is not None:
            self.rows[conversation] = row

    async def _forget(self, lost: Forgotten) -> None:
        """Drop what is held of conversations that lost something; whoever reads one at the moment reads it again."""
        held = [name for name in lost.changed if name in self.rows]
        rows = dict(zip(held, await self.call(lambda log: [log.row(name) for name in held]), strict=True))
        for name in lost.gone | lost.changed:
            self._states.pop(name, None)
            self.rows.pop(name, None)
        self.rows.update({name: row for name, row in rows.items() if row is not None})
        for reader in self._readers:
            reader.outdated = reader.outdated or reader.conversation in lost.gone | lost.changed

    def _take_in(self, event: Event) -> None:
        self._published = event.seq
        state = self._states.get(event.conversation)
        if state is not None:
            state.apply(event)
        for reader in self._readers:
            if reader.conversation == event.conversation:
                reader.meanwhile.append(event)
        if event.generated:
            return  # it never happened: nobody is told, and no list or figure of the moment has it
        if event.conversation != WORKSPACE:
            row = apply_to(self.rows, event)
            if row is not None and row.status is not Status.CLOSED:
                self.rows[row.id] = row
            else:
                self.rows.pop(event.conversation, None)
        elif isinstance(event.data, PresenceChanged):
            self.presences[event.data.agent] = event.data.presence
        self.hub.publish(event)
        for watch in self.watchers:
            watch(event)

    @contextmanager
    def _reading(self, conversation: str) -> Iterator[_Reader]:
        """Collect what is published of a conversation while its history is read."""
        reader = _Reader(conversation)
        self._readers.add(reader)
        try:
            yield reader
        finally:
            self._readers.discard(reader)

    async def _off_loop(self, work: Callable[[], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        except LogMoved:
            raise
        except LogError as error:
            self.faults[type(error).__name__] += 1
            raise
