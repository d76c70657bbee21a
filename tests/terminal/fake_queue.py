"""The desk in memory: its queue, and what colleagues do together."""

from typing import TYPE_CHECKING

from console.conversation import events as e
from console.conversation import queue_commands as q
from console.conversation.message import Status
from console.conversation.queue import AtWork, Move, in_order
from console.conversation.queue_events import (
    AsideKind,
    AsideWritten,
    ConversationTransferred,
    LeadCalled,
    WatchBegun,
    WatchEnded,
)
from console.terminal.errors import NotFound, Refused

if TYPE_CHECKING:
    from tests.terminal.fake_desk import FakeDesk


class FakeQueue:
    """That part of :class:`console.terminal.port.Desk`; ``team`` is who else is there."""

    team: tuple[AtWork, ...] = ()
    skills: tuple[str, ...] = ()
    """What can be passed on for; none: any word."""
    full: str = ""
    """Why no more conversations are given out."""
    moves: tuple[Move, ...] = ()

    async def queue(self: "FakeDesk") -> q.QueuePage:
        """Everything that waits is for everybody."""
        self._gate("queue", None)
        rows = (await self.inbox()).rows
        line = tuple(q.InLine(row.id, urgent.reasons) for row, urgent in in_order(rows, self.log[-1].at))
        return q.QueuePage(line, self.team, self.moves, self.skills)

    async def take_next(self: "FakeDesk") -> q.Taken:
        """Give out the most urgent."""
        self._gate("take_next", None)
        if self.full:
            raise Refused(self.full, "refused")
        rows = [row for row in (await self.inbox()).rows if row.status is Status.WAITING]
        if not rows:
            raise NotFound("nobody waits", "not-found")
        row, urgent = in_order(rows, self.log[-1].at)[0]
        page = await self.claim(row.id)
        return q.Taken(page.conversation, page.draft, urgent.reasons)

    async def rebalance(self: "FakeDesk") -> q.QueuePage:
        """Make the moves that the test names."""
        self._gate("rebalance", None)
        for move in self.moves:
            passed = ConversationTransferred(self.agent.id, move.target.id, move.target.name)
            self.append(move.conversation, passed, self._me())
        return q.QueuePage((), self.team, self.moves)

    async def transfer(self: "FakeDesk", conversation: str, body: q.Transfer) -> None:
        """Pass it on."""
        self._gate("transfer", body)
        names = {one.id: one.name for one in self.team} | {self.agent.id: self.agent.name}
        if body.note:
            self.append(conversation, e.NoteAdded(body.note, self.agent.name), self._me())
        to = (body.agent, names[body.agent]) if body.agent else ("", "")
        passed = ConversationTransferred(self.agent.id, *to, body.skill, body.tier, body.note)
        self.append(conversation, passed, self._me())

    async def park(self: "FakeDesk", conversation: str, body: q.Park) -> None:
        """Set it aside."""
        self._gate("park", body)
        self.append(conversation, e.ConversationReleased(parked=True, until=body.until), self._me())

    async def say_aside(self: "FakeDesk", conversation: str, body: q.Say) -> None:
        """Keep what was said."""
        self._gate("say_aside", body)
        state = self.state(conversation)
        names = {one.id: one.name for one in self.team}
        me = (self.agent.id, self.agent.name)
        said = AsideWritten(AsideKind.WHISPERED, body.text, *me, state.agent, state.agent_name)
        if body.to:
            said = AsideWritten(AsideKind.ASKED, body.text, *me, body.to, names[body.to])
        elif any(aside.to == self.agent.id for aside in state.team.asides):
            said = AsideWritten(AsideKind.ANSWERED, body.text, *me)
        self.append(conversation, said, self._me())

    async def call_lead(self: "FakeDesk", conversation: str, body: q.CallLead) -> None:
        """Call one."""
        self._gate("call_lead", body)
        self.append(conversation, LeadCalled(self.agent.id, self.agent.name, body.reason), self._me())

    async def watch(self: "FakeDesk", conversation: str, *, on: bool) -> None:
        """Begin or end."""
        self._gate("watch", on)
        data = WatchBegun(self.agent.id, self.agent.name) if on else WatchEnded(self.agent.id)
        self.append(conversation, data, self._me())
