"""Keeps a hand-over packet ready for every conversation that waits for a person.

It is made at each hand-over, and anew when the customer writes, or turns out to be somebody else, before anybody has
taken the conversation; and whenever it goes from one person to another, or back to the queue. One that was made while
the second chair was silent is made anew once it is not.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from time import perf_counter
from typing import Final

import structlog

from console.assist.packet import Handed
from console.conversation.assist_events import AssistanceHidden
from console.conversation.boundary_events import AssistanceAllowed
from console.conversation.events import (
    ConversationReleased,
    Event,
    EventData,
    HandedOver,
    IdentityChanged,
    MessageAdded,
    NewEvent,
    NoteAdded,
    RoutingChanged,
)
from console.conversation.message import Author, Layer, Status
from console.conversation.packet import EarlierContact, darkened, without_opening
from console.conversation.packet_events import PacketPrepared
from console.conversation.queue_events import ConversationReturned, ConversationTransferred
from console.conversation.state import Conversation
from console.desk.assistant import Assistant, talk_of
from console.desk.earlier import earlier_contacts
from console.desk.hold_out import HoldOut
from console.desk.live import LiveLog
from console.desk.pace import Pace, Turns
from console.desk.running import Fresh, Running, every

NOTES: Final = 3
"""Colleagues' notes that a packet holds, the newest; the others stand in the transcript."""

_log = structlog.get_logger(__name__)


class Packets:
    """Records ``packet-prepared``, and before the first one whether the conversation is held out.

    ``equipped`` says whether the engine can tell by now what is for people alone; until it can, packets are dark.
    ``pace`` tells who floods; without it, one of its own does. Without ``hold_out`` nothing is held out.
    """

    def __init__(
        self,
        live: LiveLog,
        assistant: Callable[[], Assistant],
        now: Callable[[], datetime],
        equipped: Callable[[], bool],
        pace: Pace | None = None,
        hold_out: HoldOut | None = None,
    ) -> None:
        self._turns, self._hold_out = Turns(pace or Pace(live)), hold_out or HoldOut()
        self._live, self._assistant, self._now, self.equipped = live, assistant, now, equipped
        self._wanted: dict[str, tuple[int, float]] = {}
        """The newest call for each conversation, and when it was made."""
        self._if_dark: set[str] = set()
        """Conversations whose packet is made anew only where it is a dark one: any other stays as it was read."""
        self._calls = count(1)
        self._running = Running()
        self._closed = False
        live.watchers.append(self._watch)

    def ready(self) -> None:
        """Make the packets of all who wait anew, because the engine has come or has changed; and all that are dark."""
        self.resume(every)
        for row in list(self._live.rows.values()):
            if row.status in {Status.ACTIVE, Status.PARKED}:
                self._want_if_dark(row.id)

    def resume(self, fresh: Fresh) -> None:
        """Make the packets of those who wait and have just come to this server."""
        for row in list(self._live.rows.values()):
            if row.status is Status.WAITING and fresh(row.id):
                self.want(row.id)

    async def settled(self, conversation: str) -> None:
        """Wait until the packet that is being made of a conversation is there; at once where none is."""
        await self._running.ended(conversation)

    def busy(self) -> tuple[str, ...]:
        """Return the conversations that are worked right now; from any thread."""
        return self._running.names()

    async def close(self) -> None:
        """Stop; what was begun is dropped."""
        self._closed = True
        self._wanted.clear()
        await self._running.close()

    def _watch(self, event: Event) -> None:
        row = self._live.rows.get(event.conversation)
        if isinstance(event.data, ConversationTransferred):
            self.want(event.conversation)
        if isinstance(event.data, AssistanceHidden | AssistanceAllowed):
            self._want_if_dark(event.conversation)
        if row is None or row.status is not Status.WAITING:
            return
        match event.data:
            case HandedOver() | IdentityChanged() | ConversationReleased() | ConversationReturned() | NoteAdded():
                self.want(event.conversation)
            case MessageAdded(role=Author.CUSTOMER | Author.SYSTEM):
                self.want(event.conversation)
            case RoutingChanged(routing=routing) if routing.layer is Layer.HUMAN_ONLY:
                self.want(event.conversation)
            case _:
                pass

    def want(self, conversation: str) -> None:
        """Make a conversation's packet anew, whoever has it: somebody is about to take it over."""
        self._if_dark.discard(conversation)
        self._begin(conversation)

    def _want_if_dark(self, conversation: str) -> None:
        if conversation not in self._wanted:  # else it is about to be made as things stand now
            self._if_dark.add(conversation)
            self._begin(conversation)

    def _begin(self, conversation: str) -> None:
        if self._closed or not self._live.mine(conversation):
            return
        self._wanted[conversation] = next(self._calls), perf_counter()
        self._running.begin(conversation, self._work)

    async def _work(self, conversation: str) -> None:
        try:
            while conversation in self._wanted:
                await self._turns.wait(conversation)
                call = self._wanted[conversation]
                try:
                    await self._prepare(conversation, call)
                except Exception:  # without a packet people read the transcript; the others keep theirs
                    _log.exception("no hand-over packet", conversation=conversation)
                if self._wanted.get(conversation) == call:
                    del self._wanted[conversation]
        finally:
            self._running.done(conversation)

    async def _prepare(self, conversation: str, call: tuple[int, float]) -> None:
        state = await self._live.state(conversation)
        if state.handover is None or not state.messages:
            return
        if conversation in self._if_dark and (state.dark or state.packet is None or not state.packet.dark):
            return
        assistant, talk = self._assistant(), talk_of(state, self._now().date())
        handed = handed_of(state, await earlier_contacts(self._live, state, self._now()))
        talk = replace(talk, hidden=talk.hidden or not self.equipped())
        packet = await asyncio.to_thread(assistant.packet, talk, handed)
        packet = without_opening(packet) if _has_begun(state) else packet
        layer = (
            Layer.HUMAN_ONLY if packet.dark else Layer.ASSISTED
        )  # a dark one says no more than that it may not speak
        assigned = self._hold_out.assigned(state, layer)
        packet = darkened(packet, state.messages) if assigned and assigned.held_out else packet
        if self._wanted.get(conversation) != call or (packet == state.packet and not assigned):
            return
        ms = round((perf_counter() - call[1]) * 1000, 3)
        parts: list[EventData] = [assigned] if assigned else []
        parts.append(PacketPrepared(packet, ms))
        now = self._now()
        await self._live.record_soon([NewEvent(conversation, "assist", part, now) for part in parts])


def _has_begun(state: Conversation) -> bool:
    """Return whether whoever has it has written since they took it: a first sentence comes too late."""
    since = state.taken_at
    return state.status is not Status.WAITING and any(
        m.role is Author.AGENT and (since is None or m.at is None or m.at > since) for m in state.messages
    )


def handed_of(state: Conversation, earlier: Sequence[EarlierContact] = ()) -> Handed:
    """Return what is known of a hand-over from the conversation's state."""
    handover = state.handover
    return Handed(
        reason=handover.reason if handover else "",
        triggers=handover.triggers if handover else (),
        identity=state.identity,
        flags=tuple(state.flags.values()),
        moods=dict(state.moods),
        earlier=tuple(earlier),
        notes=tuple(f"{note.author}: {note.text}" for note in state.notes[-NOTES:]),
        answers=tuple(state.bot.cited),
    )
