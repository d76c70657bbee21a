"""What the customer of a conversation may see of it: an allow-list, pure.

Only what is named here leaves the desk for the customer. Every other event (notes, suggestions, flags, moods, routing,
approvals, look-up results) is passed over, and so is every field that is not taken over by name. Items are numbered
from 1 in each conversation, so that a browser can resume after a number and learns nothing of the workspace's own.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from console.conversation.bot_events import BotDecided, Decided
from console.conversation.boundary_events import AssistanceAllowed
from console.conversation.events import (
    ConversationClaimed,
    ConversationClosed,
    ConversationReleased,
    Event,
    EventData,
    HandedOver,
    MessageAdded,
    RoutingChanged,
)
from console.conversation.message import Author, Layer
from console.conversation.place import in_words
from console.conversation.queue_events import (
    ConversationReturned,
    ConversationTransferred,
    OutOfHoursTold,
    PlaceTold,
)
from console.conversation.satisfaction_events import CsatGiven
from console.desk.channels.transition import transition
from console.desk.hub import Signal
from console.text import clean_line


class Speaker(StrEnum):
    """Who speaks, as seen by the customer."""

    YOU = "you"
    AGENT = "agent"
    BOT = "bot"


class NoticeKind(StrEnum):
    """What a notice is about."""

    HANDED_OVER = "handed-over"
    JOINED = "joined"
    CLOSED = "closed"
    PLACE = "place"
    """Where they stand in the queue; a later one takes the place of an earlier one."""
    OUT_OF_HOURS = "out-of-hours"
    PASSED_ON = "passed-on"
    RETURNED = "returned"
    RATED = "rated"
    """The customer has said how satisfied they are."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that came with a message; the page asks for it by its id. ``type`` is told by its bytes."""

    id: str
    name: str
    type: str
    size: int


