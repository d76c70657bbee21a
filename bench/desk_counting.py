"""Counts from a desk's log what became of a run's conversations."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from console.conversation.bot_events import BotDecided, Decided
from console.conversation.events import (
    ConversationClaimed,
    ConversationClosed,
    Event,
    HandedOver,
    MessageAdded,
)
from console.conversation.message import Author
from console.conversation.packet_events import PacketPrepared
from console.conversation.queue_events import ConversationTransferred

Written = Mapping[str, Sequence[str]]
"""What customers and agents wrote in each conversation, in order, by those who wrote it."""


@dataclass(slots=True)
class Timings:
    """Milliseconds of what people wait for."""

    claims: list[float] = field(default_factory=list)
    """From asking for the next conversation to having it."""
    screens: list[float] = field(default_factory=list)
    """From a customer's message coming in to its event being handed to the consoles."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to, counted from the log."""

    lost: int
    """Conversations that neither the bot nor a person answered last: of those handed over, that nobody closed."""
    claimed_twice: int
    """Times that a conversation was given to an agent while another had it."""
    out_of_order: int
    """Conversations in which not exactly what was written stands, in the order in which it was."""
    spoke_on: int
    """Messages of the bot after people had the conversation."""
    kept: int
    """Conversations that ended with the bot."""
    answered: int
    """Those of them whose last word is an answer."""
    most_held: int
    """Conversations that one agent had at the same time at most."""
    packets: tuple[float, ...]
    """Milliseconds from each hand-over to its first packet, as the log has them."""
    without_packet: int
    """Conversations that were handed over and never had a packet."""
    events: int


@dataclass(slots=True)
class _Seen:
    """One conversation."""

    said: list[str] = field(default_factory=list)
    last: Author | None = None
    decision: Decided | None = None
    owner: str = ""
    handed: bool = False
    closed: bool = False
    packet: float | None = None
    spoke_on: int = 0


def counted(history: Sequence[Event], written: Written) -> Outcome:
    """Return what stands in the log of these conversations."""
    seen: defaultdict[str, _Seen] = defaultdict(_Seen)
    holds: Counter[str] = Counter()
    twice = most = 0
    for event in history:
        one = seen[event.conversation]
        match event.data:
            case ConversationClaimed(agent=agent):
                twice += bool(one.owner)
                one.owner = agent
                holds[agent] += 1
                most = max(most, holds[agent])
            case ConversationTransferred() | ConversationClosed():
                holds[one.owner] -= 1
                one.owner, one.closed = "", isinstance(event.data, ConversationClosed)
            case _:
                _take(one, event)
    ours = [seen[name] for name in written]
    return Outcome(
        lost=sum(_lost(one) for one in ours),
        claimed_twice=twice,
        out_of_order=sum(seen[name].said != list(texts) for name, texts in written.items()),
        spoke_on=sum(one.spoke_on for one in ours),
        kept=sum(not one.handed for one in ours),
        answered=sum(not one.handed and one.decision is Decided.ANSWER for one in ours),
        most_held=most,
        packets=tuple(one.packet for one in ours if one.packet is not None),
        without_packet=sum(one.handed and one.packet is None for one in ours),
        events=len(history),
    )


def _take(one: _Seen, event: Event) -> None:
    match event.data:
        case MessageAdded(role=role, text=text) if role is not Author.SYSTEM:
            one.last = role
            if role is Author.BOT:
                one.spoke_on += one.handed
            else:
                one.said.append(text)
        case BotDecided(decision=decision):
            one.decision = decision
        case HandedOver():
            one.handed = True
        case PacketPrepared(ms=ms) if one.packet is None:
            one.packet = ms
        case _:
            pass


def _lost(one: _Seen) -> bool:
    return not one.closed if one.handed else one.last is not Author.BOT
