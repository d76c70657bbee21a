"""Two thousand scripted conversations through a stand-in for the bot, the queue and many agents, over the real desk.

    python -m bench.desk_run [--conversations N] [--agents N]

Customers arrive one after the other and write to the stand-in, which asks once and hands over with stakes, skills and a
mood that the script draws; agents ask for their next conversation at the same moment, answer, now and then pass it on,
and close. Everything goes through the use cases that the server calls, and into a real log on SQLite, flushed to the
disk at each commit. In the end the log is read again, and everything is counted from what stands there.
"""

import argparse
import asyncio
import contextlib
import random
import resource
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Final

from bench.figures import Figure, show
from console.assist.completions import Completion
from console.assist.talk import Talk
from console.conversation.assist_events import MoodRead
from console.conversation.assistance import Flag, Mood, Routing, Suggestion
from console.conversation.commands import Close, SendMessage
from console.conversation.events import (
    ConversationClaimed,
    ConversationClosed,
    Event,
    EventData,
    HandedOver,
    MessageAdded,
    NewEvent,
    RoutingChanged,
)
from console.conversation.message import Author, Layer
from console.conversation.people import Agent, Customer, Presence
from console.conversation.queue_commands import Transfer
from console.conversation.queue_events import ConversationTransferred
from console.conversation.queue_rules import Member, QueueRules
from console.desk.desk import Desk
from console.desk.errors import DeskError, Taken
from console.desk.intake import Incoming
from console.desk.steady import SteadyClock
from console.store import open_log

CONVERSATIONS: Final = 2_000
AGENTS: Final = 24
WAITING: Final = 150
"""Customers who wait at the same time at most; the next one arrives when one has been taken."""

HANDS: Final = 5
"""Conversations that each agent tries to have at the same time: one more than their capacity."""

AGAIN: Final = 0.1
"""Seconds after which a hand that was refused asks again: faster than a person would."""

ARRIVING: Final = 8
"""Customers who arrive at the same moment."""

SKILLS: Final = ("delivery", "refunds", "account")
SAID: Final = ("where is my parcel, number {n}?", "it was due on Monday", "I want to talk to a person")


class Silent:
    """An assist engine that says nothing: what is measured is the desk."""

    def turn(self, talk: Talk, cancelled: object) -> Iterator[EventData]:
        """Yield nothing."""
        return iter(())

    def check(self, talk: Talk, draft: str) -> tuple[Flag, ...]:
        """Let everything out."""
        return ()

    def published(self, talk: Talk) -> tuple[str, ...]:
        """Name nothing."""
        return ()

    def completions(self, talk: Talk, suggestions: tuple[Suggestion, ...]) -> list[Completion]:
        """Complete nothing."""
        return []


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
    """Conversations that were not answered and closed."""
    claimed_twice: int
    """Times that a conversation was given to an agent while another had it."""
    out_of_order: int
    """Conversations whose messages do not stand in the order in which they were written."""
    most_held: int
    """Conversations that one agent had at the same time at most."""
    seconds: float
    events: int
    megabytes: float
    """Memory that the process took on top of what it had before, at its largest."""
    timings: Timings


class Run:
    """One run."""

    def __init__(self, desk: Desk, conversations: int, agents: int) -> None:
        self._desk, self._conversations = desk, conversations
        self._agents = [Agent(f"a{number}", f"Agent {number}") for number in range(agents)]
        self._timings = Timings()
        self._arrived = self._closed = 0
        self._room = asyncio.Semaphore(WAITING)
        self._written: dict[str, float] = {}
        self._random = random.Random(7)

    async def play(self) -> Timings:
        """Let everybody in, and return once all have been answered."""
        for agent in self._agents:
            await self._desk.casework.presence(agent, Presence.ONLINE)
        screen = asyncio.create_task(self._screen())
        names = iter(range(self._conversations))
        customers = [asyncio.create_task(self._customers(names)) for _ in range(ARRIVING)]
        workers = [asyncio.create_task(self._work(agent)) for agent in self._agents for _ in range(HANDS)]
        await asyncio.gather(*customers, *workers)
        screen.cancel()
        return self._timings

    async def _screen(self) -> None:
        """Listen as the stream of a console does."""
        with self._desk.live.hub.listen() as listener:
            async for item in listener:
                if isinstance(item, Event) and item.external_id in self._written:
                    self._timings.screens.append((perf_counter() - self._written.pop(item.external_id)) * 1000)

    async def _customers(self, names: Iterator[int]) -> None:
        for number in names:
            await self._room.acquire()
            await self._arrives(number)
            self._arrived += 1

    async def _arrives(self, number: int) -> None:
        """Write to the stand-in for the bot, be asked, answer, and be handed over."""
        name = f"c{number}"
        customer = Customer(f"u{number}", f"Customer {number}", value=self._random.choice((0.0, 100.0, 2000.0)))
        opening = Incoming(Author.CUSTOMER, SAID[0].format(n=number), "k0")
        await self._desk.intake.open("script", customer, conversation=name, before=[opening])
        await self._desk.intake.receive(name, Incoming(Author.BOT, "When was it due?", "b0"))
        for place, text in enumerate(SAID[1:], 1):
            await self._writes(name, text, f"k{place}")
        tier, skill = self._random.randint(1, 3), self._random.choice(SKILLS)
        routing = Routing("late", Layer.ASSISTED, tier, (), (skill,), self._random.choice(("low", "medium", "high")))
        mood = Mood(self._random.uniform(-1, 0.5), "as drawn", "steady", 0.1)
        told: list[EventData] = [RoutingChanged(routing), MoodRead("m4", mood)]
        await self._desk.live.record([NewEvent(name, "assist", data, self._desk.now()) for data in told])
        await self._desk.intake.hand_over(name, "asked for a person", tier)

    async def _writes(self, name: str, text: str, key: str) -> None:
        self._written[f"{name}:{key}"] = perf_counter()
        await self._desk.intake.receive(name, Incoming(Author.CUSTOMER, text, key))

    async def _work(self, agent: Agent) -> None:
        while self._closed < self._conversations:
            before = perf_counter()
            try:
                state, _ = await self._desk.queue.next(agent)
            except DeskError:  # nobody waits for them right now
                await asyncio.sleep(AGAIN)
                continue
            self._timings.claims.append((perf_counter() - before) * 1000)
            await self._serve(agent, state.id)

    async def _serve(self, agent: Agent, name: str) -> None:
        """Answer, let the customer thank, and close; one in twenty is passed on to the queue once."""
        row = self._desk.live.rows[name]
        if self._random.random() < 0.1:
            rival = next(one for one in self._agents if one != agent)
            with contextlib.suppress(Taken):
                await self._desk.casework.claim(rival, name)
        if not row.wanted and self._random.random() < 0.05:
            await self._desk.queue.transfer(agent, name, Transfer(skill="refunds", note="please look at the refund"))
            return
        self._room.release()
        await self._desk.sending.send(agent, name, SendMessage("It comes tomorrow.", f"s-{name}"))
        await self._writes(name, "thank you", "k9")
        await self._desk.casework.close(agent, name, Close("solved", resolved=True))
        self._closed += 1


