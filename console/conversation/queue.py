"""Who is to have which conversation: priority, fit, capacity and a fair share of what is hard. Pure.

Every decision comes with its reasons in words that an agent or a lead reads.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from console.conversation.heat import HOT, LoadNow, heat, hot
from console.conversation.inbox import InboxRow
from console.conversation.message import Layer, Status
from console.conversation.people import HIGH_VALUE
from console.conversation.service_levels import Targets, due, owed_since

STAKES: Final = {"high": 30.0, "medium": 10.0, "low": 0.0, "": 0.0}
"""Points for what is lost when it goes wrong: high stakes are worth six minutes of waiting."""

GRAVE: Final = 300.0
"""Points where high stakes are for people alone (somebody is hurt, or in despair): an hour of waiting."""

VALUE: Final = 15.0
"""Points for a customer of high value; in proportion for one of less: three minutes at most."""

MOOD: Final = 20.0
"""Points for a customer who is furious (mood -1); less in proportion, none above 0."""

WARNED: Final = 10.0
"""Points where the second chair warns that it may escalate."""

MINUTE: Final = 5.0
"""Points a minute of waiting.

The same for everybody, so that the order does not shuffle by itself; and without a limit, so that nobody starves: all
other points together are worth :data:`OVERTAKEN_FOR` minutes, and who has waited that much longer comes first.
"""

OVERTAKEN_FOR: Final = (GRAVE + VALUE + MOOD + WARNED) / MINUTE
"""Minutes: nobody is overtaken by a customer who came more than this later."""


@dataclass(frozen=True, slots=True)
class Priority:
    """How urgent a waiting conversation is, in points; the reasons are those that count, the weightiest first."""

    points: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AtWork:
    """An agent as the queue sees them."""

    id: str
    name: str
    tiers: tuple[int, ...] = ()
    """Tiers they take; none named means all."""
    skills: tuple[str, ...] = ()
    """Skills they have; none named means that they can do everything."""
    capacity: int = 4
    """Conversations they have at the same time at most."""
    has: int = 0
    """Conversations they have now; parked ones do not count."""
    load: float = 0.0
    """What they have borne of customers' anger lately (see :mod:`console.conversation.heat`)."""

    @property
    def room(self) -> int:
        """How many more they can take."""
        return max(0, self.capacity - self.has)


@dataclass(frozen=True, slots=True)
class Offer:
    """A waiting conversation for an agent, and why this one."""

    conversation: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """A conversation that would be better with somebody else."""

    conversation: str
    customer: str
    source: str
    """Id of the agent who has it."""
    target: AtWork
    reason: str


def priority(row: InboxRow, now: datetime) -> Priority:
    """Return how urgent a row is."""
    since = owed_since(row) or row.queued_at
    minutes = max(0.0, (now - since).total_seconds() / 60) if since else 0.0
    parts = [
        (MINUTE * minutes, f"waits {int(minutes)} min"),
        _at_stake(row),
        (VALUE * min(1.0, max(0.0, row.value) / HIGH_VALUE), "valued customer"),
        (MOOD * heat(row), row.mood or "upset"),
        (WARNED if row.warned else 0.0, "may escalate"),
    ]
    counting = sorted((part for part in parts if part[0] >= 1), key=lambda part: -part[0])
    return Priority(sum(points for points, _ in parts), tuple(words for _, words in counting))


def _at_stake(row: InboxRow) -> tuple[float, str]:
    if row.layer is Layer.HUMAN_ONLY and row.stakes == "high":
        return GRAVE, "for people alone, high stakes"
    return STAKES.get(row.stakes, 0.0), f"{row.stakes} stakes"


def in_order(rows: Iterable[InboxRow], now: datetime) -> list[tuple[InboxRow, Priority]]:
    """Return the waiting rows, the most urgent first; equals in the order in which they came."""
    waiting = [(row, priority(row, now)) for row in rows if row.status is Status.WAITING]
    return sorted(waiting, key=lambda one: (-one[1].points, one[0].queued_at or now, one[0].id))


def misfit(agent: AtWork, row: InboxRow) -> str:
    """Return why a row is not for an agent; empty where it is."""
    if agent.tiers and row.tier not in agent.tiers:
        return f"it is tier {row.tier}"
    needed = (row.wanted,) if row.wanted else row.skills
    if agent.skills and needed and not set(needed) & set(agent.skills):
        return f"it needs {' or '.join(needed)}"
    return ""


def next_for(
    agent: AtWork, rows: Iterable[InboxRow], team: Sequence[AtWork], targets: Targets, now: datetime
) -> Offer | None:
    """Return the waiting row that an agent takes next; ``None`` where none is theirs to take.

    ``team`` is everybody who is there to take conversations, the agent among them or not. What fits nobody there, or is
    late, is for anybody. A customer who is furious goes to somebody who has had less of that lately, while there is
    somebody and the answer is not late.
    """
    others = [one for one in team if one.id != agent.id]
    spared = False
    for row, urgent in in_order(rows, now):
        why_not, owed = misfit(agent, row), due(row, targets, now)
        late = owed is not None and owed.late
        if why_not and not late and any(not misfit(one, row) for one in others):
            continue
        if hot(row) and LoadNow(agent.load).tired and not late and _fresher(agent, row, others):
            spared = True
            continue
        reasons = (*urgent.reasons, *((f"{why_not}, and nobody else came",) if why_not else ()))
        return Offer(row.id, (*reasons, *(("a calmer one after hard ones",) if spared else ())))
    return None


def _fresher(agent: AtWork, row: InboxRow, others: Sequence[AtWork]) -> bool:
    """Whether somebody else can take a row who has borne less."""
    return any(one.room and not misfit(one, row) and one.load + HOT <= agent.load for one in others)


def rebalanced(rows: Sequence[InboxRow], team: Sequence[AtWork]) -> tuple[Move, ...]:
    """Return what a lead may move: what waits with agents who are gone or have too much, to who has room and fits.

    ``team`` is who is there. A conversation whose agent has answered stays with them as long as they are there: the
    customer need not get used to somebody else.
    """
    standing = {one.id: one for one in team}
    moves: list[Move] = []
    held = [row for row in rows if row.agent and row.status is Status.ACTIVE]
    for row in sorted(held, key=lambda r: (r.answered, r.waiting_since is None, r.updated_at or r.queued_at, r.id)):
        owner = standing.get(row.agent)
        over = owner is not None and owner.has > owner.capacity and not row.answered
        if owner is not None and not over:
            continue
        fitting = [one for one in standing.values() if one.id != row.agent and one.room and not misfit(one, row)]
        if not fitting:
            continue
        target = min(fitting, key=lambda one: (one.load if hot(row) else 0.0, -one.room, one.id))
        why = f"{row.agent_name} has {owner.has} of {owner.capacity}" if owner else f"{row.agent_name} is not there"
        moves.append(Move(row.id, row.name, row.agent, target, why))
        standing[target.id] = replace(target, has=target.has + 1, load=target.load + heat(row))
        if owner is not None:
            standing[owner.id] = replace(owner, has=owner.has - 1)
    return tuple(moves)
