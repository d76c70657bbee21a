"""What is told of practice on a running server: assignments, past sessions, skills, and practice beside real work."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from console.accounts.people import Person
from console.conversation.people import Agent, Role
from console.conversation.practice_assignments import Assignable, AssignedPerson, Assignment, Assignments, ToPlay
from console.conversation.practice_training import OwnPractice, PastSessions, Practised, Training
from console.conversation.quality_review import Level
from console.desk.practice_training import PracticeTraining
from console.practice.next_up import next_up, won_often
from console.practice.parts import Part
from console.practice.record import Given, Played, Record, by_due, shown
from console.practice.scenario import Scenario
from console.review.practised import (
    agreements,
    by_skill,
    compared,
    counted,
    newest,
    of_group,
    of_point,
    of_point_in_group,
    overall,
    overall_of_group,
)

PRACTISING: Final = frozenset({Role.AGENT, Role.LEAD})
"""Roles that play sessions."""

WATCHING: Final = frozenset({Role.TRAINER, Role.LEAD, Role.ADMIN})
"""Roles that see everybody's sessions; others see their own."""

LISTED: Final = 200
"""Sessions that a list holds, the newest."""

Live = Callable[[], Awaitable[Mapping[str, Level]]]
"""Tells how good the real conversations of each agent were, by their id."""


async def unknown() -> Mapping[str, Level]:
    """Return no live quality: there is no desk to ask."""
    return {}


@dataclass(frozen=True, slots=True)
class Trainee:
    """Somebody who practises, or could."""

    id: str
    name: str
    teams: frozenset[str] = frozenset()


class TrainingLook:
    """Reads the record of practice for those who ask; ``people`` are all who have an account, and blocks."""

    def __init__(
        self,
        training: PracticeTraining,
        scenarios: Callable[[], Mapping[str, Scenario]],
        people: Callable[[], Sequence[Person]],
        path: str,
    ) -> None:
        self._training, self._scenarios, self._people, self._path = training, scenarios, people, path
        self.live: Live = unknown

    async def trainees(self) -> dict[str, Trainee]:
        """Return everybody who may practise, and who has, by id."""
        known = await asyncio.to_thread(self._people)
        found = {
            person.id: Trainee(person.id, person.name, frozenset(person.teams))
            for person in known
            if person.active and not PRACTISING.isdisjoint(person.roles)
        }
        others = {person.id for person in known} - found.keys()  # trainers who try a scenario are nobody's figures
        for played in self._training.record.sessions.values():
            began = played.began
            if began.agent not in others:
                found.setdefault(began.agent, Trainee(began.agent, began.name))
        return dict(sorted(found.items(), key=lambda pair: (pair[1].name, pair[0])))

    async def assignments(self) -> Assignments:
        """Return what is assigned to whom, and how far it is played."""
        trainees, scenarios = await self.trainees(), await asyncio.to_thread(self._scenarios)
        given = sorted(self._training.record.given.values(), key=by_due)
        people = tuple(Assignable(one.id, one.name, tuple(sorted(one.teams))) for one in trainees.values())
        return Assignments(tuple(self._assignment(one, trainees, scenarios) for one in given), people)

    def sessions(self, agent: Agent, *, own: bool) -> PastSessions:
        """Return sessions, the newest first: one's own, or for those who watch everybody's."""
        record = self._training.record
        mine = own or agent.role not in WATCHING
        found = record.of(agent.id) if mine else list(record.sessions.values())
        newest = [played.told for played in reversed(found)]
        return PastSessions(tuple(newest[:LISTED]), self._path, max(0, len(newest) - LISTED))

    async def own(self, agent: Agent) -> OwnPractice:
        """Return what somebody has to play, and what to play next."""
        record, scenarios = self._training.record, await asyncio.to_thread(self._scenarios)
        me = (await self.trainees()).get(agent.id, Trainee(agent.id, agent.name))
        mine = record.tries(agent.id)
        to_play = [_to_play(given, scenarios) for given in record.to_play(me.id, me.teams)]
        skills = by_skill(mine, scenarios)
        return OwnPractice(tuple(to_play), next_up(scenarios, mine, skills, won_often(mine)), len(record.of(agent.id)))

    async def training(self) -> Training:
        """Return what a trainer reads of people, groups, and of the engine's scores."""
        trainees, scenarios = await self.trainees(), await asyncio.to_thread(self._scenarios)
        live = await self.live()
        record = self._training.record
        people = [_practised(one, record, scenarios, live.get(one.id)) for one in trainees.values()]
        pairs = [
            (one.overall.mean, one.live.mean)
            for one in people
            if one.overall.mean is not None and one.live is not None and one.live.mean is not None
        ]
        groups = [_group(name, members, record, scenarios) for name, members in _teams(trainees).items()]
        return Training(tuple(people), tuple(groups), agreements(record.sessions.values()), compared(pairs))

    def _assignment(
        self, given: Given, trainees: Mapping[str, Trainee], scenarios: Mapping[str, Scenario]
    ) -> Assignment:
        data = given.data
        meant = [one for one in trainees.values() if given.meant_for(one.id, one.teams)]
        people = tuple(self._standing(one, self._training.record.done(one.id, data.assignment)) for one in meant)
        title = _title(data.scenario, scenarios)
        return Assignment(
            data.assignment, data.scenario, title, data.due, data.assistance, data.note, data.by, given.at,
            data.teams, people,
        )  # fmt: skip

    @staticmethod
    def _standing(one: Trainee, done: Played | None) -> AssignedPerson:
        if done is None:
            return AssignedPerson(one.id, one.name)
        total, won = done.outcome or (None, None)
        return AssignedPerson(one.id, one.name, done.conversation, total, won)


