"""Working together on a conversation: asking a colleague, calling a lead, watching, whispering.

Customers see none of it.
"""

from collections.abc import Callable
from datetime import datetime

from console.conversation.events import EventData, NewEvent
from console.conversation.message import Status
from console.conversation.people import Agent
from console.conversation.queue_commands import CallLead, Say
from console.conversation.queue_events import AsideKind, AsideWritten, LeadCalled, WatchBegun, WatchEnded
from console.conversation.state import Conversation
from console.desk.casework import owned
from console.desk.errors import Forbidden, Refused
from console.desk.live import LiveLog
from console.desk.queue import LEADS, Queue
from console.text import clean, clean_line


class Teamwork:
    """What staff do together."""

    def __init__(self, live: LiveLog, queue: Queue, now: Callable[[], datetime]) -> None:
        self._live, self._queue, self._now = live, queue, now
        self.watching = LEADS
        """Roles that may watch: leads, and where people practise trainers, too."""

    async def say(self, by: Agent, conversation: str, command: Say) -> None:
        """Ask a colleague (the agent who has it), answer (who was asked), or whisper to the agent (who watches)."""
        text = clean(command.text)
        if not text:
            raise Refused("there is nothing to say in this text")
        async with self._live.lock(conversation):
            state = await self._open(conversation)
            await self._record(by, conversation, self._said(by, state, text, command.to))

    def _said(self, by: Agent, state: Conversation, text: str, to: str) -> AsideWritten:
        row = self._live.rows.get(state.id)
        if state.agent == by.id:
            if not to:
                raise Refused("say whom you ask")
            colleague = self._queue.at_work(to)
            if to in {by.id, colleague.name}:  # an id without a name is nobody's
                raise Refused("there is no such colleague")
            return AsideWritten(AsideKind.ASKED, text, by.id, by.name, to, colleague.name)
        if row is not None and by.id in row.asked:
            return AsideWritten(AsideKind.ANSWERED, text, by.id, by.name)
        if by.id in dict(state.team.watchers):
            if not state.agent:
                raise Refused("nobody has this conversation: there is nobody to whisper to")
            return AsideWritten(AsideKind.WHISPERED, text, by.id, by.name, state.agent, state.agent_name)
        raise Refused("watch the conversation first, to whisper to its agent")

    async def call_lead(self, agent: Agent, conversation: str, command: CallLead) -> None:
        """Ask for a lead to come in."""
        async with self._live.lock(conversation):
            await owned(self._live, agent, conversation)
            await self._record(agent, conversation, LeadCalled(agent.id, agent.name, clean_line(command.reason)))

    async def watch(self, lead: Agent, conversation: str, *, on: bool) -> None:
        """Begin to watch, or end it; doing so again changes nothing."""
        if lead.role not in self.watching:
            raise Forbidden("only a team lead can watch a conversation")
        async with self._live.lock(conversation):
            state = await self._open(conversation) if on else await self._live.state(conversation)
            if (lead.id in dict(state.team.watchers)) is not on:
                data: EventData = WatchBegun(lead.id, lead.name) if on else WatchEnded(lead.id)
                await self._record(lead, conversation, data)

    async def _open(self, conversation: str) -> Conversation:
        state = await self._live.state(conversation)
        if state.status is Status.CLOSED:
            raise Refused("this conversation is closed; reopen it first")
        return state

    async def _record(self, agent: Agent, conversation: str, data: EventData) -> None:
        await self._live.record([NewEvent(conversation, f"agent:{agent.id}", data, self._now())])
