"""The practice desk: a second desk in the same server, with a log and customers of its own.

Agents practise in the same console, which follows this desk instead of the other one. Nothing that happens here can
reach a customer, a figure of the desk or what is learned from its conversations: it stands in another log.
"""

import asyncio
from collections.abc import Callable, Sequence

from fastapi import FastAPI

from console import __version__
from console.accounts.people import Person
from console.assist.quality.case import Case
from console.assist.replies.procedure import Procedure
from console.assist.talk import Talk
from console.conversation.assist_events import RepliesSuggested
from console.conversation.assistance import Suggestion
from console.conversation.events import ConversationClosed, Event, NewEvent
from console.conversation.people import Agent
from console.conversation.practice import (
    PlantsToTell,
    PracticeOffer,
    PracticeOffers,
    PracticeReport,
    SessionPlants,
    UnderWay,
)
from console.conversation.practice_events import PracticeBegan, PracticeScored
from console.conversation.quality import CriterionMark, Evidence
from console.desk.assistant import talk_of
from console.desk.bot import BotTerms
from console.desk.channels.practice import NAME, PracticeChannel
from console.desk.desk import Desk
from console.desk.errors import NotFound, Refused
from console.desk.hub import PracticeNews
from console.desk.planting import Planting
from console.desk.practice import PracticeSessions
from console.desk.practice_training import PracticeTraining
from console.practice.hearing import Ear
from console.practice.holding import overrulings
from console.practice.judging import Judges, judged, told_of, with_overrulings
from console.practice.recognising_acts import acts_in
from console.practice.record import concerned
from console.practice.scenario import Difficulty, Scenario
from console.practice.scoring import StepTaken
from console.practice.trusting import plants_met
from console.server.engines import Equipment
from console.server.language_model import voicing_of
from console.server.practice_scoring import PracticeScoring
from console.server.practice_shelf import PracticeShelf
from console.server.practice_store import open_practice
from console.server.practice_training import WATCHING, TrainingLook
from console.settings import Settings
from console.store.audit import AuditKey
from console.workspace import Workspace

PATH = "/practice"
"""Where its routes lie, below those of the desk."""


