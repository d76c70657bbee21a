"""What came of each conversation that was assigned to assistance or held out: a fold of events.

Each counts in the arm that it was assigned to, whatever became of it: also where the agent asked for assistance, hid
it, or it was handed on (intention to treat). Every conversation is followed for the same time: what happens later than
:data:`WITHIN` after its assignment counts as never, and :data:`AFTER` its closing it is known whether the customer came
back. One that has not been followed for so long is not counted yet.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import exp, log
from typing import ClassVar, Final

from console.conversation import events as e
from console.conversation.assist_events import AssistanceHidden, SuggestionDecided
from console.conversation.assistance import Decision
from console.conversation.hold_out_events import HoldOutAssigned
from console.conversation.message import Author, Status
from console.conversation.satisfaction_events import CsatGiven
from console.review.impact.hands import NOBODY, STATUS_KINDS, hands_after
from console.review.impact.outcomes import EDITS, FIRST, HANDLING, REOPENED, RESPONSE
from console.review.plain import record

WITHIN: Final = timedelta(days=3)
"""How long after its assignment a conversation is followed. It bounds what a clock that jumped ahead can add, too."""

AFTER: Final = timedelta(days=7)
"""How long after its closing a customer who writes again opens it again."""

SET_BACK: Final = timedelta(minutes=1)
"""From how much on a time before the newest one is a clock that was set back, and not that of another server."""

_TAKEN: Final = frozenset({Decision.ACCEPTED, Decision.EDITED})


EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time, and how often the clock had been set back by then: only times of one run of the clock can be compared."""

    at: datetime
    run: int

    def seconds_since(self, earlier: "Moment") -> float | None:
        """Return the seconds between two moments; ``None`` where the clock was set back between them."""
        return max(0.0, (self.at - earlier.at).total_seconds()) if self.run == earlier.run else None


@record
@dataclass(slots=True)
class Course:
    """A conversation from its hand-over on."""

    handed: Moment
    owed: Moment | None
    """Since when the customer waits for a person."""
    assigned: HoldOutAssigned | None = None
    at: Moment | None = None
    """When it was assigned."""
    asked: bool = False
    """Whether the agent of a held-out one asked for assistance."""
    agent: str = ""
    """Who answered first, or took it first where nobody has answered."""
    waits: list[float] = field(default_factory=list)
    first: float | None = None
    answers: int = 0
    by_hand: float = 0.0
    """Characters of answers that were written or changed by hand."""
    in_hand: Moment | None = None
    """Since when an agent has been at it."""
    handling: float | None = 0.0
    """Seconds that agents have been at it; ``None`` where the clock was set back meanwhile."""
    closed: Moment | None = None
    reopened: bool = False
    csat: int | None = None
    """What the customer said of its closing, 1 to 5; ``None`` where they said nothing, or later than it is followed."""

    @property
    def ready(self) -> datetime:
        """When it has been followed long enough to count; never, where it was not assigned."""
        return self.at.at + WITHIN if self.at else datetime.max.replace(tzinfo=UTC)

    def over(self, now: Moment) -> bool:
        """Return whether what happens now is too late to count."""
        return self.at is not None and now.at - self.at.at > WITHIN and now.run == self.at.run

    def worked(self, now: Moment, *, working: bool) -> None:
        """Take in whether an agent is at it from now on."""
        if self.in_hand is not None and not working:
            spent = now.seconds_since(self.in_hand)
            self.handling = None if spent is None or self.handling is None else self.handling + spent
        self.in_hand = (self.in_hand or now) if working else None

    def values(self, until: datetime) -> Iterator[tuple[str, datetime, float | None]]:
        """Yield each outcome that is known by ``until``, since when it is, and its value.

        ``None`` where it has none: nobody answered, it was not closed in time, or the clock was set back.
        """
        ready = self.ready
        if ready > until:
            return
        waits = [log(max(1.0, wait)) for wait in self.waits]
        yield FIRST.name, ready, self.first
        yield RESPONSE.name, ready, exp(sum(waits) / len(waits)) if waits else None
        yield EDITS.name, ready, max(0.0, self.by_hand) / self.answers if self.answers else None
        yield HANDLING.name, ready, self.handling if self.closed else None
        if self.closed is None:
            yield REOPENED.name, ready, None
        elif (known := max(ready, self.closed.at + AFTER)) <= until:
            yield REOPENED.name, known, float(self.reopened)


