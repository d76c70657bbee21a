"""Practice sessions: who plays what, on a desk of its own, so that nothing of it reaches customers or figures."""

import asyncio
import secrets
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from console.conversation.events import ConversationClaimed, Event, EventData, NewEvent
from console.conversation.message import Author, Message
from console.conversation.people import Agent, Identity
from console.conversation.practice import BeginPractice
from console.conversation.practice_events import PlantsDisclosed, PlantStopped, PracticeBegan, SuggestionPlanted
from console.desk.channels.practice import NAME
from console.desk.desk import Desk
from console.desk.errors import NotFound, Refused
from console.desk.intake import Incoming
from console.desk.log import EventLog
from console.practice.replaying import Part, part_before
from console.practice.scenario import Drill, Scenario

SEEDS: Final = 2**31
"""From how many a seed is drawn."""

MOST_SEEDS: Final = 2**53
"""From how many one may be named: every reader of JSON reads it as it is."""

MOST_AT_ONCE: Final = 20
"""Sessions that one agent has under way at the most: each has a customer who waits, and suggestions are worked out."""


class PracticeSessions:
    """Begins and ends sessions on the practice desk, and knows whose they are and what was planted in them."""

    def __init__(
        self, desk: Desk, scenarios: Callable[[], Mapping[str, Scenario]], now: Callable[[], datetime]
    ) -> None:
        self._desk, self._scenarios, self._now = desk, scenarios, now
        self._began: dict[str, PracticeBegan] = {}
        self._plants: dict[str, dict[str, SuggestionPlanted]] = {}
        """What was planted in each session, by the suggestion's id."""
        self._disclosed: dict[str, set[str]] = {}
        """Plants of which each session's agent has read."""
        self._sent: dict[str, set[str]] = {}
        """Plants of which their console was told, whether they have read it or not."""
        self._opening: set[str] = set()
        """Sessions that are being begun, and are in no inbox yet."""
        self._loop: asyncio.AbstractEventLoop | None = None
        desk.live.watchers.append(self._watch)

    async def start(self) -> None:
        """Learn whose the sessions are that stand in the log, and what was planted in them."""
        self._loop = asyncio.get_running_loop()
        await asyncio.to_thread(self._read, self._desk.live.log)

    def _read(self, log: EventLog) -> None:
        for event in log.of_kinds(["practice-began", "suggestion-planted", "plants-disclosed"]):
            self._watch(event)

    def _watch(self, event: Event) -> None:
        match event.data:
            case PracticeBegan() as began:
                self._began[event.conversation] = began
            case SuggestionPlanted() as plant:
                self._plants.setdefault(event.conversation, {})[plant.suggestion] = plant
            case PlantsDisclosed(suggestions=told, read=read):
                for known in (self._sent, self._disclosed) if read else (self._sent,):
                    known.setdefault(event.conversation, set()).update(told)
            case _:
                pass

    def began(self, conversation: str) -> PracticeBegan | None:
        """Return how a session began; ``None`` where there is none."""
        return self._began.get(conversation)

    def owner(self, conversation: str) -> str:
        """Return the id of the agent whose session it is; empty where there is none."""
        began = self._began.get(conversation)
        return began.agent if began else ""

    def planted(self, conversation: str) -> tuple[Scenario, int] | None:
        """Return the scenario and the seed of a session that is played with plants; ``None`` for any other."""
        began = self._began.get(conversation)
        scenario = self._scenarios().get(began.scenario) if began and began.assistance == "planted" else None
        return (scenario, began.seed) if began and scenario else None

    def plants(self, conversation: str) -> Sequence[SuggestionPlanted]:
        """Return what was planted in a session so far."""
        return tuple(self._plants.get(conversation, {}).values())

    def undisclosed(self, agent: str) -> Sequence[str]:
        """Return the agent's sessions with plants that they were not told of, in the order in which they began."""
        told = self._disclosed
        return [
            name
            for name, began in self._began.items()
            if began.agent == agent and self._plants.get(name, {}).keys() - told.get(name, set())
        ]

    def told(self, conversation: str) -> Container[str]:
        """Return the plants of a session that its agent was told of."""
        return self._disclosed.get(conversation, set())

    def stopped(self, conversation: str, suggestion: str, policy: str) -> None:
        """Note that the check of drafts pointed at a plant; called in worker threads, and does not wait."""
        if self._loop is not None:
            key = f"{conversation}:stopped:{suggestion}"
            stopped = NewEvent(conversation, "desk", PlantStopped(suggestion, policy), self._now(), NAME, key)
            asyncio.run_coroutine_threadsafe(self._desk.live.record([stopped]), self._loop)

    async def sent(self, agent: Agent, conversation: str, suggestions: Sequence[str]) -> None:
        """Record that the agent's console is told of plants now: what they decide on from here on counts no more."""
        new = set(suggestions) - self._sent.get(conversation, set())
        if new:
            told = PlantsDisclosed(tuple(sorted(new)), read=False)
            await self._desk.live.record([NewEvent(conversation, f"agent:{agent.id}", told, self._now(), NAME)])

    async def disclose(self, agent: Agent, conversation: str, suggestions: Sequence[str]) -> None:
        """Record that the agent was told what was planted in their session; raises :class:`NotFound`."""
        if self.owner(conversation) != agent.id:
            raise NotFound(f"there is no session '{conversation}' of yours")
        plants = self.plants(conversation)
        named = {(plant.kind, plant.words) for plant in plants if plant.suggestion in suggestions}
        new = {plant.suggestion for plant in plants if (plant.kind, plant.words) in named}  # made anew, it is the same
        new -= self._disclosed.get(conversation, set())
        if new:
            told = PlantsDisclosed(tuple(sorted(new)))
            await self._desk.live.record([NewEvent(conversation, f"agent:{agent.id}", told, self._now(), NAME)])

    async def begin(self, agent: Agent, command: BeginPractice) -> str:
        """Open the conversation, give it to the agent, and return its id."""
        scenario = self._scenarios().get(command.scenario)
        if scenario is None:
            raise NotFound(f"there is no scenario '{command.scenario}'")
        seed = command.seed if command.seed is not None else secrets.randbelow(SEEDS)
        if not 0 <= seed < MOST_SEEDS:
            raise Refused(f"a seed is a number from 0 to {MOST_SEEDS - 1}")
        began = PracticeBegan(
            scenario.id,
            scenario.version,
            scenario.title,
            seed,
            agent.id,
            agent.name,
            command.assistance,
            command.assignment,
        )
        if scenario.drill is Drill.TAKE_OVER:  # the bot has it; what they say comes line by line
            return await self._open(agent, scenario, began, ())
        return await self._open(agent, scenario, began, _before(scenario, self._now()))

    async def replay(self, agent: Agent, conversation: str, message: str) -> str:
        """Take a session up again before one of the agent's messages, as a new one, and return its id."""
        history = await self._desk.live.history(conversation)
        earlier = next((event.data for event in history if isinstance(event.data, PracticeBegan)), None)
        scenario = self._scenarios().get(earlier.scenario) if earlier else None
        if earlier is None or scenario is None:
            raise NotFound(f"there is no scenario of the session '{conversation}'")
        try:
            parts = part_before(history, message, scenario.opening)
        except KeyError:
            raise NotFound(f"the agent wrote no message '{message}' in this session") from None
        began = replace(
            earlier,
            version=scenario.version,
            agent=agent.id,
            name=agent.name,
            assignment="",
            replays=conversation,
            before=message,
        )
        return await self._open(agent, scenario, began, _again(parts, self._now()))

    async def _open(
        self, agent: Agent, scenario: Scenario, began: PracticeBegan, before: Sequence[Incoming | EventData]
    ) -> str:
        self._require_room(agent)
        conversation = f"p-{secrets.token_hex(6)}"
        self._loop = asyncio.get_running_loop()
        self._began[conversation] = began  # so that they see it from its first event on
        self._opening.add(conversation)
        try:
            await self._opened(conversation, agent, scenario, began, before)
        finally:
            self._opening.discard(conversation)
        return conversation

    def _require_room(self, agent: Agent) -> None:
        """Raise :class:`Refused` for somebody who has as many sessions under way as anybody may."""
        there = self._opening.union(self._desk.live.rows)
        if sum(self.owner(name) == agent.id for name in there) >= MOST_AT_ONCE:
            raise Refused(f"you have {MOST_AT_ONCE} sessions under way; end one of them first: close its chat")

    async def _opened(
        self,
        conversation: str,
        agent: Agent,
        scenario: Scenario,
        began: PracticeBegan,
        before: Sequence[Incoming | EventData],
    ) -> None:
        await self._desk.intake.open(
            NAME,
            replace(scenario.customer, id=f"{scenario.customer.id}:{conversation}"),  # no session is another's past
            conversation=conversation,
            subject=scenario.subject or scenario.title,
            level=Identity.VERIFIED if scenario.customer.name else Identity.ANONYMOUS,
            before=before,
            handover=scenario.reason if before else "",
            tier=scenario.tier,
            also=[(f"agent:{agent.id}", began)],
            then=[(f"agent:{agent.id}", ConversationClaimed(agent.id, agent.name))] if before else (),
        )


def _before(scenario: Scenario, now: datetime) -> list[Incoming]:
    """Return what was said before the agent came, the customer's first words to them at the end."""
    at = now - timedelta(minutes=scenario.minutes_ago)
    found: list[Incoming] = []
    for number, line in enumerate(scenario.before):
        at = min(at + timedelta(seconds=line.after if number else 0.0), now)
        found.append(Incoming(line.role, line.text, f"before.{number}", at))
    first = [Incoming(Author.CUSTOMER, text, f"begins.{n}", now) for n, text in enumerate(scenario.begins)]
    return [*found, *first]


def _again(parts: Sequence[Part], now: datetime) -> list[Incoming | EventData]:
    """Return what stood in an earlier session as it is to stand in a new one: as long ago, and as far apart."""
    written = [part.at for part in parts if isinstance(part, Message) and part.at is not None]
    later = now - max(written, default=now)
    return [
        Incoming(part.role, part.text, f"again.{place}", part.at + later if part.at else now, part.author)
        if isinstance(part, Message)
        else part
        for place, part in enumerate(parts)
    ]
