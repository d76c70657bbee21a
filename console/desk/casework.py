"""What an agent does with a conversation other than writing to the customer."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from console.conversation.commands import AddNote, Close, Release, Reopen, SaveDraft
from console.conversation.events import (
    WORKSPACE,
    ConversationClaimed,
    ConversationClosed,
    ConversationReleased,
    ConversationReopened,
    EventData,
    MessageAdded,
    NewEvent,
    NoteAdded,
)
from console.conversation.message import Status
from console.conversation.people import Agent, Presence
from console.conversation.presence_events import PresenceChanged
from console.conversation.state import Conversation
from console.desk.errors import KeyReused, Refused, Taken
from console.desk.hub import Signal
from console.desk.live import LiveLog
from console.desk.log import Appended, LogMoved
from console.text import clean, clean_line

KEY_LENGTH: Final = 200
"""Longest key of a text, in characters."""


class Casework:
    """Claiming, parking, closing, notes, presence, drafts."""

    def __init__(self, live: LiveLog, now: Callable[[], datetime]) -> None:
        self._live = live
        self._now = now
        self.final: Mapping[str, str] = {}
        """Channels whose conversations stay closed, with what is said to who wants to reopen one."""

    async def claim(self, agent: Agent, conversation: str) -> Conversation:
        """Take a conversation that nobody has; one's own again is fine. Raises :class:`Taken`, :class:`Refused`."""
        async with self._live.lock(conversation):
            while True:
                state = await self._live.state(conversation)
                if state.status is Status.CLOSED:
                    raise Refused("this conversation is closed; reopen it first")
                if state.agent and state.agent != agent.id:
                    raise Taken(f"{state.agent_name} has this conversation")
                if state.agent == agent.id and state.status is Status.ACTIVE:
                    return state
                claimed = ConversationClaimed(agent.id, agent.name)
                try:
                    await self._record(agent, conversation, claimed, expect=state.seq)
                except LogMoved:  # the customer wrote, a suggestion came, or another server's agent was faster
                    await self._live.catch_up()

    async def release(self, agent: Agent, conversation: str, command: Release) -> None:
        """Give it back to the queue, or park it until the customer writes."""
        async with self._live.lock(conversation):
            await owned(self._live, agent, conversation)
            await self._record(agent, conversation, ConversationReleased(command.parked, clean_line(command.reason)))

    async def close(self, agent: Agent, conversation: str, command: Close, before: Sequence[EventData] = ()) -> None:
        """End it; what is recorded ``before`` the end stands in the same transaction."""
        async with self._live.lock(conversation):
            await owned(self._live, agent, conversation)
            data = ConversationClosed(clean_line(command.disposition), command.resolved, clean(command.note))
            await self._live.record(
                [NewEvent(conversation, _actor(agent), item, self._now()) for item in (*before, data)]
            )

    async def reopen(self, agent: Agent, conversation: str, command: Reopen) -> None:
        """Take a closed conversation up again."""
        async with self._live.lock(conversation):
            state = await self._live.state(conversation)
            if state.status is not Status.CLOSED:
                raise Refused("this conversation is not closed")
            if state.generated:
                raise Refused("this is generated history: there is nobody to write to")
            if state.channel in self.final:
                raise Refused(self.final[state.channel])
            await self._record(agent, conversation, ConversationReopened(clean_line(command.reason)))

    async def note(self, agent: Agent, conversation: str, command: AddNote) -> None:
        """Write an internal note; any colleague may."""
        text = clean(command.text)
        if not text:
            raise Refused("the note is empty")
        await self._live.state(conversation)
        note, key = NoteAdded(text, agent.name), keyed(agent, conversation, NoteAdded, command.key)
        done = await self._live.record([NewEvent(conversation, _actor(agent), note, self._now(), "console", key)])
        require_same(done, text)

    async def presence(self, agent: Agent, presence: Presence) -> None:
        """Come online, take a break, go."""
        if self._live.presences.get(agent.id) is not presence:
            await self._record(agent, WORKSPACE, PresenceChanged(agent.id, agent.name, presence))

    async def save_draft(self, agent: Agent, conversation: str, command: SaveDraft) -> None:
        """Keep the agent's unsent text of a conversation."""
        await self._live.state(conversation)
        await self._live.call(lambda log: log.save_draft(agent.id, conversation, command.text[:20_000]))

    async def drafts(self, agent: Agent) -> tuple[str, ...]:
        """Return the conversations in which the agent has an unsent text."""
        drafts = await self._live.call(lambda log: log.drafts(agent.id))
        return tuple(conversation for conversation, text in drafts.items() if text.strip())

    async def draft(self, agent: Agent, conversation: str) -> str:
        """Return the agent's unsent text of a conversation."""
        drafts = await self._live.call(lambda log: log.drafts(agent.id))
        return drafts.get(conversation, "")

    def typing(self, agent: Agent, conversation: str, active: bool) -> None:
        """Tell the customer and colleagues that the agent types, or has stopped."""
        self._live.pass_on(Signal(conversation, f"agent:{agent.id}", active))

    async def _record(self, agent: Agent, conversation: str, data: EventData, expect: int | None = None) -> None:
        await self._live.record([NewEvent(conversation, _actor(agent), data, self._now())], expect=expect)


async def owned(live: LiveLog, agent: Agent, conversation: str) -> Conversation:
    """Return the state of a conversation that ``agent`` has; raises :class:`Taken` or :class:`Refused` otherwise."""
    state = await live.state(conversation)
    if state.status is Status.CLOSED:
        raise Refused("this conversation is closed; reopen it first")
    return require_agent(state, agent)


def require_agent(state: Conversation, agent: Agent) -> Conversation:
    """Return the state when ``agent`` has the conversation, open or closed; raises :class:`Taken` otherwise."""
    if state.agent != agent.id:
        raise Taken(f"{state.agent_name} has this conversation" if state.agent else "take this conversation first")
    return state


def keyed(agent: Agent, conversation: str, kind: type[MessageAdded | NoteAdded], key: str) -> str:
    """Return the id under which an agent's text is written once, however often it is sent; raises :class:`Refused`.

    A key counts for its agent, its conversation and one kind of text.
    """
    if not key.strip() or len(key) > KEY_LENGTH:
        raise Refused(f"a text needs a key of 1 to {KEY_LENGTH} characters, a new one for each text")
    return f"{kind.__name__}:{conversation}:{agent.id}:{key}"


def require_same(done: Appended, text: str) -> None:
    """Raise :class:`KeyReused` when what stands in the log under the key is another text."""
    said = done.events[0].data
    if not isinstance(said, MessageAdded | NoteAdded) or said.text != text:
        raise KeyReused("this key was used for another text already; nothing was written, send it with a new key")


def _actor(agent: Agent) -> str:
    return f"agent:{agent.id}"
