"""Doubles for a desk's ports, and short ways of saying what happens on one."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from console.assist.completions import Completion
from console.assist.packet import Handed, packet_of
from console.assist.talk import Talk
from console.assist.wrap_up.making import Ending, wrap_up_of
from console.conversation.assist_events import RepliesSuggested, SuggestionsShown
from console.conversation.assistance import (
    Citation,
    Flag,
    Severity,
    SourceType,
    Suggestion,
    Support,
    flag_id,
    suggestion_id,
)
from console.conversation.events import Event, EventData, NewEvent
from console.conversation.message import Author
from console.conversation.packet import Packet
from console.conversation.people import Agent, Customer, Identity, Role
from console.conversation.state import Conversation
from console.conversation.wrap_up import Wrapped, WrapUpProposal
from console.desk.desk import Desk
from console.desk.intake import Incoming

ROBIN = Agent("robin", "Robin Ashdale")
SAM = Agent("sam", "Sam Oldfield")
MARTA = Agent("marta", "Marta Quill", Role.LEAD)
DANA = Customer("dana-kovel", "Dana Kovel", "Dana", value=1240.5)


@dataclass
class Clock:
    """The time of day, as the test says."""

    time: datetime = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time."""
        return self.time

    def forward(self, seconds: float) -> None:
        """Let time pass."""
        self.time += timedelta(seconds=seconds)


@dataclass
class Chair:
    """An assist engine: ``says`` is what it yields at a turn, ``judges`` what it holds against a draft."""

    says: Callable[[Talk], Iterator[EventData]] = lambda talk: iter(())
    judges: Callable[[str], Sequence[Flag]] = lambda draft: ()
    publishes: tuple[str, ...] = ()
    turns: list[str] = field(default_factory=list)
    """Turns it was asked about, in order."""

    def turn(self, talk: Talk, cancelled: Callable[[], bool]) -> Iterator[EventData]:
        """Yield what the test wrote, until cancelled."""
        self.turns.append(talk.turn)
        for part in self.says(talk):
            yield part
            if cancelled():
                return

    def check(self, talk: Talk, draft: str) -> Sequence[Flag]:
        """Return what the test holds against the draft."""
        return self.judges(draft)

    def packet(self, talk: Talk, handed: Handed) -> Packet:
        """Return a packet of what stands in the conversation."""
        return packet_of(talk, handed)

    def wrap_up(self, talk: Talk, earlier: Wrapped | None) -> WrapUpProposal:
        """Return what is read from the conversation alone."""
        return wrap_up_of(talk, Ending(earlier=earlier))

    def published(self, talk: Talk) -> Sequence[str]:
        """Return what the test publishes."""
        return self.publishes

    def completions(self, talk: Talk, suggestions: tuple[Suggestion, ...]) -> Sequence[Completion]:
        """Complete to the suggestions' own words."""
        return [Completion(s.text, 3) for s in suggestions]


def suggestion(text: str, turn: str = "m1", kind: str = "macro", source: str = "reship") -> Suggestion:
    """Return a suggestion with a source."""
    cited = Citation(SourceType.MACRO, source, text, "Reship")
    return Suggestion(suggestion_id(turn, kind, text), text, kind, 0.8, Support.FULL, (cited,))


def flag(policy: str, severity: Severity, span: str = "refund", message: str = "draft") -> Flag:
    """Return a flag of a policy."""
    return Flag(flag_id(policy, message, span), policy, severity, message, span, "Ask a lead.", policy, "Refunds §2")


def watch(word: str, policy: str, severity: Severity) -> Callable[[str], Sequence[Flag]]:
    """Return a judgement that flags drafts in which a word stands."""
    return lambda draft: (flag(policy, severity, word),) if word in draft else ()


async def arrive(
    desk: Desk, conversation: str = "c1", *texts: str, customer: Customer = DANA, channel: str = ""
) -> str:
    """Let a customer be handed over after writing, and their packet be ready; return the conversation's id."""
    before = [Incoming(Author.CUSTOMER, text, f"k{n}") for n, text in enumerate(texts or ("My boots are late",))]
    opened = await desk.intake.open(
        channel or "test",
        customer,
        conversation=conversation,
        level=Identity.VERIFIED,
        before=before,
        handover="asked for a person",
    )
    await desk.packets.settled(opened)
    return opened


async def writes(desk: Desk, text: str, key: str = "", conversation: str = "c1") -> None:
    """Let the customer write."""
    await desk.intake.receive(conversation, Incoming(Author.CUSTOMER, text, key))


async def suggest(desk: Desk, *suggestions: Suggestion, turn: str = "m1", conversation: str = "c1") -> None:
    """Let suggestions be made, and stand on the agent's screen."""
    shown = SuggestionsShown(turn, tuple(s.id for s in suggestions))
    await desk.live.record([NewEvent(conversation, "assist", RepliesSuggested(turn, suggestions), desk.now())])
    await desk.live.record([NewEvent(conversation, "agent:robin", shown, desk.now())])


async def events_of(desk: Desk, kind: type[EventData], conversation: str | None = None) -> list[Event]:
    """Return the events of a kind in the log."""
    return [event for event in await desk.live.history(conversation) if isinstance(event.data, kind)]


async def until(holds: Callable[[], bool | Awaitable[bool]], within: float = 10.0) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(within):
        while True:
            found = holds()
            if found if isinstance(found, bool) else await found:
                return
            await asyncio.sleep(0.005)


async def state_when(desk: Desk, holds: Callable[[Conversation], bool], conversation: str = "c1") -> Conversation:
    """Return the state of a conversation once something is so."""

    async def now() -> bool:
        return holds(await desk.live.state(conversation))

    await until(now)
    return await desk.live.state(conversation)


async def wound_down(desk: Desk) -> None:
    """End what a desk does, and leave its log open."""
    for task in desk._tasks:
        task.cancel()
    await asyncio.gather(*desk._tasks, return_exceptions=True)
    await desk.assistance.close()
