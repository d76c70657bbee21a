"""Practice sessions: who plays what, on a desk of its own, so that nothing of it reaches customers or figures."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from console.conversation.events import Event, NewEvent
from console.conversation.message import Author
from console.conversation.people import Agent, Identity
from console.conversation.practice import BeginPractice
from console.conversation.practice_events import PracticeBegan
from console.desk.channels.practice import NAME
from console.desk.desk import Desk
from console.desk.errors import NotFound
from console.desk.intake import Incoming
from console.desk.log import EventLog
from console.practice.scenario import Scenario

SEEDS: Final = 2**31


class PracticeSessions:
    """Begins sessions on the practice desk."""

    def __init__(
        self, desk: Desk, scenarios: Callable[[], Mapping[str, Scenario]], now: Callable[[], datetime]
    ) -> None:
        self._desk, self._scenarios, self._now = desk, scenarios, now
        self._owners: dict[str, str] = {}
        desk.live.watchers.append(self._watch)

    def read(self, log: EventLog) -> None:
        """Learn whose the sessions are that stand in the log; blocks."""
        for event in log.of_kinds(["practice-began"]):
            self._watch(event)

    def owner(self, conversation: str) -> str:
        """Return the id of the agent whose session it is; empty where there is none."""
        return self._owners.get(conversation, "")

    def _watch(self, event: Event) -> None:
        if isinstance(event.data, PracticeBegan):
            self._owners[event.conversation] = event.data.agent

    async def begin(self, agent: Agent, command: BeginPractice) -> str:
        """Open the conversation, give it to the agent, and return its id."""
        scenario = self._scenarios().get(command.scenario)
        if scenario is None:
            raise NotFound(f"there is no scenario '{command.scenario}'")
        seed = command.seed if command.seed is not None else secrets.randbelow(SEEDS)
        conversation = f"p-{secrets.token_hex(6)}"
        began = PracticeBegan(
            scenario.id,
            scenario.version,
            scenario.title,
            seed,
            agent.id,
            agent.name,
        )
        self._owners[conversation] = agent.id  # so that they see it from its first event on
        await self._desk.intake.open(
            NAME,
            replace(scenario.customer, id=f"{scenario.customer.id}:{conversation}"),  # no session is another's past
            conversation=conversation,
            subject=scenario.subject or scenario.title,
            level=Identity.VERIFIED if scenario.customer.name else Identity.ANONYMOUS,
            before=_before(scenario, self._now()),
            handover=scenario.reason,
            tier=scenario.tier,
        )
        await self._desk.casework.claim(agent, conversation)
        await self._desk.live.record([NewEvent(conversation, f"agent:{agent.id}", began, self._now(), NAME)])
        return conversation


def _before(scenario: Scenario, now: datetime) -> list[Incoming]:
    """Return what was said before the agent came, the customer's first words to them at the end."""
    at = now - timedelta(minutes=scenario.minutes_ago)
    found: list[Incoming] = []
    for number, line in enumerate(scenario.before):
        at = min(at + timedelta(seconds=line.after if number else 0.0), now)
        found.append(Incoming(line.role, line.text, f"before.{number}", at))
    first = [Incoming(Author.CUSTOMER, text, f"begins.{n}", now) for n, text in enumerate(scenario.begins)]
    return [*found, *first]