class Trials:
    """The conversations so far."""

    KINDS: ClassVar[tuple[str, ...]] = (
        "conversation-opened",
        "message-added",
        "handed-over",
        "hold-out-assigned",
        "suggestion-decided",
        "assistance-hidden",
        "csat-given",
        *STATUS_KINDS,
    )

    def __init__(self, since: datetime = EPOCH) -> None:
        """``since`` is from when on events are given to it."""
        self._hands: dict[str, tuple[str, str]] = {}
        """Of each conversation its status and agent; see :mod:`console.review.impact.hands`."""
        self._courses: dict[str, Course] = {}
        self._newest: datetime | None = None
        self._run = 0

    @property
    def until(self) -> datetime | None:
        """When the newest event happened, by the clock as it ran then; ``None`` before the first."""
        return self._newest

    @property
    def scores(self) -> Mapping[str, float]:
        """How satisfied customers were with the conversations that were assigned, where they said so."""
        return {name: float(course.csat) for name, course in self.assigned.items() if course.csat is not None}

    @property
    def assigned(self) -> Mapping[str, Course]:
        """The conversations that were assigned, in the order of their hand-over."""
        return {name: course for name, course in self._courses.items() if course.assigned}

    def take(self, event: e.Event) -> None:
        """Take in an event; they come in order of their numbers, whatever their times are."""
        self.passed(event.at)
        name = event.conversation
        if not name:
            return
        hands = self._hands.get(name, NOBODY)
        if (after := hands_after(hands, event.data)) is not hands:
            self._hands[name] = hands = after
        course = self._courses.get(name)
        if course is None:
            if isinstance(event.data, e.HandedOver):
                now = Moment(event.at, self._run)
                self._courses[name] = Course(now, now)
            return
        now = Moment(event.at, self._run)
        if isinstance(event.data, HoldOutAssigned):
            if course.assigned is None:
                course.assigned, course.at = event.data, now
        elif not _closed(course, event, now) and not course.over(now):
            _take_in(course, event, now)
            status, agent = hands
            course.agent = course.agent or agent
            course.worked(now, working=status == Status.ACTIVE and bool(agent))

    def passed(self, at: datetime) -> None:
        """Take in that it was some time, by an event that tells nothing else."""
        if self._newest is None or at > self._newest:
            self._newest = at
        elif at < self._newest - SET_BACK:
            self._newest, self._run = at, self._run + 1


def _closed(course: Course, event: e.Event, now: Moment) -> bool:
    """Return whether the conversation is closed, or was and has come back; take in that it does.

    Whoever of the staff opens it again takes the closing back.
    """
    if course.closed is None:
        return False
    if isinstance(event.data, CsatGiven) and not course.reopened and not course.over(now):
        course.csat = course.csat or event.data.score
    if isinstance(event.data, e.ConversationReopened) and not course.reopened:
        if event.actor.startswith("customer:"):
            course.reopened = now.at - course.closed.at <= AFTER
        elif not course.over(now):
            course.closed = course.csat = None
            return False
    return True


def _take_in(course: Course, event: e.Event, now: Moment) -> None:
    match event.data:
        case e.MessageAdded(role=Author.CUSTOMER):
            course.owed = course.owed or now
        case e.MessageAdded(role=Author.AGENT, text=text, author=author):
            _answered(course, now)
            if course.answers == 1:
                course.agent = event.actor.removeprefix("agent:") if event.actor.startswith("agent:") else author
            course.by_hand += len(text)
        case SuggestionDecided(decision=decision, final_text=text, edit_distance=changed) if decision in _TAKEN:
            course.by_hand -= max(0, len(text) - changed)
        case AssistanceHidden(hidden=False):
            course.asked = course.asked or bool(course.assigned and course.assigned.held_out)
        case e.ConversationClosed():
            course.closed = now
        case _:
            pass


def _answered(course: Course, now: Moment) -> None:
    course.answers += 1
    if course.answers == 1:
        course.first = now.seconds_since(course.handed)
    if course.owed is not None and (wait := now.seconds_since(course.owed)) is not None:
        course.waits.append(wait)
    course.owed = None
