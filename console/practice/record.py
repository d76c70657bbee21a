"""What stands in the log of practice, folded: who played what with which end and score, and what is assigned. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from console.conversation.events import ConversationClosed, ConversationReopened, Event
from console.conversation.practice_assignments import ToPlay
from console.conversation.practice_events import (
    AssignmentWithdrawn,
    PointOverruled,
    PracticeAssigned,
    PracticeBegan,
    PracticeEnded,
    PracticeScored,
)
from console.conversation.practice_training import PastSession
from console.practice.customer import Ending
from console.practice.holding import outcome, overruled

KINDS: Final = (
    "practice-began", "practice-ended", "practice-scored", "point-overruled", "practice-assigned",
    "assignment-withdrawn", "conversation-closed", "conversation-reopened",
)  # fmt: skip
"""The kinds of events that are folded here."""


@dataclass(frozen=True, slots=True)
class Played:
    """A session, under way or over."""

    conversation: str
    began: PracticeBegan
    at: datetime
    closed: datetime | None = None
    ending: str = ""
    scored: PracticeScored | None = None
    overruled: dict[str, PointOverruled] = field(default_factory=dict)

    @property
    def outcome(self) -> tuple[float, bool] | None:
        """Total (0 to 100) and whether it was won, as they hold; ``None`` before it is scored."""
        return outcome(self.scored.points, self.overruled) if self.scored else None

    @property
    def told(self) -> PastSession:
        """The session as it is listed."""
        found, began = self.outcome, self.began
        ending = self.ending or (Ending.CUT_OFF.value if self.closed else "")
        return PastSession(
            self.conversation, began.scenario, began.title, began.agent, began.name, began.assistance,
            began.assignment, self.at, self.closed, ending, found[0] if found else None, found[1] if found else None,
            len(self.overruled), began.replays,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """An assignment that was not withdrawn."""

    data: PracticeAssigned
    at: datetime

    def meant_for(self, person: str, teams: frozenset[str]) -> bool:
        """Return whether somebody is to play it."""
        return person in self.data.people or not teams.isdisjoint(self.data.teams)


class Record:
    """The fold. Events come in the order of the log; one that comes twice changes nothing."""

    def __init__(self) -> None:
        self.sessions: dict[str, Played] = {}
        self.given: dict[str, Given] = {}
        self._withdrawn: set[str] = set()

    def take(self, event: Event) -> None:
        """Take the next event."""
        match event.data:
            case PracticeAssigned() as data:
                if data.assignment not in self._withdrawn:
                    self.given[data.assignment] = Given(data, event.at)
            case AssignmentWithdrawn(assignment=name):
                self._withdrawn.add(name)
                self.given.pop(name, None)
            case PracticeBegan() as began:
                self.sessions.setdefault(event.conversation, Played(event.conversation, began, event.at))
            case _:
                self._go_on(event)

    def _go_on(self, event: Event) -> None:
        played = self.sessions.get(event.conversation)
        if played is None:
            return
        match event.data:
            case PracticeEnded(ending=ending):
                played = replace(played, ending=ending)
            case ConversationClosed():
                played = replace(played, closed=event.at)
            case ConversationReopened():
                played = replace(played, closed=None)
            case PracticeScored() as scored:
                played = replace(played, scored=scored)
            case PointOverruled() as one:
                played = replace(played, overruled=overruled(played.overruled, one))
            case _:
                return
        self.sessions[event.conversation] = played

    def of(self, agent: str) -> list[Played]:
        """Return somebody's sessions in the order in which they began."""
        return [played for played in self.sessions.values() if played.began.agent == agent]

    def tries(self, agent: str) -> list[Played]:
        """Return those of somebody's sessions that began from the start: figures go by them.

        Whoever takes one up again knows what comes, and has the first part behind them.
        """
        return [played for played in self.of(agent) if not played.began.replays]

    def again(self, agent: str) -> int:
        """Return how many of somebody's sessions took up an earlier one."""
        return len(self.of(agent)) - len(self.tries(agent))

    def done(self, agent: str, assignment: str) -> Played | None:
        """Return the first session of an agent that did an assignment: over and closed; ``None`` where none did."""
        mine = (p for p in self.of(agent) if p.began.assignment == assignment and p.closed is not None)
        return next(mine, None)

    def to_play(self, agent: str, teams: frozenset[str]) -> list[Given]:
        """Return what an agent has still to play, what is due first at the top, what has no day last."""
        mine = [
            given
            for name, given in self.given.items()
            if given.meant_for(agent, teams) and self.done(agent, name) is None
        ]
        return sorted(mine, key=by_due)


def concerned(event: Event, sessions: Mapping[str, Played]) -> frozenset[str] | None:
    """Return who has other things to practise after an event: none named for everybody, ``None`` for nobody."""
    match event.data:
        case PracticeAssigned(people=people, teams=()):
            return frozenset(people)
        case PracticeAssigned() | AssignmentWithdrawn():
            return frozenset()
        case ConversationClosed() | ConversationReopened():
            played = sessions.get(event.conversation)
            return frozenset({played.began.agent}) if played and played.began.assignment else None
        case _:
            return None


def by_due(given: Given) -> tuple[bool, float, datetime]:
    """Return what sorts assignments: by the day they are due, those without one last, then in the order given."""
    due = given.data.due
    return due is None, due.timestamp() if due else 0.0, given.at


def shown(given: Given, title: str) -> ToPlay:
    """Return an assignment as its agent sees it."""
    data = given.data
    return ToPlay(data.assignment, data.scenario, title, data.due, data.assistance, data.note, data.by)
