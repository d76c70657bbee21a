"""The desk as a whole: its use cases over one live log."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Final

from console.assist.bot.mind import Mind
from console.assist.bot.ports import Tools
from console.assist.llm.ports import LanguageModel
from console.assist.withholding import withheld
from console.conversation.events import Event
from console.conversation.people import Agent
from console.conversation.queue_rules import QueueRules
from console.desk.afterwards import Afterwards
from console.desk.assistance import Assistance
from console.desk.assistant import Assistant, Lookup
from console.desk.attachments import MEGABYTE, Attachments, FileStore
from console.desk.attention import Attention
from console.desk.bot import Bot, BotTerms
from console.desk.bot_calls import Calls
from console.desk.boundary import BoundaryDecisions
from console.desk.casework import Casework
from console.desk.channels.channel import Channel
from console.desk.corrections import Corrections
from console.desk.drafting import Drafting
from console.desk.drafts import Drafts
from console.desk.duties import kept_up, on_duty
from console.desk.erasure import Erasure
from console.desk.errors import NotReady
from console.desk.feedback import Feedback
from console.desk.fellow_servers import FellowServers
from console.desk.follow_ups import FollowUpList
from console.desk.gaps import GapDecisions
from console.desk.hold_out import HoldOut
from console.desk.intake import Intake
from console.desk.library import Librarian, Shelf
from console.desk.live import LiveLog
from console.desk.log import EventLog
from console.desk.looking import Asked, GapLook
from console.desk.lookups import Lookups
from console.desk.memory import Memory, Past
from console.desk.model_calls import ModelCalls, Terms
from console.desk.outbox import Outbox, duty_of
from console.desk.pace import Pace
from console.desk.packets import Packets
from console.desk.presence import Signs
from console.desk.quality import QualityReview
from console.desk.queue import Queue
from console.desk.queue_upkeep import QueueUpkeep
from console.desk.rankers import Ranking
from console.desk.retiring import Retiring
from console.desk.reviews import ReviewDecisions
from console.desk.rewriting import Rewriting
from console.desk.satisfaction import Satisfaction
from console.desk.second_opinions import SecondOpinions
from console.desk.sending import Sending
from console.desk.servers import Servers, part_of
from console.desk.tasks import Tasks, TaskTerms
from console.desk.teamwork import Teamwork
from console.desk.thresholds import BehaviourFiles, EscalationDecisions
from console.desk.wrap_ups import WrapUps
from console.review.asked_in import asked_in

HANDING_ON: Final = 0.05
"""Seconds between two looks at whether the work is handed on."""


def utc_now() -> datetime:
    """Return the time of day, with its zone."""
    return datetime.now(UTC)


def everybody(_: Agent, __: str) -> bool:
    """Let everybody of the staff see a conversation."""
    return True


class Desk:
    """Runs conversations.

    ``checker`` checks drafts from the first moment, before the models are there; :meth:`equip` brings the whole engine.
    ``model`` drafts, summarises, rewrites and marks beside the engine, on these ``terms``; without one that is alone.
    ``shelf`` is where approved articles go; without one none can be approved. ``behaviours`` are the files in which a
    lead changes a threshold; without them none can be changed. ``fewer`` says whether agents are shown
    fewer of the replies that they pass over, ``completes_after`` after how many characters sentences are completed,
    ``rules`` how conversations are given out.
    ``tools`` are what the bot may use, on the terms ``bot``.
    ``servers`` are the others that share the log; without them this is the only one.
    ``files`` is where files of customers lie, of ``most_bytes`` each; without it none are kept.
    ``past`` is where closed conversations are kept to learn from; without it none are. ``redact`` says whether phone
    numbers and the like in customers' messages are replaced before they are kept. ``hold_out`` says how many
    conversations have no assistance, to measure what it is worth; without it all have.
    """

    def __init__(
        self,
        log: EventLog,
        checker: Assistant,
        *,
        name: str = "",
        workers: int = 2,
        now: Callable[[], datetime] = utc_now,
        shelf: Shelf | None = None,
        behaviours: BehaviourFiles | None = None,
        model: LanguageModel | None = None,
        terms: Terms | None = None,
        fewer: bool = True,
        completes_after: int = 3,
        rules: QueueRules | None = None,
        tools: Tools | None = None,
        bot: BotTerms | None = None,
        files: FileStore | None = None,
        servers: Servers | None = None,
        most_bytes: int = 10 * MEGABYTE,
        past: Past | None = None,
        redact: bool = False,
        hold_out: HoldOut | None = None,
    ) -> None:
        self._assistant, self._model = checker, model
        self.name, self.completes_after, self.now = name, completes_after, now
        self.live = LiveLog(log, servers)
        self.intake = Intake(self.live, now, withheld) if redact else Intake(self.live, now)
        self.afterwards = Afterwards(self.live, self.intake, now)
        self.satisfaction = Satisfaction(self.live, now)
        self._keep_and_erase(files, most_bytes, past)
        self.casework = Casework(self.live, now)
        self._give_out(rules or QueueRules())
        self.feedback = Feedback(self.live, now)
        self._let_leads_decide(behaviours)
        self.sending = Sending(self.live, lambda: self._assistant, now)
        self._look_after_knowledge(shelf)
        pace = self._assist(workers, hold_out, fewer=fewer)
        self.follow_ups = FollowUpList(self.live, now)
        self.wrap_ups = WrapUps(self.live, self.casework, lambda: self._assistant, now, self.packets.equipped)
        calls = ModelCalls(self.live, model, terms or Terms(), now) if model else None
        self.rewriting = Rewriting(self.live, calls, lambda: self._assistant, now)
        seldom = self.assistance.fewer, self.retiring.names
        self._drafting = Drafting(self.live, calls, lambda: self._assistant, now, *seldom) if calls else None
        self.opinions = SecondOpinions(self.live, calls, lambda: self.quality.rubric, now) if calls else None
        bot = bot or BotTerms(name)
        self.bot = Bot(self.live, Calls(tools, now), now, bot, pace)
        self.tasks = Tasks(self.live, now, TaskTerms(bot.asks_waiting, bot.leaves, files is not None))
        self.channels: dict[str, Channel] = {}
        self.equipped: list[Callable[[], None]] = []
        """Called whenever an engine has come into use."""
        self.visible: Callable[[Agent, str], bool] = everybody
        """Which conversations a member of staff may see: all, but where people practise."""
        self.leaving = False
        """Whether the server is about to end: nobody is to come who would stay."""
        self.content = ""
        """A short name of the content that is in force."""
        self._outbox: Outbox | None = None
        self._tasks: list[asyncio.Task[None]] = []

    def _keep_and_erase(self, files: FileStore | None, most_bytes: int, past: Past | None) -> None:
        """Files, what is remembered of conversations, and the erasure of all of it."""
        self.attachments = Attachments(self.live, files, most_bytes)
        self.memory = Memory(self.live, past) if past is not None else None
        self.erasure = Erasure(self.live, files, self.memory, self.now)

    def _let_leads_decide(self, behaviours: BehaviourFiles | None) -> None:
        """Bring what people decide beside the chats: what they judge, retire, put right, and put in force."""
        live, now = self.live, self.now
        self.ranking, self.retiring = Ranking(live, now), Retiring(live, now)
        self.reviews, self.quality = ReviewDecisions(live, now), QualityReview(live, now)
        self.escalations = EscalationDecisions(live, behaviours, now)
        self.corrections, self.boundary = Corrections(live, now), BoundaryDecisions(live, now)

    def _assist(self, workers: int, hold_out: HoldOut | None, *, fewer: bool) -> Pace:
        """Bring what works conversations beside people; return what tells who floods."""
        now, pace = self.now, Pace(self.live)
        self.packets = Packets(
            self.live, lambda: self._assistant, now, lambda: self.assistance.status == "ready", pace, hold_out
        )
        self.assistance = Assistance(
            self.live,
            now,
            workers,
            fewer=fewer,
            first=self.packets.settled,
            pace=pace,
            attention=self.attention,
            hold_out=hold_out,
        )
        return pace

    def _give_out(self, rules: QueueRules) -> None:
        """Bring what gives conversations out among agents, and the work among servers."""
        self.signs = Signs(self.now)
        self.queue = Queue(self.live, self.casework, self.signs, rules, self.now, self._sees)
        self.queue_upkeep = QueueUpkeep(self.live, self.queue, self.now)
        self.attention = Attention(self.signs)
        self._fellows = FellowServers(self.live, self.signs, self.attention, self._gained)
        self.teamwork = Teamwork(self.live, self.queue, self.now)

    def _sees(self, agent: Agent, conversation: str) -> bool:
        return self.visible(agent, conversation)

    def _look_after_knowledge(self, shelf: Shelf | None) -> None:
        """Bring what looks things up in the knowledge base, and what keeps it up to date."""
        self._lookup: Lookup | None = None
        self._librarian: Librarian | None = None
        self.lookups = Lookups(self.live, lambda: self.lookup, self.now)
        self.drafts = Drafts(self.live, lambda: self.librarian, shelf, self.now)
        self.asked: Asked = self._asked
        """Reads what was asked in vain; whoever keeps a book of the log sets what reads it by that."""
        self.gap_look = GapLook(self.live, lambda: self.librarian, self.now, lambda: self.asked)
        self.gaps = GapDecisions(self.live, lambda: self.librarian, self.now, lambda: self.asked)

    async def _asked(self, now: datetime) -> Sequence[Event]:
        return await self.live.call(lambda log: asked_in(log, now))

    async def start(self, channels: Mapping[str, Channel]) -> None:
        """Read the inbox, then let the channels and the outbox run."""
        await self.live.start()
        await self.queue.start()
        self.queue_upkeep.start()
        await self.ranking.start()
        await self.retiring.start()
        await self.assistance.start()
        self.channels = dict(channels)
        self._outbox = Outbox(self.live, self.channels, self.now)
        self._tasks = [asyncio.create_task(self._fellows.run(), name="servers")]
        self._tasks += [asyncio.create_task(self._outbox.run(), name="outbox")]
        self._tasks += [asyncio.create_task(self.queue_upkeep.run(), name="queue")]
        self._tasks += [asyncio.create_task(self.tasks.run(), name="tasks")]
        self._tasks += [asyncio.create_task(self.quality.run(), name="quality")]
        if self.opinions is not None:
            self._tasks += [asyncio.create_task(self.opinions.run(), name="second opinions")]
        if self.memory is not None:
            self._tasks += [asyncio.create_task(kept_up("memory", self.memory.run), name="memory")]
        self._tasks += [
            asyncio.create_task(self._run_channel(channel), name=name) for name, channel in channels.items()
        ]

    async def _run_channel(self, channel: Channel) -> None:
        if channel.everywhere:
            await kept_up(channel.name, channel.run)
        else:
            await on_duty(self.live, duty_of(channel.name), channel.run)

    def _gained(self, parts: frozenset[int]) -> None:
        """Go on where another server has ended, or has let go; an engine that is still to come does so by itself."""
        if self.assistance.status != "ready":
            return

        def fresh(conversation: str) -> bool:
            return part_of(conversation) in parts

        for work in (self.packets, self.bot, self.tasks, self.assistance):
            work.resume(fresh)

    def equip(
        self, assistant: Assistant, lookup: Lookup, librarian: Librarian | None = None, mind: Mind | None = None
    ) -> None:
        """Bring the whole engine, and the bot's mind; assistance and bot begin, or go on with these."""
        self._assistant, self._lookup, self._librarian = assistant, lookup, librarian
        self.assistance.ready(assistant)
        self.packets.ready()
        if mind is not None:
            self.bot.ready(mind)
            self.tasks.ready(mind.tasks)
        for tell in self.equipped:
            tell()

    @property
    def assistant(self) -> Assistant:
        """The engine of the moment."""
        return self._assistant

    @property
    def lookup(self) -> Lookup:
        """Look-ups by hand; raises :class:`NotReady` with the reason while there are none."""
        if self._lookup is None:
            raise NotReady(self.assistance.status)
        return self._lookup

    @property
    def librarian(self) -> Librarian:
        """Who looks over the knowledge base; raises :class:`NotReady` with the reason while nobody can."""
        if self._librarian is None:
            raise NotReady(self.assistance.status)
        return self._librarian

    @property
    def damage(self) -> str:
        """What of the knowledge base cannot be used right now, in a line for staff; empty where all is well."""
        return self._lookup.damage if self._lookup else ""

    @property
    def looks_up(self) -> bool:
        """Whether look-ups by hand are there."""
        return self._lookup is not None

    def reached(self, channel: str) -> None:
        """A customer of this channel can be reached again: try what waits for them."""
        if self._outbox and channel in self.channels:
            self._outbox.kick(channel)

    async def hand_on(self, seconds: float) -> bool:
        """Begin no more of the work that servers share, see through what goes on, and let the others take over.

        Returns whether all of it was let go in so many seconds; :meth:`stop` lets go of the rest.
        """
        servers = self.live.servers
        if not servers.shared:
            return True
        servers.leave(self._busy)
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while servers.parts() and loop.time() < until:  # noqa: ASYNC110 - it is a thread that lets go
            await asyncio.sleep(HANDING_ON)
        return not servers.parts()

    def _busy(self) -> frozenset[int]:
        """Return the parts in which work goes on; from any thread."""
        names = {name for work in (self.packets, self.bot, self.tasks, self.assistance) for name in work.busy()}
        return frozenset(map(part_of, names | self.live.duties))

    async def stop(self) -> None:
        """End the streams, the channels, the assistance and the log; everything acknowledged is durable already."""
        self.live.hub.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._drafting is not None:
            await self._drafting.close()
        if self._model is not None:
            await self._model.close()
        await self.packets.close()
        await self.bot.close()
        await self.tasks.close()
        await self.assistance.close()
        await self.live.settled()
        with ThreadPoolExecutor(1) as own:  # the loop's own threads may all be at something that does not end
            await asyncio.get_running_loop().run_in_executor(own, self.live.close)
