"""Who takes which conversation when: agents have a few at a time, and customers wait until one is free."""

import heapq
import random
from datetime import datetime, timedelta
from typing import Final

from console.demo.history.cast import COLLEAGUES, LEADS, Colleague

CAPACITY: Final = 3
"""Conversations that an agent has at the same time."""

LOOKS_AHEAD: Final = 24 * 4
"""Quarters of an hour that a customer of the night waits at most until somebody comes."""

TEAMS: Final = {"delivery": "delivery", "orders": "delivery", "returns": "returns", "repairs": "repairs"}
"""Which team a skill belongs to; what is nobody's is for everybody."""


class Roster:
    """The agents of the desk, each with until when their conversations keep them."""

    def __init__(self, agents_for: int = 1) -> None:
        """``agents_for`` is how many times the usual number of conversations they are to cope with."""
        self._capacity = CAPACITY * max(1, agents_for)
        self._busy: dict[str, list[datetime]] = {one.id: [] for one in COLLEAGUES}

    def claims(self, at: datetime, skills: tuple[str, ...], rng: random.Random) -> tuple[Colleague, datetime]:
        """Return who takes a conversation that waits since ``at``, and when."""
        team = next((TEAMS[skill] for skill in skills if skill in TEAMS), "")
        for _ in range(LOOKS_AHEAD):
            there = [one for one in COLLEAGUES if one.works(at)]
            fitting = [one for one in there if one.team == team] or there
            free = [one for one in fitting if self._load(one, at) < self._capacity]
            if not free and fitting is not there:
                free = [one for one in there if self._load(one, at) < self._capacity]
            if free:
                least = min(self._load(one, at) for one in free)
                chosen = rng.choice([one for one in free if self._load(one, at) == least])
                return chosen, at + timedelta(seconds=round(rng.lognormvariate(3.2, 0.8), 3))
            at += timedelta(minutes=15)
        return rng.choice(COLLEAGUES), at

    def keeps(self, agent: Colleague, until: datetime) -> None:
        """Note that an agent is busy with a conversation until a moment."""
        if agent.id in self._busy:
            heapq.heappush(self._busy[agent.id], until)

    def _load(self, agent: Colleague, at: datetime) -> int:
        busy = self._busy[agent.id]
        while busy and busy[0] <= at:
            heapq.heappop(busy)
        return len(busy)


def who_comes(at: datetime, skills: tuple[str, ...], rng: random.Random) -> tuple[Colleague, datetime]:
    """Return who goes on with a conversation, and the moment, or the next one, at which somebody is there for it."""
    team = next((TEAMS[skill] for skill in skills if skill in TEAMS), "")
    while not (there := [one for one in COLLEAGUES if one.works(at)]):
        at += timedelta(minutes=15)
    return rng.choice([one for one in there if one.team == team] or there), at


def when_there(agent: Colleague, at: datetime) -> datetime:
    """Return the moment, or about the next one at which somebody is there."""
    while not agent.works(at):
        at += timedelta(hours=1)
    return at


def another(agent: Colleague, at: datetime, rng: random.Random) -> Colleague | None:
    """Return a colleague who is there at a moment, and is somebody else; ``None`` where nobody is."""
    there = [one for one in COLLEAGUES if one.works(at) and one is not agent]
    return rng.choice(there) if there else None


def lead(at: datetime, rng: random.Random) -> Colleague:
    """Return a lead who is there at a moment; late in the evening the one who stays longest."""
    return rng.choice([one for one in LEADS if one.works(at)] or [max(LEADS, key=lambda one: one.shift[1])])
