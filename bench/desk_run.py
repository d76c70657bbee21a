"""Two thousand scripted conversations through the bot, the queue and many agents, over the real desk.

    python -m bench.desk_run [--conversations N] [--agents N] [--models DIR]

Customers (``desk_customers.py``) arrive one after the other and write to the demo company's own bot, with its
articles, behaviours and order system, over HTTP. Whom it helps, or who leaves without another word, ends there. Whom it
hands over waits for a person, with a packet: agents ask for their next conversation at the same moment, answer, now and
then pass it on, and close. Assistance works beside it as on any desk. Everything goes through the use cases that the
server calls, and into a real log on SQLite, flushed to the disk at each commit. In the end the log is read again, and
everything is counted from what stands there (``desk_counting.py``).
"""

import argparse
import asyncio
import contextlib
import random
import resource
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Final

from bench.data import MODELS
from bench.desk_counting import Outcome, Timings, counted
from bench.desk_customers import Visit, visits
from bench.figures import Figure, show
from bench.turn import DEMO
from console.assist.bot.making import mind_of
from console.assist.bot.mind import Mind
from console.assist.engine import Engine
from console.assist.vectors import VectorCache
from console.content.customers import load_customers
from console.content.library import Library
from console.content.loader import load_library
from console.conversation.commands import Close, SendMessage
from console.conversation.events import Event
from console.conversation.message import Author, Status
from console.conversation.people import Agent, Identity, Presence
from console.conversation.queue_commands import Transfer
from console.conversation.queue_rules import Member, QueueRules
from console.desk.bot import BotTerms
from console.desk.desk import Desk
from console.desk.errors import DeskError, Taken
from console.desk.intake import Incoming
from console.desk.steady import SteadyClock
from console.server.articles import Articles
from console.server.tools import DemoTools
from console.store import open_log
from knowledge import KnowledgeIndex, open_embedder

CONVERSATIONS: Final = 2_000
AGENTS: Final = 24
WAITING: Final = 150
"""Customers whom no person has yet, at the same time at most; the next one arrives when one of them is gone."""

HANDS: Final = 5
"""Conversations that each agent tries to have at the same time: one more than their capacity."""

AGAIN: Final = 0.5
"""Seconds after which a hand that was refused asks again: as fast as a person presses a key."""

ARRIVING: Final = 8
"""Customers who write to the bot at the same moment."""

ANSWER: Final = "I have read all of this, and I am looking into it now."
THANKS: Final = "thank you"


@dataclass(frozen=True, slots=True)
class Equipped:
    """The demo company's content, engine and bot."""

    library: Library
    engine: Engine
    mind: Mind


def equipped(folder: Path, models: Path = MODELS) -> Equipped:
    """Load the models, and index the articles in ``folder``."""
    library, embedder = load_library(DEMO), open_embedder(models)
    index, embed = KnowledgeIndex(folder / "index", embedder), VectorCache(embedder)
    index.update_from(DEMO / "articles")
    articles = Articles(index)
    engine = Engine(library, embed, articles)
    return Equipped(library, engine, mind_of(library, engine, embed, articles, articles.text))


class Run:
    """One run."""

    def __init__(self, desk: Desk, customers: list[Visit], agents: list[Agent]) -> None:
        self._desk, self._customers, self._agents = desk, customers, agents
        self.timings = Timings()
        self.written: defaultdict[str, list[str]] = defaultdict(list)
        """What customers and agents wrote, by conversation."""
        self._gone = 0
        self._room = asyncio.Semaphore(WAITING)
        self._sent: dict[str, float] = {}
        self._random = random.Random(7)

    async def play(self) -> None:
        """Let everybody in, and return once all have been answered."""
        for agent in self._agents:
            await self._desk.casework.presence(agent, Presence.ONLINE)
        screen = asyncio.create_task(self._screen())
        coming = iter(enumerate(self._customers))
        arriving = [asyncio.create_task(self._arrive(coming)) for _ in range(ARRIVING)]
        workers = [asyncio.create_task(self._work(agent)) for agent in self._agents for _ in range(HANDS)]
        await asyncio.gather(*arriving, *workers)
        screen.cancel()

    async def _screen(self) -> None:
        """Listen as the stream of a console does."""
        with self._desk.live.hub.listen() as listener:
            async for item in listener:
                if isinstance(item, Event) and item.external_id in self._sent:
                    self.timings.screens.append((perf_counter() - self._sent.pop(item.external_id)) * 1000)

    async def _arrive(self, coming: Iterator[tuple[int, Visit]]) -> None:
        for number, visit in coming:
            await self._room.acquire()
            await self._talk(f"c{number}", visit)

    async def _talk(self, name: str, visit: Visit) -> None:
        """Write to the bot until the lines are said, or people take over."""
        level = Identity.VERIFIED if visit.known else Identity.ANONYMOUS
        customer = visit.customer if visit.known else type(visit.customer)(f"visitor-{name}")
        await self._desk.intake.open("script", customer, conversation=name, level=level)
        for line in visit.lines:
            await self._writes(name, line)
            await self._desk.bot.settled(name)
            if self._desk.live.rows[name].status is not Status.BOT:
                return
        self._room.release()
        self._gone += 1

    async def _writes(self, name: str, text: str) -> None:
        key = f"k{len(self.written[name])}"
        self.written[name].append(text)
        self._sent[f"{name}:{key}"] = perf_counter()
        await self._desk.intake.receive(name, Incoming(Author.CUSTOMER, text, key))

    async def _work(self, agent: Agent) -> None:
        while self._gone < len(self._customers):
            before = perf_counter()
            try:
                state, _ = await self._desk.queue.next(agent)
            except DeskError:  # nobody waits for them right now
                await asyncio.sleep(AGAIN)
                continue
            self.timings.claims.append((perf_counter() - before) * 1000)
            await self._serve(agent, state.id)

    async def _serve(self, agent: Agent, name: str) -> None:
        """Answer, let the customer thank, and close; one in twenty is passed on to the queue once."""
        if self._random.random() < 0.1:
            rival = next(one for one in self._agents if one != agent)
            with contextlib.suppress(Taken):
                await self._desk.casework.claim(rival, name)
        if not self._desk.live.rows[name].wanted and self._random.random() < 0.05:
            await self._desk.queue.transfer(agent, name, Transfer(skill="refunds", note="please look at the refund"))
            return
        self._room.release()
        await self._desk.packets.settled(name)  # who takes a conversation reads its packet first
        self.written[name].append(ANSWER)
        await self._desk.sending.send(agent, name, SendMessage(ANSWER, f"s-{name}"))
        await self._writes(name, THANKS)
        await self._desk.casework.close(agent, name, Close("solved", resolved=True))
        self._gone += 1


