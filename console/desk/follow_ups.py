"""What is still to do after conversations were closed: everybody's list, and ticking off."""

import asyncio
from collections.abc import Callable, Collection
from datetime import datetime

from console.conversation.erasure_events import forgotten
from console.conversation.events import Event, NewEvent
from console.conversation.inbox import InboxRow
from console.conversation.people import Agent, Role
from console.conversation.state import Conversation
from console.conversation.wrap_up import OpenFollowUp, Wrapped, by_due
from console.conversation.wrap_up_commands import FollowUps, TickFollowUp
from console.conversation.wrap_up_events import FollowUpTicked, WrappedUp
from console.desk.errors import Forbidden, NotFound
from console.desk.live import LiveLog

LEADS = frozenset({Role.LEAD, Role.ADMIN})
"""Roles that see and tick off everybody's."""

KINDS = ("wrapped-up", "follow-up-ticked")
"""Events that say what is to do."""


class FollowUpList:
    """Folds the wrap-ups of the whole log, from the first time that somebody asks."""

    def __init__(self, live: LiveLog, now: Callable[[], datetime]) -> None:
        self._live, self._now = live, now
        self._open: dict[str, Wrapped] = {}
        self._meanwhile: list[Event] | None = []
        """What is published before the log was read; ``None`` from then on."""
        self._gone: set[str] = set()
        """Conversations that were erased before the log was read; what is read may be older."""
        self._reading = asyncio.Lock()
        live.watchers.append(self._watch)

    async def page(self, agent: Agent) -> FollowUps:
        """Return what is still to do for the agent, and for leads everybody's; what is due first stands first."""
        await self._read()
        found: list[OpenFollowUp] = []
        for conversation, wrapped in list(self._open.items()):
            own = [f for f in wrapped.wrap_up.to_do if agent.role in LEADS or wrapped.owner(f) == agent.name]
            row = self._live.rows.get(conversation) if own else None
            if own and row is None:
                row = await self._row(conversation)
            if own and row is not None:
                found += [OpenFollowUp(conversation, row.name, f, wrapped.owner(f), wrapped.at) for f in own]
        return FollowUps(by_due(found))

    async def _row(self, conversation: str) -> InboxRow | None:
        return await self._live.call(lambda log: log.row(conversation))

    async def tick(self, agent: Agent, conversation: str, command: TickFollowUp) -> None:
        """Tick a follow-up off, or take that back: its owner may, and leads."""
        async with self._live.lock(conversation):
            state = await self._live.state(conversation)
            self._require(agent, state, command)
            data = FollowUpTicked(command.follow_up, command.done, agent.name)
            await self._live.record([NewEvent(conversation, f"agent:{agent.id}", data, self._now())])

    def _require(self, agent: Agent, state: Conversation, command: TickFollowUp) -> None:
        wrapped = state.wrapped[-1] if state.wrapped else None
        known = wrapped.wrap_up.follow_ups if wrapped else ()
        found = next((f for f in known if f.id == command.follow_up), None)
        if wrapped is None or found is None:
            raise NotFound("this conversation has no such follow-up")
        if (
            agent.role not in LEADS
            and agent.name != wrapped.owner(found)
            and agent.id
            not in {
                wrapped.agent,
                state.agent,
            }
        ):
            raise Forbidden(f"this is for {wrapped.owner(found)} to do, or for a lead to tick off")

    async def _read(self) -> None:
        async with self._reading:
            if self._meanwhile is None:
                return
            history = await self._live.call(lambda log: log.of_kinds(KINDS))
            known = history[-1].seq if history else 0
            later = [event for event in self._meanwhile if event.seq > known]
            self._meanwhile = None  # no await from here on: nothing is published in between
            for event in (*history, *later):
                self._apply(event)
            self._forget(self._gone)

    def _watch(self, event: Event) -> None:
        if (lost := forgotten(event.data)) is not None:
            self._forget(lost.gone)
        if not isinstance(event.data, WrappedUp | FollowUpTicked):
            return
        if self._meanwhile is None:
            self._apply(event)
        else:
            self._meanwhile.append(event)

    def _forget(self, gone: Collection[str]) -> None:
        for name in gone:
            self._open.pop(name, None)
        if self._meanwhile is not None:
            self._gone |= set(gone)

    def _apply(self, event: Event) -> None:
        match event.data:
            case WrappedUp(wrap_up=wrap_up, agent=agent, name=name):
                self._open[event.conversation] = Wrapped(wrap_up, agent, name, event.at)
            case FollowUpTicked(follow_up=name, done=done) if event.conversation in self._open:
                self._open[event.conversation] = self._open[event.conversation].ticked(name, done=done)
            case _:
                pass
