"""The hand-over packet: all that somebody needs who takes a conversation over, before their first word."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from console.conversation.assistance import Flag, Mood, Suggestion, SummaryLine
from console.conversation.handover import HandoverWhen, Trigger
from console.conversation.message import Author, Message
from console.conversation.people import Identity, Order, PastContact
from console.text import shorten

FELT: Final = frozenset({HandoverWhen.MOOD, HandoverWhen.PREDICTED})
"""What is read from how the customer feels; in human-only it is not said."""

MOST_WORDS: Final = 12
"""Messages of the customer that stand in a packet in their own words, the newest."""

LONGEST_WORDS: Final = 400
"""Characters of each of them; the message itself is one key away."""


class FactKind(StrEnum):
    """What a fact is; the order is the order on the screen."""

    IDENTIFIER = "identifier"
    AMOUNT = "amount"
    DATE = "date"
    DETAIL = "detail"
    LOOK_UP = "look-up"


@dataclass(frozen=True, slots=True)
class PacketFact:
    """Something that was said: ``value`` as written, in each of the messages ``sources`` (one to three)."""

    kind: FactKind
    label: str
    """What it is, in a word or two; empty where nothing tells."""
    value: str
    sources: tuple[str, ...]
    record: str = ""
    """What the customer's record knows of it, such as the order of this number."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was tried for the customer, in the messages ``sources``, and what they answered."""

    text: str
    """Who tried it and what, and how often."""
    sources: tuple[str, ...]
    outcome: str = ""
    """The customer's own words on it; empty where they have not answered."""
    outcome_source: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """What somebody was led to expect."""

    by: str
    """``bot``, an agent's name, or ``customer`` where only the customer says that they were told so."""
    text: str
    message: str


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A message of the customer as they wrote it, its beginning where it is long."""

    text: str
    message: str


@dataclass(frozen=True, slots=True)
class EarlierContact:
    """An earlier conversation of the same customer on this desk."""

    conversation: str
    at: str
    """The day it was last written in, as an ISO date."""
    subject: str
    outcome: str = ""
    same: bool = False
    """Whether it was about the same matter."""
    note: str = ""
    """What whoever closed it noted."""
    to_do: tuple[str, ...] = ()
    """What was still to do then, each in a line."""


@dataclass(frozen=True, slots=True)
class Signal:
    """Something in the customer's record that bears on how to treat them, with the field or order it comes from."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The customer as a customer: what the record says that matters now."""

    value: float = 0.0
    contract: str = ""
    since: str = ""
    vulnerable: bool = False
    complaints: int = 0
    orders: tuple[Order, ...] = ()
    """The newest of them, what is talked of first."""
    contacts: tuple[PastContact, ...] = ()
    """Earlier contacts by the record, the newest first."""
    earlier: tuple[EarlierContact, ...] = ()
    """Earlier conversations by this desk's own log, the newest first."""
    signals: tuple[Signal, ...] = ()


@dataclass(frozen=True, slots=True)
class Packet:
    """What is handed over, as of message ``turn``.

    In human-only conversations (``dark``) there are only the reason, colleagues' notes, the customer, their identity
    and their own words.
    """

    turn: str
    reason: str
    triggers: tuple[Trigger, ...]
    """Why it escalated, the weightiest first."""
    standing: Standing
    identity: Identity
    doubts: tuple[str, ...] = ()
    """What speaks against the customer being who the record is of, or shows that somebody has still to check."""
    notes: tuple[str, ...] = ()
    """Internal notes of colleagues, the newest last, each with who wrote it."""
    words: tuple[OwnWords, ...] = ()
    """The customer's own words; in human-only alone, for elsewhere they are quoted line by line."""
    issue: tuple[SummaryLine, ...] = ()
    """What they came with, and what they want."""
    tried: tuple[Attempt, ...] = ()
    promised: tuple[Promise, ...] = ()
    against: tuple[Flag, ...] = ()
    """What contradicts policy in what the customer has read from the bot or from us."""
    facts: tuple[PacketFact, ...] = ()
    asks: tuple[SummaryLine, ...] = ()
    """What they have asked and nobody has answered."""
    missing: tuple[str, ...] = ()
    """Facts that this kind of matter needs and nobody has given."""
    moods: tuple[float, ...] = ()
    """Their mood so far, -1 to 1, oldest first."""
    mood: Mood | None = None
    matter: str = ""
    """What it is about, as the behaviour is called; empty where none matches."""
    opening: Suggestion | None = None
    """A first sentence that shows that nothing has to be repeated; nothing where none can be said truly."""
    dark: bool = False


def own_words(messages: Sequence[Message]) -> tuple[OwnWords, ...]:
    """Return what the customer wrote, the newest :data:`MOST_WORDS` messages, oldest first."""
    said = [m for m in messages if m.role is Author.CUSTOMER]
    return tuple(OwnWords(shorten(" ".join(m.text.split()), LONGEST_WORDS), m.id) for m in said[-MOST_WORDS:])


def darkened(packet: Packet, messages: Sequence[Message]) -> Packet:
    """Return what of a packet stays where the second chair is silent."""
    if packet.dark:
        return packet
    return Packet(
        turn=packet.turn,
        reason=packet.reason,
        triggers=tuple(t for t in packet.triggers if t.when not in FELT),
        standing=packet.standing,
        identity=packet.identity,
        doubts=packet.doubts,
        notes=packet.notes,
        words=own_words(messages),
        dark=True,
    )


def without_opening(packet: Packet) -> Packet:
    """Return the packet once an agent has written: a first sentence has its place before their first."""
    return replace(packet, opening=None) if packet.opening else packet
