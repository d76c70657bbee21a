"""The practice desk: a second desk in the same server, with a log and customers of its own.

Agents practise in the same console, which follows this desk instead of the other one. Nothing that happens here can
reach a customer, a figure of the desk or what is learned from its conversations: it stands in another log.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence

from fastapi import FastAPI

from console import __version__
from console.assist.quality.case import Case
from console.assist.talk import Talk
from console.content.customers import load_customers
from console.content.practice import load_practice
from console.conversation.assist_events import RepliesSuggested
from console.conversation.assistance import Suggestion
from console.conversation.events import ConversationClosed, Event, NewEvent
from console.conversation.people import Agent, Role
from console.conversation.practice import PracticeOffer, PracticeOffers, PracticeReport
from console.conversation.practice_events import PracticeBegan, PracticeScored
from console.conversation.quality import CriterionMark
from console.desk.assistant import talk_of
from console.desk.bot import BotTerms
from console.desk.channels.practice import NAME, PracticeChannel
from console.desk.desk import Desk
from console.desk.errors import NotFound, Refused
from console.desk.practice import PracticeSessions
from console.practice.hearing import Ear
from console.practice.judging import judged
from console.practice.recognising_acts import acts_in
from console.practice.scenario import Difficulty, Scenario
from console.server.engines import Equipment
from console.server.practice_store import open_practice
from console.settings import Settings
from console.store.audit import AuditKey
from console.workspace import Workspace

PATH = "/practice"
"""Where its routes lie, below those of the desk."""

WATCHING = frozenset({Role.TRAINER, Role.LEAD, Role.ADMIN})
"""Roles that see everybody's sessions; others see their own."""


class PracticeDesk:
    """One server's part in practice."""

    def __init__(
        self,
        workspace: Workspace,
        settings: Settings,
        key: AuditKey,
        desk: Desk,
        application: Callable[[Desk], FastAPI],
    ) -> None:
        """``desk`` is the one beside which people practise, ``key`` its log's; ``application`` makes another's routes.

        Raises what :func:`console.store.open_log` raises.
        """
        self._folder, self._records = workspace.content / "practice", workspace.content / "customers.jsonl"
        self._equipment: Equipment | None = None
        log, servers = open_practice(workspace, settings, key)
        bot = BotTerms(desk.name, leaves=frozenset({NAME}))  # what a bot says in a session is written in the scenario
        self.desk = Desk(log, desk.assistant, name=desk.name, workers=1, now=desk.now, servers=servers, bot=bot)
        self.desk.visible = self._visible
        self.sessions = PracticeSessions(self.desk, self.scenarios, desk.now)
        self._equipped = asyncio.Event()
        self._channel = PracticeChannel(
            self.desk, self.scenarios, self._ear, speed=settings.practice.speed, ready=self._equipped
        )
        self.app = application(self.desk)
        self.app.state.practice = self
        self._now = desk.now

    def scenarios(self) -> Mapping[str, Scenario]:
        """Return the scenarios by id; raises :class:`ContentError` where one cannot be played."""
        today = self._now().date()
        customers = load_customers(self._records, today) if self._records.exists() else {}
        return {scenario.id: scenario for scenario in load_practice(self._folder, customers, today)}

    @property
    def ready(self) -> bool:
        """Whether the engine is there that customers understand with."""
        return self._equipment is not None

    async def offers(self) -> PracticeOffers:
        """Return what there is to play, easy ones first."""
        order = list(Difficulty)
        found = await asyncio.to_thread(self.scenarios)
        chosen = sorted(found.values(), key=lambda one: (order.index(one.difficulty), one.title))
        return PracticeOffers(tuple(PracticeOffer(s.id, s.title, s.difficulty, s.skills, s.reason) for s in chosen))

    async def report(self, agent: Agent, conversation: str) -> PracticeReport:
        """Return what a session was worth; it is recorded once. Raises :class:`NotFound`, :class:`Refused`."""
        history = await self.desk.live.history(conversation)
        began = next((event.data for event in history if isinstance(event.data, PracticeBegan)), None)
        if began is None or not (agent.role in WATCHING or began.agent == agent.id):
            raise NotFound(f"there is no session '{conversation}'")
        if not any(isinstance(event.data, ConversationClosed) for event in history):
            raise Refused("the session goes on; close the chat to end it")
        scenario = (await asyncio.to_thread(self.scenarios)).get(began.scenario)
        if scenario is None or self._equipment is None:
            raise NotFound(f"the scenario '{began.scenario}' is gone")
        report = await asyncio.to_thread(self._judged, history, scenario)
        scored = PracticeScored(report.points, report.total, report.won, began.version, __version__)
        key = f"{conversation}:scored"
        await self.desk.live.record([NewEvent(conversation, "assist", scored, self.desk.now(), NAME, key)])
        return report

    def _judged(self, history: Sequence[Event], scenario: Scenario) -> PracticeReport:
        equipment = self._equipment
        assert equipment is not None  # noqa: S101 - who asks has looked
        examiner = equipment.examiner

        def marks(case: Case) -> Sequence[CriterionMark]:
            return examiner.marks(case) if examiner is not None else ()

        def replies(talk: Talk) -> Sequence[Suggestion]:
            found = equipment.engine.turn(talk)
            return [one for data in found if isinstance(data, RepliesSuggested) for one in data.suggestions]

        return judged(history, scenario, marks, replies, talk_of)

    async def start(self) -> None:
        """Let the customers of sessions under way go on."""
        await asyncio.to_thread(self.sessions.read, self.desk.live.log)
        await self.desk.start({self._channel.name: self._channel})

    async def stop(self) -> None:
        """End the streams, the customers, and the log."""
        await self.desk.stop()

    def equip(self, equipment: Equipment | None) -> None:
        """Bring the engine that the desk has come to use."""
        self._equipment = equipment
        if equipment is not None:
            self._equipped.set()
            self.desk.equip(equipment.engine, equipment.lookup)

    def _ear(self, scenario: Scenario) -> Ear:
        assert self._equipment is not None  # noqa: S101 - no session begins before the engine is there
        embed = self._equipment.vectors
        return Ear(scenario, embed, lambda text: [(one.sentence, one.acts) for one in acts_in(text, embed)])

    def _visible(self, agent: Agent, conversation: str) -> bool:
        return not conversation or agent.role in WATCHING or self.sessions.owner(conversation) == agent.id
