"""What trainers do around practice: assign scenarios, withdraw them, and score a point otherwise than the engine."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from console.conversation.events import WORKSPACE, NewEvent
from console.conversation.people import Agent
from console.conversation.practice import BeginPractice
from console.conversation.practice_assignments import NOTE_LETTERS, AssignPractice
from console.conversation.practice_events import AssignmentWithdrawn, PointOverruled, PracticeAssigned
from console.conversation.practice_training import OverrulePoint
from console.desk.channels.practice import NAME
from console.desk.desk import Desk
from console.desk.errors import NotFound, Refused
from console.desk.log import EventLog
from console.practice.holding import level_of
from console.practice.record import KINDS, Record
from console.practice.scenario import Scenario
from console.text import clean

MOST: Final = 500
"""People and teams of one assignment."""

Decision = PracticeAssigned | AssignmentWithdrawn | PointOverruled


class PracticeTraining:
    """Keeps the record of practice up to date, and lets trainers decide."""

    def __init__(
        self, desk: Desk, scenarios: Callable[[], Mapping[str, Scenario]], now: Callable[[], datetime]
    ) -> None:
        self._desk, self._scenarios, self._now = desk, scenarios, now
        self.record = Record()
        desk.live.watchers.append(self.record.take)

    def read(self, log: EventLog) -> None:
        """Learn what stands in the log; blocks."""
        for event in log.of_kinds(KINDS):
            self.record.take(event)

    async def assign(
        self, by: Agent, command: AssignPractice, known: frozenset[str], known_teams: frozenset[str]
    ) -> str:
        """Give a scenario to people and teams; ``known`` are the ids of those who can be given one. Returns its id."""
        if command.scenario not in self._scenarios():
            raise NotFound(f"there is no scenario '{command.scenario}'")
        people, teams = tuple(dict.fromkeys(command.people)), tuple(dict.fromkeys(command.teams))
        if not people and not teams:
            raise Refused("say who is to play it")
        strangers = [person for person in people if person not in known]
        if strangers:
            raise NotFound(f"nobody who practises here has the id '{strangers[0]}'")
        if not known_teams.issuperset(teams):
            raise NotFound("nobody who practises here is in one of these teams")
        if len(people) + len(teams) > MOST:
            raise Refused(f"an assignment is for {MOST} people and teams at the most")
        if command.due is not None and command.due.tzinfo is None:
            raise Refused("the day needs its time zone")
        if command.due is not None and command.due < self._now():
            raise Refused("the day by which it is to be played is past already")
        name = f"a-{secrets.token_hex(6)}"
        note = clean(command.note, NOTE_LETTERS).strip()
        given = PracticeAssigned(name, command.scenario, people, teams, command.due, command.assistance, note, by.name)
        await self._write(WORKSPACE, by, given)
        return name

    def require_given(self, command: BeginPractice) -> None:
        """Raise :class:`NotFound` where a session is to be begun for an assignment that asks for another one."""
        if not command.assignment:
            return
        given = self.record.given.get(command.assignment)
        asked = (given.data.scenario, given.data.assistance) if given else None
        if asked != (command.scenario, command.assistance):
            raise NotFound("this assignment was taken back, or it asks for another session")

    async def withdraw(self, by: Agent, assignment: str) -> None:
        """Take an assignment back; doing so again is refused, for it is not there any more."""
        if assignment not in self.record.given:
            raise NotFound(f"there is no assignment '{assignment}'")
        await self._write(WORKSPACE, by, AssignmentWithdrawn(assignment, by.name))

    async def overrule(self, by: Agent, conversation: str, command: OverrulePoint) -> None:
        """Score a point of a session otherwise, or the same, or take that back; theirs holds."""
        played = self.record.sessions.get(conversation)
        if played is None or played.scored is None:
            raise NotFound(f"there is no session '{conversation}' that is scored")
        point = next((one for one in played.scored.points if one.id == command.point), None)
        if point is None:
            raise NotFound(f"the session has no point '{command.point}'")
        reason = clean(command.reason, NOTE_LETTERS).strip()
        if command.value is not None and not 0 <= command.value <= 1:
            raise Refused("a point is worth 0 to 1")
        if command.value is not None and not reason and not _same(point.value, command.value):
            raise Refused("say why: whoever played it reads the reason")
        await self._write(conversation, by, PointOverruled(command.point, command.value, reason, by.name))

    async def _write(self, conversation: str, by: Agent, data: Decision) -> None:
        event = NewEvent(conversation, f"agent:{by.id}", data, self._now(), NAME if conversation else "")
        await self._desk.live.record([event])


def _same(engine: float | None, theirs: float) -> bool:
    """Return whether a trainer's value lies on the engine's level."""
    return engine is not None and level_of(engine) == level_of(theirs)
