"""Giving out what waits: the next fitting conversation, transfers, and a lead's rebalancing."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from difflib import get_close_matches
from typing import Final

from console.conversation.events import (
    ConversationReleased,
    Event,
    EventData,
    NewEvent,
    NoteAdded,
)
from console.conversation.heat import Loads
from console.conversation.inbox import InboxRow
from console.conversation.message import Status
from console.conversation.people import Agent, Presence, Role
from console.conversation.presence_events import PresenceChanged
from console.conversation.queue import AtWork, Move, in_order, misfit, next_for, rebalanced
from console.conversation.queue_commands import InLine, Park, QueuePage, Transfer
from console.conversation.queue_events import ConversationTransferred
from console.conversation.queue_rules import QueueRules
from console.conversation.state import Conversation
from console.desk.casework import Casework, owned
from console.desk.errors import Forbidden, NotFound, Refused, Taken
from console.desk.live import LiveLog
from console.desk.log import LogMoved
from console.desk.presence import Signs
from console.text import clean, clean_line

LEADS: Final = frozenset({Role.LEAD, Role.ADMIN})
"""Roles that move other people's conversations."""


class Queue:
    """The queue of a desk. ``rules`` may be replaced at any time."""

    def __init__(
        self,
        live: LiveLog,
        casework: Casework,
        signs: Signs,
        rules: QueueRules,
        now: Callable[[], datetime],
        visible: Callable[[Agent, str], bool],
    ) -> None:
        """``visible`` tells which conversations a member of staff may see: nobody is shown or given any other."""
        self.rules, self._visible = rules, visible
        self._live, self._casework, self._signs, self._now = live, casework, signs, now
        self._loads = Loads()
        self._names: dict[str, str] = {}
        self._offered: dict[str, str] = {}
        """Conversations that are being given to an agent right now."""

    async def start(self) -> None:
        """Learn who works here and what they bear; the log must have been read. Then follow what happens."""
        for event in await self._live.history(""):
            self._learn_name(event)
        for row in self._live.rows.values():
            if row.agent:
                self._names.setdefault(row.agent, row.agent_name)
                self._loads.bears(row, self._now())
        self._live.watchers.append(self._watch)

    def _watch(self, event: Event) -> None:
        self._learn_name(event)
        if event.actor.startswith("agent:"):
            self._signs.seen(event.actor.removeprefix("agent:"))
        if event.conversation:
            self._loads.apply(event, self._live.rows.get)
            row = self._live.rows.get(event.conversation)
            if row is not None and row.agent:
                self._names.setdefault(row.agent, row.agent_name)

    def _learn_name(self, event: Event) -> None:
        if isinstance(event.data, PresenceChanged):
            self._names[event.data.agent] = event.data.name

    # Who is there

    def at_work(self, agent: str, name: str = "", held: Counter[str] | None = None) -> AtWork:
        """Return how an agent stands; ``held`` is how many conversations each agent has, if that is known already."""
        name = self._names.get(agent, name) or agent
        member = self.rules.member(name)
        has = (self._held() if held is None else held)[agent]
        load = self._loads.of(agent, self._now())
        capacity = member.capacity or self.rules.capacity
        return AtWork(agent, name, member.tiers, member.skills, capacity, has, load)

    def _held(self) -> Counter[str]:
        """Return how many conversations each agent has, or is being given."""
        active = Counter(row.agent for row in self._live.rows.values() if row.status is Status.ACTIVE)
        return active + Counter(self._offered.values())

    def team(self) -> tuple[AtWork, ...]:
        """Return who takes conversations right now, by name."""
        there = (agent for agent, presence in self._live.presences.items() if presence is Presence.ONLINE)
        held = self._held()
        found = [self.at_work(agent, held=held) for agent in there if not self.gone(agent)]
        return tuple(sorted(found, key=lambda one: (one.name, one.id)))

    def gone(self, agent: str) -> bool:
        """Whether an agent has vanished: no sign of their console for the time that the rules give."""
        return bool(self.rules.gone_after) and self._signs.gone_for(agent) > self.rules.gone_after

    def page(self, agent: Agent) -> QueuePage:
        """Return the queue as an agent sees it."""
        looking = self.at_work(agent.id, agent.name)
        rows = self._seen(agent)
        line = tuple(
            InLine(row.id, urgent.reasons, misfit(looking, row)) for row, urgent in in_order(rows, self._now())
        )
        team = self.team()
        return QueuePage(line, team, self._moves(team) if agent.role in LEADS else ())

    def _seen(self, agent: Agent) -> list[InboxRow]:
        return [row for row in self._live.rows.values() if self._visible(agent, row.id)]

    def _moves(self, team: Sequence[AtWork]) -> tuple[Move, ...]:
        """Return what is better with somebody else who may see it."""
        moves = rebalanced(list(self._live.rows.values()), team)
        return tuple(m for m in moves if self._visible(Agent(m.target.id, m.target.name), m.conversation))

    # Giving out

    async def next(self, agent: Agent) -> tuple[Conversation, tuple[str, ...]]:
        """Give an agent the waiting conversation that is next for them, with why. Raises :class:`Refused`.

        Agents who ask at the same moment get different ones.
        """
        while True:
            own = self.at_work(agent.id, agent.name)
            if not own.room:
                raise Refused(f"you have {own.has} of {own.capacity} conversations; close or park one first")
            rows = [row for row in self._seen(agent) if row.id not in self._offered]
            offer = next_for(own, rows, self.team(), self.rules.targets, self._now())
            if offer is None:
                raise NotFound(self._nobody_for(agent, own))
            self._offered[offer.conversation] = agent.id
            try:
                return await self._casework.claim(agent, offer.conversation), offer.reasons
            except (Taken, Refused):
                continue  # somebody chose it by hand meanwhile, or it was closed
            finally:
                del self._offered[offer.conversation]

    def _nobody_for(self, agent: Agent, own: AtWork) -> str:
        waiting = [row for row in self._seen(agent) if row.status is Status.WAITING]
        if not waiting:
            return "nobody waits"
        why = next((why for row in waiting if (why := misfit(own, row))), "colleagues are free for them")
        return f"nobody waits for you: {len(waiting)} wait for others ({why})"

    async def transfer(self, by: Agent, conversation: str, command: Transfer) -> None:
        """Pass a conversation on; its agent may, and a lead. Raises :class:`Taken` or :class:`Refused`."""
        note, skill = clean(command.note), self._known(clean_line(command.skill))
        if bool(command.agent) + bool(skill) + bool(command.tier) != 1:
            raise Refused("pass it on to one of these: a colleague, a skill or a tier")
        async with self._live.lock(conversation):
            while True:
                state = await self._workable(by, conversation)
                target = self._target(by, state, command)
                to = (target.id, target.name) if target else ("", "")
                passed = ConversationTransferred(by.id, *to, skill, command.tier, clean_line(note))
                batch: list[EventData] = [NoteAdded(_passed_on(passed, note), by.name), passed]
                try:
                    await self._record(by, conversation, batch, state.seq)
                except LogMoved:  # the second chair said something, or another server was faster
                    await self._live.catch_up()
                else:
                    return

    def _known(self, skill: str) -> str:
        """Return a skill as it is known here; raises :class:`Refused` with the nearest for one that nobody can have.

        Where a company works without skills, any name is one.
        """
        known = {name.casefold(): name for name in self.rules.known_skills}
        if not skill or not known or skill.casefold() in known:
            return known.get(skill.casefold(), skill)
        near = get_close_matches(skill.casefold(), known, n=1)
        hint = f"did you mean '{known[near[0]]}'?" if near else f"there are: {', '.join(self.rules.known_skills)}"
        raise Refused(f"nobody here has the skill '{skill}'; {hint}")

    async def _workable(self, by: Agent, conversation: str) -> Conversation:
        if by.role not in LEADS:
            return await owned(self._live, by, conversation)
        state = await self._live.state(conversation)
        if state.status is Status.CLOSED:
            raise Refused("this conversation is closed; reopen it first")
        return state

    def _target(self, by: Agent, state: Conversation, command: Transfer) -> AtWork | None:
        if not command.agent:
            return None
        if command.agent == state.agent:
            raise Refused(f"{state.agent_name} has this conversation already")
        if command.agent == by.id:
            return self.at_work(by.id, by.name)
        target = next((one for one in self.team() if one.id == command.agent), None)
        if target is None:
            name = self._names.get(command.agent, "this colleague")
            raise Refused(f"{name} is not there right now; pass it on to a skill or a tier instead")
        if not target.room and not (command.over and by.role in LEADS):
            raise Refused(f"{target.name} has {target.has} of {target.capacity} conversations; ask somebody else")
        return target

    async def rebalance(self, lead: Agent) -> tuple[Move, ...]:
        """Move what is better with somebody else; returns what was moved."""
        if lead.role not in LEADS:
            raise Forbidden("only a team lead can do this")
        done: list[Move] = []
        for move in self._moves(self.team()):
            try:
                await self.transfer(lead, move.conversation, Transfer(agent=move.target.id, note=move.reason))
            except (Refused, Taken):
                continue  # it moved by itself meanwhile
            done.append(move)
        return tuple(done)

    async def park(self, agent: Agent, conversation: str, command: Park) -> None:
        """Set a conversation aside until the customer writes, or until a moment that lies ahead."""
        if command.until is not None and (command.until.tzinfo is None or command.until <= self._now()):
            raise Refused("the time to wake it should lie ahead, and name its time zone")
        async with self._live.lock(conversation):
            await owned(self._live, agent, conversation)
            parked = ConversationReleased(parked=True, reason=clean_line(command.reason), until=command.until)
            await self._record(agent, conversation, [parked])

    async def _record(self, agent: Agent, conversation: str, batch: list[EventData], expect: int | None = None) -> None:
        events = [NewEvent(conversation, f"agent:{agent.id}", data, self._now()) for data in batch]
        await self._live.record(events, expect=expect)


def _passed_on(passed: ConversationTransferred, note: str) -> str:
    """Return the line that the history keeps: to whom, and why where that was said."""
    if passed.agent:
        to = f"to {passed.name}"
    else:
        to = f"for the skill “{passed.skill}”" if passed.skill else f"from tier {passed.tier} on"
    return f"Passed on {to}: {note}" if note else f"Passed on {to}"