class PracticeDesk:
    """One server's part in practice."""

    def __init__(
        self,
        workspace: Workspace,
        settings: Settings,
        key: AuditKey,
        desk: Desk,
        application: Callable[[Desk], FastAPI],
        people: Callable[[], Sequence[Person]],
    ) -> None:
        """``desk`` is the one beside which people practise, ``key`` its log's; ``application`` makes another's routes.

        ``people`` gives everybody who has an account; it blocks. Raises what :func:`console.store.open_log` raises.
        """
        content, now = workspace.content, desk.now
        shelf = PracticeShelf(content / "practice", content / "customers.jsonl", lambda: now().date())
        self.scenarios = shelf.scenarios
        """Returns the scenarios by id; raises :class:`ContentError` where one cannot be played."""
        self._equipment: Equipment | None = None
        log, servers = open_practice(workspace, settings, key)
        bot = BotTerms(desk.name, leaves=frozenset({NAME}))  # what a bot says in a session is written in the scenario
        name = desk.name
        self.desk = Desk(log, desk.assistant, name=name, workers=1, now=now, servers=servers, fewer=False, bot=bot)
        self.desk.visible = self._visible
        self.desk.casework.final = {NAME: "a practice session that is over stays so; answer otherwise in its debrief"}
        self.desk.teamwork.watching = WATCHING
        self.sessions = PracticeSessions(self.desk, self.scenarios, desk.now)
        self.training = PracticeTraining(self.desk, self.scenarios, desk.now)
        self._hubs = (desk.live.hub, self.desk.live.hub)
        self.desk.live.watchers.append(self._tell)
        self.look = TrainingLook(self.training, self.scenarios, people, PATH)
        self._scoring = PracticeScoring(self.desk.live, self.training.record, self.scored, lambda: self.ready)
        self._task: asyncio.Task[None] | None = None
        self._voicing = voicing_of(workspace, settings, self.desk)
        self._equipped = asyncio.Event()
        self._channel = PracticeChannel(
            self.desk,
            self.scenarios,
            self._ear,
            speed=settings.practice.speed,
            voicing=self._voicing,
            ready=self._equipped,
        )
        self.app = application(self.desk)
        self.app.state.practice = self
        self.app.state.work_too = WATCHING

    def _tell(self, event: Event) -> None:
        """Tell the consoles of those who have other things to practise now, on whichever desk they are."""
        agents = concerned(event, self.training.record.sessions)
        if agents is not None:
            for hub in self._hubs:
                hub.publish(PracticeNews(agents))

    @property
    def ready(self) -> bool:
        """Whether the engine is there that customers understand with."""
        return self._equipment is not None

    async def offers(self, agent: Agent) -> PracticeOffers:
        """Return what there is to play, easy ones first, and the agent's own sessions that go on."""
        order = list(Difficulty)
        found = await asyncio.to_thread(self.scenarios)
        chosen = sorted(found.values(), key=lambda one: (order.index(one.difficulty), one.title))
        offers = tuple(PracticeOffer(s.id, s.title, s.difficulty, s.skills, s.reason) for s in chosen)
        own = [row.id for row in self.desk.live.rows.values() if self.sessions.owner(row.id) == agent.id]
        begun = [(name, began) for name in own if (began := self.sessions.began(name))]
        return PracticeOffers(
            offers, tuple(UnderWay(name, b.title, b.assistance, b.assignment) for name, b in begun), PATH
        )

    async def untold(self, agent: Agent) -> PlantsToTell:
        """Return the plants of the agent's sessions of which they were not told yet."""
        found = []
        for conversation in self.sessions.undisclosed(agent.id):
            try:
                history = await self.desk.live.history(conversation)
            except NotFound:
                continue  # erased meanwhile
            told = self.sessions.told(conversation)
            plants = tuple(told_of(met) for met in plants_met(history) if met.plant.suggestion not in told)
            began = self.sessions.began(conversation)
            if plants and began is not None:
                closed = conversation not in self.desk.live.rows
                if not closed:
                    await self.sessions.sent(agent, conversation, [plant.suggestion for plant in plants])
                found.append(SessionPlants(conversation, began.title, closed, plants))
        return PlantsToTell(tuple(found))

    async def replay(self, agent: Agent, conversation: str, message: str) -> str:
        """Take an ended session up again before a message; return the new one's id. Raises as :meth:`report`."""
        self._require_seen(agent, conversation)
        await self._ended(conversation)
        return await self.sessions.replay(agent, conversation, message)

    async def report(self, agent: Agent, conversation: str) -> PracticeReport:
        """Return what a session was worth, trainers' values holding. Raises :class:`NotFound`, :class:`Refused`."""
        self._require_seen(agent, conversation)
        return await self.scored(conversation)

    async def scored(self, conversation: str) -> PracticeReport:
        """Return what a session was worth; it is recorded once. Raises :class:`NotFound`, :class:`Refused`."""
        history, began = await self._ended(conversation)
        earlier = await self.desk.live.history(began.replays) if began.replays else ()
        scenario = (await asyncio.to_thread(self.scenarios)).get(began.scenario)
        if scenario is None or self._equipment is None:
            raise NotFound(f"the scenario '{began.scenario}' is gone")
        report = await asyncio.to_thread(self._judged, history, scenario, earlier)
        scored = PracticeScored(report.points, report.total, report.won, began.version, __version__)
        key = f"{conversation}:scored"
        await self.desk.live.record([NewEvent(conversation, "assist", scored, self.desk.now(), NAME, key)])
        return with_overrulings(report, overrulings(history))

    async def _ended(self, conversation: str) -> tuple[Sequence[Event], PracticeBegan]:
        """Return a session that is over; raises :class:`NotFound`, :class:`Refused`."""
        history = await self.desk.live.history(conversation)
        began = next((event.data for event in history if isinstance(event.data, PracticeBegan)), None)
        if began is None:
            raise NotFound(f"there is no session '{conversation}'")
        if not any(isinstance(event.data, ConversationClosed) for event in history):
            raise Refused("the session goes on; close the chat to end it")
        return history, began

    def _require_seen(self, agent: Agent, conversation: str) -> None:
        if not self._visible(agent, conversation):
            raise NotFound(f"there is no session '{conversation}'")

    def _judged(self, history: Sequence[Event], scenario: Scenario, earlier: Sequence[Event]) -> PracticeReport:
        equipment = self._equipment
        assert equipment is not None  # noqa: S101 - who asks has looked
        examiner = equipment.examiner

        def marks(case: Case) -> Sequence[CriterionMark]:
            return examiner.marks(case) if examiner is not None else ()

        def replies(talk: Talk) -> Sequence[Suggestion]:
            found = equipment.engine.turn(talk)
            return [one for data in found if isinstance(data, RepliesSuggested) for one in data.suggestions]

        library = equipment.library
        procedure = Procedure(library.behaviours, library.macros, equipment.vectors)

        def steps(talk: Talk, intent: str) -> Sequence[StepTaken]:
            course = procedure.course(talk, intent)
            return [StepTaken(step.title, Evidence(m.id, m.text) if m else None) for step, m in course]

        judges = Judges(marks, replies, talk_of, steps, equipment.vectors)
        return judged(history, scenario, judges, self._ear(scenario), earlier)

    async def start(self) -> None:
        """Let the customers of sessions under way go on."""
        await self.sessions.start()
        await asyncio.to_thread(self.training.read, self.desk.live.log)
        await self.desk.start({self._channel.name: self._channel})
        self._task = asyncio.create_task(self._scoring.run(), name="practice scores")

    async def stop(self) -> None:
        """End the streams, the customers, and the log."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self.desk.stop()
        if self._voicing is not None:
            await self._voicing.close()

    def equip(self, equipment: Equipment | None) -> None:
        """Bring the engine that the desk has come to use."""
        self._equipment = equipment
        if equipment is not None:
            self._equipped.set()
            planting = Planting(equipment.engine, self.sessions, equipment.library.policies, equipment.vectors)
            self.desk.equip(planting, equipment.lookup)
            self._scoring.wake()

    def _ear(self, scenario: Scenario) -> Ear:
        assert self._equipment is not None  # noqa: S101 - no session begins before the engine is there
        embed = self._equipment.vectors
        return Ear(scenario, embed, lambda text: [(one.sentence, one.acts) for one in acts_in(text, embed)])

    def _visible(self, agent: Agent, conversation: str) -> bool:
        return not conversation or agent.role in WATCHING or self.sessions.owner(conversation) == agent.id