@dataclass(frozen=True, slots=True)
class Played:
    """What a run came to, and what it cost."""

    outcome: Outcome
    timings: Timings
    seconds: float
    megabytes: float
    """Memory that the process took on top of what it had with everything loaded, at its largest."""


async def run(folder: Path, with_: Equipped, conversations: int = CONVERSATIONS, agents: int = AGENTS) -> Played:
    """Play it all over a new log in ``folder``, and return what it came to."""
    skills = sorted({skill for behaviour in with_.library.behaviours for skill in behaviour.skills})
    members = [Member(f"Agent {n}", skills=tuple(skills[n % 3 :: 3])) for n in range(agents)]
    rules = QueueRules(members={member.name.casefold(): member for member in members}, gone_after=600.0)
    coming = visits(load_customers(DEMO / "customers.jsonl", date.today()), conversations)  # noqa: DTZ011 - the desk's
    records = {visit.customer.id: visit.customer for visit in coming}
    terms = BotTerms(with_.library.company, records.get, opens=True)
    log = open_log(folder / "workspace", folder / "keys")
    clock, tools = SteadyClock(), DemoTools(records, 4.0)
    desk = Desk(log, with_.engine, rules=rules, now=clock, tools=tools, bot=terms)
    await desk.start({})
    desk.equip(with_.engine, with_.engine, None, with_.mind)
    held_before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    play = Run(desk, coming, [Agent(f"a{number}", member.name) for number, member in enumerate(members)])
    began = perf_counter()
    await play.play()
    seconds = perf_counter() - began
    megabytes = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held_before) / 1024
    history = await desk.live.history()
    await desk.stop()
    return Played(counted(history, play.written), play.timings, seconds, megabytes)


def figures(conversations: int = CONVERSATIONS, agents: int = AGENTS, models: Path = MODELS) -> Iterator[Figure]:
    """Yield the figures of one run."""
    with tempfile.TemporaryDirectory() as folder:
        played = asyncio.run(run(Path(folder), equipped(Path(folder), models), conversations, agents))
    done = played.outcome
    yield Figure(f"conversations of {conversations} that were lost", done.lost, 0, at_most=True)
    yield Figure("conversations claimed while another agent had them", done.claimed_twice, 0, at_most=True)
    yield Figure("conversations whose order was not kept", done.out_of_order, 0, at_most=True)
    yield Figure("words of the bot after people had taken over", done.spoke_on, 0, at_most=True)
    yield Figure("conversations handed over without a packet", done.without_packet, 0, at_most=True)
    yield Figure("conversations one agent had at once, of a capacity of 4", done.most_held, 4, at_most=True)
    yield Figure("conversations that ended with the bot", done.kept)
    yield Figure("those of them whose last word is an answer", done.answered)
    yield Figure("conversations a second", conversations / played.seconds)
    yield Figure("events a second, each durable", done.events / played.seconds)
    times = {
        "next conversation taken": played.timings.claims,
        "message to screen": played.timings.screens,
        "packet ready, on the desk under this load": done.packets,
    }
    for name, ms in times.items():
        cut = quantiles(ms, n=20)
        yield Figure(f"{name}, median", cut[9], unit=" ms")
        yield Figure(f"{name}, 95 of 100", cut[18], unit=" ms")
    yield Figure("memory on top at its largest", played.megabytes, unit=" MB")


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--conversations", type=int, default=CONVERSATIONS)
    parser.add_argument("--agents", type=int, default=AGENTS)
    parser.add_argument("--models", type=Path, default=MODELS)
    asked = parser.parse_args()
    title = "Conversations through bot, queue and agents"
    show(title, figures(asked.conversations, asked.agents, asked.models))


if __name__ == "__main__":
    main()
