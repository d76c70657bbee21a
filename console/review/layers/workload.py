"""What agents had to do: hours present, hours at work, conversations at a time, hard ones a shift. Pure.

Presence is what the log says of it (``presence-changed``); where it says nothing of an agent, their shifts and the
share of their time are not known. A stretch of presence that has no end, because the desk or the agent was gone, lasts
until the moment that is looked at, sixteen hours at most.
"""

from datetime import datetime
from typing import Final

import numpy as np

from console.conversation.layers import AgentLoad
from console.review.layers.talks import MILLIONTHS, Talks
from console.review.reviewing.columns import NONE, Columns, Flags, Numbers
from console.review.reviewing.ledger import microseconds

HOUR: Final = 3600 * MILLIONTHS
LONGEST: Final = 16 * HOUR
"""Microseconds after which nobody is there any more, whatever is known."""
BREAK: Final = 4 * HOUR
"""Between stretches of one shift lies less than this."""
HARD_TIER: Final = 2
HARD_MOOD: Final = -0.5
"""A conversation is hard from this tier on, or where its customer's mood fell as low, or where it was escalated."""


def loads(held: Talks, since: datetime, until: datetime) -> tuple[tuple[AgentLoad, ...], AgentLoad | None]:
    """Return the load of each agent by name, and that of all together."""
    first, last = microseconds(since), microseconds(until)
    holds, there = _Spans(held.holds, first, last), _Spans(held.presences, first, last)
    hard = _hard(held)
    talks = held.holds.of("talk")[holds.rows]
    found = []
    for agent in np.unique(np.concatenate([holds.agent, there.agent])).tolist():
        mine, present = holds.agent == agent, there.agent == agent
        had = np.unique(talks[mine])
        name = held.agents[agent]
        found.append(
            _load(
                name,
                held.agent_names.get(name) or name,
                (holds.since[mine], holds.until[mine]),
                (there.since[present], there.until[present]),
                (len(had), int(hard[had].sum())),
            )
        )
    found.sort(key=lambda one: (one.name.casefold(), one.agent))
    return tuple(found), _together(found)


class _Spans:
    """Spans that lie within a window, cut off at its ends, by agent."""

    def __init__(self, table: Columns, first: int, last: int) -> None:
        since, until = table.of("since"), table.of("until")
        until = np.where(until == NONE, last, until)
        until = np.minimum(until, since + LONGEST)
        since, until = np.maximum(since, first), np.minimum(until, last)
        self.rows: Numbers = np.flatnonzero(until > since)
        self.since, self.until = since[self.rows], until[self.rows]
        self.agent = table.of("agent")[self.rows]


def _hard(held: Talks) -> Flags:
    """Return which conversations are hard."""
    talks = held.talks
    mood = talks.of("mood")
    cross = (mood != NONE) & (mood <= round(HARD_MOOD * 1000) + 1000)
    hard: Flags = (talks.of("tier") >= HARD_TIER) | cross | (talks.of("escalated") == 1)
    return hard


def _load(
    agent: str,
    name: str,
    holds: tuple[Numbers, Numbers],
    there: tuple[Numbers, Numbers],
    conversations: tuple[int, int],
) -> AgentLoad:
    busy = _joined(*holds)
    present = _joined(*there)
    at_work = _length(busy)
    known = len(present[0]) > 0
    used = _shared(busy, present) / _length(present) if known else None
    shifts = int((present[0][1:] - present[1][:-1] >= BREAK).sum()) + 1 if known else 0
    had = float((holds[1] - holds[0]).sum())
    return AgentLoad(
        agent,
        name,
        shifts,
        _length(present) / HOUR if known else None,
        at_work / HOUR,
        used,
        had / at_work if at_work else None,
        _most(*holds),
        *conversations,
    )


def _together(found: list[AgentLoad]) -> AgentLoad | None:
    """Return the load of all, weighted by their hours; shares of time are of those whose presence is known."""
    if not found:
        return None
    known = [one for one in found if one.present is not None]
    present = sum(one.present or 0.0 for one in known)
    used = sum((one.used or 0.0) * (one.present or 0.0) for one in known)
    busy = sum(one.busy for one in found)
    return AgentLoad(
        "",
        "all agents",
        sum(one.shifts for one in found),
        present if known else None,
        busy,
        used / present if present else None,
        sum((one.at_once or 0.0) * one.busy for one in found) / busy if busy else None,
        max(one.most for one in found),
        sum(one.conversations for one in found),
        sum(one.hard for one in found),
    )


def _joined(since: Numbers, until: Numbers) -> tuple[Numbers, Numbers]:
    """Return the same time in stretches that do not overlap, in order."""
    if not len(since):
        return since, until
    order = np.argsort(since, kind="stable")
    starts, reach = since[order], np.maximum.accumulate(until[order])
    new = np.concatenate([[True], starts[1:] > reach[:-1]])
    return starts[new], reach[np.concatenate([new[1:], [True]])]


def _length(spans: tuple[Numbers, Numbers]) -> float:
    return float((spans[1] - spans[0]).sum())


def _shared(first: tuple[Numbers, Numbers], second: tuple[Numbers, Numbers]) -> float:
    """Return how long two times have in common; neither overlaps with itself."""
    return (
        _length(first)
        + _length(second)
        - _length(_joined(np.concatenate([first[0], second[0]]), np.concatenate([first[1], second[1]])))
    )


def _most(since: Numbers, until: Numbers) -> int:
    """Return the most spans that there were at a time."""
    moments = np.concatenate([since, until])
    steps = np.concatenate([np.ones(len(since), dtype=np.int64), -np.ones(len(until), dtype=np.int64)])
    order = np.lexsort((steps, moments))
    return int(np.cumsum(steps[order]).max(initial=0))