def _to_play(given: Given, scenarios: Mapping[str, Scenario]) -> ToPlay:
    return shown(given, _title(given.data.scenario, scenarios))


def _title(scenario: str, scenarios: Mapping[str, Scenario]) -> str:
    """Return a scenario's title; of one that is gone, its id."""
    found = scenarios.get(scenario)
    return found.title if found else scenario


def _practised(one: Trainee, record: Record, scenarios: Mapping[str, Scenario], live: Level | None) -> Practised:
    sessions = record.tries(one.id)
    skills = by_skill(sessions, scenarios)
    follows = next_up(scenarios, sessions, skills, won_often(sessions))
    trust = of_point(sessions, Part.PLANTS), of_point(sessions, Part.SUGGESTIONS)
    return Practised(
        one.id, one.name, len(sessions), _won(sessions), overall(sessions), skills, follows, live, *trust,
        newest(sessions), record.again(one.id), counted(sessions, Part.PLANTS), counted(sessions, Part.SUGGESTIONS),
    )  # fmt: skip


def _teams(trainees: Mapping[str, Trainee]) -> dict[str, list[str]]:
    """Return the ids of each team's members, everybody first."""
    teams: dict[str, list[str]] = {"": list(trainees)}
    for one in trainees.values():
        for team in sorted(one.teams):
            teams.setdefault(team, []).append(one.id)
    return dict(sorted(teams.items()))


def _group(name: str, members: Sequence[str], record: Record, scenarios: Mapping[str, Scenario]) -> Practised:
    """Return what a team has practised; what all of its members who practise won often need not be played."""
    each = [mine for one in members if (mine := record.tries(one))]
    sessions = [one for mine in each for one in mine]
    skills = of_group(each, scenarios)
    done = frozenset.intersection(*map(won_often, each)) if each else frozenset()
    follows = next_up(scenarios, sessions, skills, done)
    trust = of_point_in_group(each, Part.PLANTS), of_point_in_group(each, Part.SUGGESTIONS)
    called, won, score = name or "everybody", _won(sessions), overall_of_group(each)
    return Practised(
        name, called, len(sessions), won, score, skills, follows, None, *trust, (), sum(map(record.again, members)),
        counted(sessions, Part.PLANTS), counted(sessions, Part.SUGGESTIONS),
    )  # fmt: skip


def _won(sessions: Sequence[Played]) -> int:
    return sum(bool(found and found[1]) for found in (played.outcome for played in sessions))