async def run(folder: Path, conversations: int = CONVERSATIONS, agents: int = AGENTS) -> Outcome:
    """Play it all over a new log in ``folder``, and return what it came to."""
    members = [Member(f"Agent {n}", skills=(SKILLS[n % 3], SKILLS[(n + 1) % 3])) for n in range(agents)]
    rules = QueueRules(members={member.name.casefold(): member for member in members}, gone_after=600.0)
    desk = Desk(open_log(folder / "workspace", folder / "keys"), Silent(), rules=rules, now=SteadyClock())
    await desk.start({})
    held_before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = perf_counter()
    timings = await Run(desk, conversations, agents).play()
    seconds = perf_counter() - began
    megabytes = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held_before) / 1024
    history = await desk.live.history()
    await desk.stop()
    return counted(history, conversations, seconds, megabytes, timings)


def counted(
    history: list[Event], conversations: int, seconds: float, megabytes: float, timings: Timings | None
) -> Outcome:
    """Return what stands in the log."""
    owner: dict[str, str] = {}
    holds: Counter[str] = Counter()
    said: defaultdict[str, list[str]] = defaultdict(list)
    closed: set[str] = set()
    handed: set[str] = set()
    twice = most = 0
    for event in history:
        name = event.conversation
        match event.data:
            case HandedOver():
                handed.add(name)
            case ConversationClaimed(agent=agent):
                twice += name in owner
                owner[name] = agent
                holds[agent] += 1
                most = max(most, holds[agent])
            case ConversationTransferred() | ConversationClosed():
                holds[owner.pop(name, "")] -= 1
                if isinstance(event.data, ConversationClosed):
                    closed.add(name)
            case MessageAdded(text=text):
                said[name].append(text)
            case _:
                pass
    wanted: Mapping[str, list[str]] = {f"c{number}": _script(number) for number in range(conversations)}
    disordered = sum(said[name] != texts for name, texts in wanted.items())
    lost = len(wanted) - len(wanted.keys() & handed & closed)
    return Outcome(lost, twice, disordered, most, seconds, len(history), megabytes, timings or Timings())


def _script(number: int) -> list[str]:
    """Return what is said in a conversation, in order."""
    return [SAID[0].format(n=number), "When was it due?", *SAID[1:], "It comes tomorrow.", "thank you"]


def figures(conversations: int = CONVERSATIONS, agents: int = AGENTS) -> Iterator[Figure]:
    """Yield the figures of one run."""
    with tempfile.TemporaryDirectory() as folder:
        done = asyncio.run(run(Path(folder), conversations, agents))
    yield Figure(f"conversations of {conversations} that were lost", done.lost, 0, at_most=True)
    yield Figure("conversations claimed while another agent had them", done.claimed_twice, 0, at_most=True)
    yield Figure("conversations whose order was not kept", done.out_of_order, 0, at_most=True)
    yield Figure("conversations one agent had at once, of a capacity of 4", done.most_held, 4, at_most=True)
    yield Figure("conversations a second", conversations / done.seconds)
    yield Figure("events a second, each durable", done.events / done.seconds)
    for name, times in (("next conversation taken", done.timings.claims), ("message to screen", done.timings.screens)):
        cut = quantiles(times, n=20)
        yield Figure(f"{name}, median", cut[9], unit=" ms")
        yield Figure(f"{name}, 95 of 100", cut[18], unit=" ms")
    yield Figure("memory on top at its largest", done.megabytes, unit=" MB")


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--conversations", type=int, default=CONVERSATIONS)
    parser.add_argument("--agents", type=int, default=AGENTS)
    asked = parser.parse_args()
    show("Conversations through bot stand-in, queue and agents", figures(asked.conversations, asked.agents))


if __name__ == "__main__":
    main()
