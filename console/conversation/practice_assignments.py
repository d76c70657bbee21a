"""Scenarios that trainers assign: what is asked, and what is told of them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from console.conversation.practice_events import Assistance

NOTE_LETTERS: Final = 500

_SOON: Final = 7
"""Days from which on a day goes by its date and not by the name of the weekday."""


@dataclass(frozen=True, slots=True)
class AssignPractice:
    """Give a scenario to people, by their ids, and to teams; ``due`` is the last moment, with its time zone."""

    scenario: str
    people: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    due: datetime | None = None
    assistance: Assistance = "on"
    note: str = ""


@dataclass(frozen=True, slots=True)
class AssignmentMade:
    """An assignment that stands now."""

    assignment: str


@dataclass(frozen=True, slots=True)
class AssignedPerson:
    """One of those who are to play it, and how far they are."""

    id: str
    name: str
    session: str = ""
    """The session that did it, over and closed; empty where there is none yet."""
    total: float | None = None
    won: bool | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """A scenario that somebody is to play, as trainers see it."""

    id: str
    scenario: str
    title: str
    due: datetime | None
    assistance: str
    note: str
    by: str
    """The name of who assigned it."""
    at: datetime
    teams: tuple[str, ...]
    people: tuple[AssignedPerson, ...]
    """Those it is for now, the members of the teams among them."""

    @property
    def done(self) -> int:
        """How many have played it."""
        return sum(bool(person.session) for person in self.people)


@dataclass(frozen=True, slots=True)
class Assignable:
    """Somebody who can be given a scenario."""

    id: str
    name: str
    teams: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignments:
    """All that stand, those due first at the top, and to whom more can be given."""

    assignments: tuple[Assignment, ...]
    people: tuple[Assignable, ...] = ()


@dataclass(frozen=True, slots=True)
class ToPlay:
    """An assignment as the agent sees it who has still to play it."""

    assignment: str
    scenario: str
    title: str
    due: datetime | None
    assistance: Assistance
    note: str
    by: str

    def due_by(self, today: date) -> bool:
        """Whether it is due today or late; ``today`` is the day here."""
        return self.due is not None and self.due.astimezone().date() <= today


def due_words(due: datetime | None, today: date) -> str:
    """Return when it is due, in words: ``due Friday``, ``2 days late``; empty where any time will do."""
    if due is None:
        return ""
    day = due.astimezone().date()
    left = (day - today).days
    if left < 0:
        return f"{-left} day{'s' * (left < -1)} late"
    if left <= 1:
        return ("due today", "due tomorrow")[left]
    return f"due {day:%A}" if left < _SOON else f"due {day.day} {day:%b}"
