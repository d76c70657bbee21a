"""The generated history as events in the order in which they would have happened. Pure: the same for the same seed."""

import heapq
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from console.conversation.events import NewEvent
from console.demo.history.bot_part import bot_part
from console.demo.history.cast import customer
from console.demo.history.ending import ending
from console.demo.history.material import Material, Matter
from console.demo.history.people_part import people_part
from console.demo.history.plants import Truth
from console.demo.history.presence import Work, presences
from console.demo.history.roster import Roster
from console.demo.history.satisfaction import rated
from console.demo.history.shape import A_DAY, Shape, arrivals
from console.demo.history.thread import Thread

PREFIX = "generated-"
"""What the ids of generated conversations begin with."""


@dataclass(frozen=True, slots=True)
class Told:
    """A conversation with all its events, and what was planted in it."""

    events: tuple[NewEvent, ...]
    truth: tuple[Truth, ...]


def conversations(shape: Shape, material: Material) -> Iterator[Told]:
    """Yield the conversations in the order in which they began; those that would not have ended by now are left out."""
    roster = Roster(round(shape.a_day / A_DAY))
    weights = [matter.weight for matter in material.matters]
    for number, at in enumerate(arrivals(shape), 1):
        rng = random.Random(f"{shape.seed} {number}")  # noqa: S311 - no secret
        matter = rng.choices(material.matters, weights)[0]
        thread = _told(shape, material, matter, roster, number, at, rng)
        if thread.events[-1].at < shape.until:
            events = rated(thread.events, random.Random(f"{shape.seed} satisfaction {number}"))  # noqa: S311 - no secret
            truth = tuple(Truth(thread.id, plant) for plant in sorted(thread.planted))
            yield Told(tuple(event for event in events if event.at < shape.until), truth)


def events_of(shape: Shape, material: Material) -> Iterator[NewEvent]:
    """Yield all events, the earliest first; only those of a day and of conversations under way are held at a time."""
    waiting: list[tuple[datetime, int, NewEvent]] = []
    work, place, following = Work(), count(), conversations(shape, material)
    told = next(following, None)
    for day in (shape.first + timedelta(days=number) for number in range(shape.days + 2)):
        found: list[NewEvent] = []
        while told is not None and told.events[0].at.date() <= day:
            found += told.events
            work.take(told.events)
            told = next(following, None)
        for event in (*presences(shape, day, work), *found):
            heapq.heappush(waiting, (event.at, next(place), event))
        while waiting and waiting[0][0].date() <= day:
            yield heapq.heappop(waiting)[2]


def _told(
    shape: Shape, material: Material, matter: Matter, roster: Roster, number: int, at: datetime, rng: random.Random
) -> Thread:
    behaviour = material.library.behaviour(matter.intent)
    if behaviour is None:
        raise ValueError(f"the demo company has no behaviour '{matter.intent}' any more")
    dialogue = rng.choice(matter.dialogues)
    name = rng.choice(material.names)
    who = customer(shape.customer(number), name, rng, at.date(), matter.order, matter.due, dialogue.item)
    thread = Thread(f"{PREFIX}{shape.seed}-{number}", who, at, rng, material, behaviour)
    if bot_part(thread, matter, dialogue, down=shape.down(at)):
        course = people_part(thread, matter, dialogue, roster)
        if thread.agent is not None:
            roster.keeps(thread.agent, thread.at)
        ending(thread, matter, dialogue, course)
    return thread
