"""When the colleagues of the generated history are there: their shifts, told day by day."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from console.conversation.events import WORKSPACE, NewEvent
from console.conversation.generated_events import GENERATED
from console.conversation.people import Presence
from console.conversation.presence_events import PresenceChanged
from console.demo.history.cast import COLLEAGUES, LEADS, Colleague
from console.demo.history.shape import Shape

EARLY_OR_LATE: Final = 420.0
"""Seconds by which a shift begins and ends early or late at most."""
PAUSE: Final = timedelta(minutes=30)
"""A break in the middle of a shift."""


def presences(shape: Shape) -> Iterator[NewEvent]:
    """Yield who comes, takes a break, and goes, in order; nobody is left there at the end."""
    for number in range(shape.days + 1):
        day = shape.first + timedelta(days=number)
        rng = random.Random(f"{shape.seed} presence {number}")  # noqa: S311 - no secret
        told = [event for one in (*COLLEAGUES, *LEADS) if day.weekday() in one.days for event in _shift(one, day, rng)]
        told = [event for event in told if shape.since is None or event.at >= shape.since]
        yield from sorted((event for event in told if event.at < shape.until), key=lambda event: event.at)
        if day == shape.until.date():
            there = {event.actor: event for event in told if event.at < shape.until}
            for actor, event in there.items():
                if isinstance(event.data, PresenceChanged) and event.data.presence is not Presence.OFFLINE:
                    gone = PresenceChanged(event.data.agent, event.data.name, Presence.OFFLINE)
                    yield NewEvent(WORKSPACE, actor, gone, shape.until - timedelta(microseconds=1), GENERATED)


def _shift(one: Colleague, day: date, rng: random.Random) -> Iterator[NewEvent]:
    ends = [datetime.combine(day, time(hour), UTC) for hour in one.shift]
    came, left = (end + timedelta(seconds=round(rng.uniform(-EARLY_OR_LATE, EARLY_OR_LATE), 3)) for end in ends)
    noon = came + (left - came) / 2
    moments = (
        (came, Presence.ONLINE),
        (noon, Presence.BREAK),
        (noon + PAUSE, Presence.ONLINE),
        (left, Presence.OFFLINE),
    )
    for at, presence in moments:
        yield NewEvent(WORKSPACE, f"agent:{one.id}", PresenceChanged(one.id, one.name, presence), at, GENERATED)
