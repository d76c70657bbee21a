"""When the colleagues of the generated history are there: their shifts, told day by day, with what they had to do.

Whoever has a conversation is there. So a day's presence is told once its conversations are known: somebody comes a
little earlier or stays a little longer for one, and takes the break while there is none.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from console.conversation import queue_events as q
from console.conversation.events import (
    WORKSPACE,
    ConversationClaimed,
    ConversationClosed,
    ConversationReleased,
    ConversationReopened,
    NewEvent,
)
from console.conversation.generated_events import GENERATED
from console.conversation.people import Presence
from console.conversation.presence_events import PresenceChanged
from console.demo.history.cast import COLLEAGUES, LEADS, Colleague
from console.demo.history.shape import Shape

EARLY_OR_LATE: Final = 420.0
"""Seconds by which a shift begins and ends early or late at most."""
PAUSE: Final = timedelta(minutes=30)
"""A break in the middle of a shift."""
STEPS: Final = sorted(range(-10, 11), key=abs)
"""By how many tenths of an hour it lies off the middle, the nearest first."""
BEFORE: Final = timedelta(minutes=2)
"""How long somebody is there before they take a conversation, and after they have ended one."""

Span = tuple[datetime, datetime]


class Work:
    """Who is to be there for a conversation from when to when, by agent; days that are told are forgotten."""

    def __init__(self) -> None:
        self._spans: dict[str, list[Span]] = {}

    def take(self, events: Iterable[NewEvent]) -> None:
        """Take in the events of a conversation."""
        holder, since = "", None
        for event in events:
            match event.data:
                case ConversationClaimed(agent=agent) | q.ConversationTransferred(agent=agent):
                    self._note(holder, since, event.at)
                    holder, since = agent, event.at if agent else None
                case q.ConversationReturned():  # because they are not there
                    holder, since = "", None
                case ConversationClosed() | ConversationReleased():
                    self._note(holder, since, event.at)
                    since = None
                case q.ConversationWoken() | ConversationReopened() if holder:
                    since = event.at
                case _:
                    pass

    def of(self, agent: str, day: date) -> list[Span]:
        """Return what an agent began to work on on a day, and forget it and what lies before."""
        spans = self._spans.pop(agent, [])
        self._spans[agent] = [span for span in spans if span[0].date() > day]
        return [span for span in spans if span[0].date() == day]

    def _note(self, agent: str, since: datetime | None, until: datetime) -> None:
        if agent and since is not None:
            self._spans.setdefault(agent, []).append((since, until))


def presences(shape: Shape, day: date, work: Work) -> Iterator[NewEvent]:
    """Yield who comes, takes a break, and goes on a day, whose conversations are known; nobody is left there."""
    rng = random.Random(f"{shape.seed} presence {(day - shape.first).days}")  # noqa: S311 - no secret
    for one in (*COLLEAGUES, *LEADS):
        drawn = [timedelta(seconds=round(rng.uniform(-EARLY_OR_LATE, EARLY_OR_LATE), 3)) for _ in one.shift]
        spans = work.of(one.id, day)
        shift = [datetime.combine(day, time(hour), UTC) + off for hour, off in zip(one.shift, drawn, strict=True)]
        moments = [*(shift if day.weekday() in one.days else ())]
        moments += [moment for since, until in spans for moment in (since - BEFORE, until + BEFORE)]
        if moments:
            yield from _told(shape, one, (min(moments), max(moments)), spans)


def _told(shape: Shape, one: Colleague, stretch: Span, spans: Sequence[Span]) -> Iterator[NewEvent]:
    """Yield a stretch of presence, as far as it lies within the history."""
    came = max(stretch[0], shape.since or stretch[0])
    left = min(stretch[1], shape.until - timedelta(microseconds=1))
    if came >= left:
        return
    yield _changed(one, Presence.ONLINE, came)
    for began, ended in _break(came, left, spans):
        yield _changed(one, Presence.BREAK, began)
        yield _changed(one, Presence.ONLINE, ended)
    yield _changed(one, Presence.OFFLINE, left)


def _break(came: datetime, left: datetime, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield when they take their break, if they find the time: as near to the middle as their work allows."""
    middle = came + (left - came) / 2
    for step in STEPS:
        began = middle + step * timedelta(minutes=6)
        ended = began + PAUSE
        if came < began and ended < left and not any(since < ended and began < until for since, until in spans):
            yield began, ended
            return


def _changed(one: Colleague, presence: Presence, at: datetime) -> NewEvent:
    return NewEvent(WORKSPACE, f"agent:{one.id}", PresenceChanged(one.id, one.name, presence), at, GENERATED)