@dataclass(frozen=True, slots=True)
class Said:
    """A message; ``name`` is the agent's first name, ``key`` the customer's own key of a message of theirs."""

    number: int
    speaker: Speaker
    text: str
    at: datetime
    name: str = ""
    key: str = ""
    files: tuple[SentFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """A line about the conversation, in words for the customer; ``name`` is the first name of who has joined."""

    number: int
    notice: NoticeKind
    text: str
    at: datetime
    name: str = ""
    asks: bool = False
    """Whether the customer may be asked how satisfied they are; only where a conversation ends."""


@dataclass(frozen=True, slots=True)
class AgentTyping:
    """The agent types, or has stopped; not numbered, as it passes."""

    active: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """An agent has read what the customer wrote up to item ``number``; an earlier one afterwards changes nothing."""

    number: int


Item = Said | Notice

_SPEAKERS: Final = {Author.CUSTOMER: Speaker.YOU, Author.AGENT: Speaker.AGENT, Author.BOT: Speaker.BOT}
"""Whose messages the customer sees; ``system`` messages hold look-up results and stay inside."""

_PASSED_ON: Final = (
    "{name} is passing your chat on to a colleague who can help you better. They can read everything you have written."
)
_RETURNED: Final = (
    "We have lost the connection to {name}, and are sorry for that. Your chat is waiting for somebody else of our "
    "team; they can read everything, so there is no need to repeat it."
)
_CLOSED: Final = "This chat has ended. Thank you for talking to us. If anything is left, just write again."
_RATED: Final = "You rated this chat {score} of 5. Thank you."


class Projection:
    """The customer's view of one conversation, built event by event."""

    def __init__(self, conversation: str, channel: str) -> None:
        self._conversation = conversation
        self._channel = channel
        self._agent = ""
        self._agent_name = ""
        self._waiting = self._told = False
        self._own = 0
        self._dark = False
        self.number = 0
        """The number of the newest item; 0 when there is none."""
        self.read = 0
        """The number of the customer's newest item that an agent has read; 0 when there is none."""

    def take(self, event: Event) -> Item | None:
        """Take in the next event and return what the customer sees of it: an item, or nothing."""
        if event.conversation != self._conversation:
            return None
        if shows_reading(event.data):
            self.read = self._own
        self._dark = self._darkened(event.data)
        told, self._told = self._told, isinstance(event.data, BotDecided) and event.data.decision is Decided.HAND_OVER
        match event.data:
            case MessageAdded(role=role) as message if role in _SPEAKERS:
                return self._said(message, event)
            case HandedOver(triggers=triggers):
                return self._handed_over(event, transition(triggers, told=told))
            case ConversationClaimed() as claimed:
                return self._claimed(claimed, event)
            case ConversationClosed() | CsatGiven():
                return self._ended(event)
            case _:
                return self._in_queue(event)

    def signal(self, signal: Signal) -> AgentTyping | None:
        """Return what the customer sees of a passing signal: that the agent who has joined types."""
        if signal.conversation != self._conversation or not self._agent or signal.who != f"agent:{self._agent}":
            return None
        return AgentTyping(signal.active, self._agent_name)

    def _darkened(self, data: EventData) -> bool:
        """Return whether the conversation is for people alone after an event: who is in distress is not surveyed."""
        match data:
            case RoutingChanged(routing=routing):
                return routing.layer is Layer.HUMAN_ONLY
            case AssistanceAllowed(allowed=allowed):
                return not allowed
            case _:
                return self._dark

    def _said(self, message: MessageAdded, event: Event) -> Said:
        speaker = _SPEAKERS[message.role]
        number = self._next()
        if speaker is Speaker.YOU:
            self._own = number
        return Said(
            number=number,
            speaker=speaker,
            text=message.text,
            at=message.written_at or event.at,
            name=first_name(message.author) if speaker is Speaker.AGENT else "",
            key=self._own_key(event) if speaker is Speaker.YOU else "",
            files=tuple(SentFile(a.id, a.name, a.type, a.size) for a in message.attachments),
        )

    def _own_key(self, event: Event) -> str:
        prefix = f"{self._conversation}:"
        own = event.channel == self._channel and event.external_id.startswith(prefix)
        return event.external_id.removeprefix(prefix) if own else ""

    def _handed_over(self, event: Event, text: str) -> Notice | None:
        if self._waiting:
            return None
        self._waiting = True
        return self._notice(NoticeKind.HANDED_OVER, text, event)

    def _ended(self, event: Event) -> Notice:
        if isinstance(event.data, CsatGiven):
            return self._notice(NoticeKind.RATED, _RATED.replace("{score}", str(event.data.score)), event)
        self._agent, self._agent_name, self._waiting = "", "", False
        return self._notice(NoticeKind.CLOSED, _CLOSED, event, asks=not self._dark)

    def _claimed(self, claimed: ConversationClaimed, event: Event) -> Notice | None:
        again = claimed.agent == self._agent
        self._agent, self._agent_name, self._waiting = claimed.agent, first_name(claimed.name), False
        if again:
            return None
        text = f"{self._agent_name or 'One of our team'} has joined the chat."
        return self._notice(NoticeKind.JOINED, text, event, self._agent_name)

    def _in_queue(self, event: Event) -> Notice | None:
        """What the customer sees of the queue; not who passed them on to whom, nor why."""
        match event.data:
            case ConversationTransferred(agent=agent, name=name) if agent:
                return self._claimed(ConversationClaimed(agent, name), event)
            case ConversationTransferred() | ConversationReturned():
                return self._left(event)
            case PlaceTold() as told:
                return self._notice(NoticeKind.PLACE, in_words(told), event)
            case OutOfHoursTold(text=text):
                return self._notice(NoticeKind.OUT_OF_HOURS, text, event)
            case ConversationReleased(parked=False):
                self._agent = self._agent_name = ""
            case _:
                pass
        return None

    def _left(self, event: Event) -> Notice | None:
        """What the customer sees when nobody has them any more; nothing where nobody had."""
        if not self._agent:
            return None
        name = self._agent_name or "your agent"
        self._agent, self._agent_name, self._waiting = "", "", True
        passed_on = isinstance(event.data, ConversationTransferred)
        kind, text = (NoticeKind.PASSED_ON, _PASSED_ON) if passed_on else (NoticeKind.RETURNED, _RETURNED)
        return self._notice(kind, text.replace("{name}", name), event)

    def _notice(self, kind: NoticeKind, text: str, event: Event, name: str = "", *, asks: bool = False) -> Notice:
        return Notice(self._next(), kind, text, event.at, name, asks)

    def _next(self) -> int:
        self.number += 1
        return self.number


def shows_reading(data: EventData) -> bool:
    """Return whether an event shows that an agent has read what the customer wrote: they took it, or answered."""
    match data:
        case ConversationClaimed() | MessageAdded(role=Author.AGENT):
            return True
        case _:
            return False


def first_name(name: str) -> str:
    """Return the first word of a name: all that customers learn of who answers them; empty for an empty name."""
    return next(iter(clean_line(name).split()), "")
