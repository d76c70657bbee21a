"""An alarm when a rate moves: of the turns in which agents take a reply, in all and by kind, and of those they change.

Two CUSUM charts for a share (Page 1954; Reynolds and Stoumbos 1999, "A CUSUM Chart for Monitoring a Proportion When
Inspecting Continuously"), one that looks for a fall and one for a rise. What a rate is supposed to be is taken from its
first turns, so that nobody has to say it, and taken anew after each alarm.

**False alarms.** Of rates that never move, about 1 in 20 gives an alarm within 2,000 turns (simulated for rates from
0.1 to 0.9, the first turns drawn like the others). A fall from 0.6 to 0.4 is noticed within 130 turns, typically, a
rise from 0.1 to 0.2 within 250.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

FIRST: Final = 400
"""Turns from which a rate is taken."""

SHIFT: Final = 2.0
"""The move that is looked for, as a ratio of odds: from 0.5 to 0.67, or to 0.33."""

LIMIT: Final = 11.0
"""Sum of evidence (a logarithm of likelihoods) at which an alarm is given."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """A rate has moved."""

    rate: str
    at: datetime
    """The turn at which it was sure."""
    since: datetime
    """The turn from which on the evidence speaks of it."""
    before: float
    after: float
    """The share in the turns from ``since`` to ``at``."""
    turns: int
    """How many those were."""


def alarms_among(rates: Mapping[str, Sequence[tuple[datetime, bool]]]) -> list[Alarm]:
    """Return the alarms of several rates, the newest first."""
    found = [alarm for name, seen in rates.items() for alarm in alarms_in(name, seen)]
    return sorted(found, key=lambda alarm: alarm.at, reverse=True)


def alarms_in(name: str, seen: Sequence[tuple[datetime, bool]]) -> Iterator[Alarm]:
    """Yield the alarms of one rate: whether it happened at each turn, in order of time."""
    while len(seen) > FIRST:
        share = (sum(happened for _, happened in seen[:FIRST]) + 1) / (FIRST + 2)
        found = _moved(share, [happened for _, happened in seen[FIRST:]])
        if found is None:
            return
        since, at = found[0] + FIRST, found[1] + FIRST
        after = [happened for _, happened in seen[since : at + 1]]
        yield Alarm(name, seen[at][0], seen[since][0], round(share, 4), round(sum(after) / len(after), 4), len(after))
        seen = seen[since:]


def figures_of(alarms: Iterable[Alarm]) -> list[dict[str, Any]]:
    """Return the alarms as JSON types."""
    return [
        {
            "rate": alarm.rate,
            "at": alarm.at.isoformat(),
            "since": alarm.since.isoformat(),
            "before": alarm.before,
            "after": alarm.after,
            "turns": alarm.turns,
        }
        for alarm in alarms
    ]


def lines_of(figures: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield a line for each alarm; nothing where no rate has moved."""
    for alarm in figures:
        since, verb = alarm["since"][:10], "fell" if alarm["after"] < alarm["before"] else "rose"
        yield (
            f"Alarm: {alarm['rate']} {verb} from {alarm['before']:.0%} to {alarm['after']:.0%} around {since} "
            f"({alarm['turns']} turns)."
        )


def _moved(share: float, seen: Sequence[bool]) -> tuple[int, int] | None:
    """Return from where on a rate has moved away from ``share``, and where that was sure; ``None`` if it never was."""
    charts = [_steps(share, SHIFT), _steps(share, 1 / SHIFT)]
    sums, began = [0.0, 0.0], [0, 0]
    for turn, happened in enumerate(seen):
        for chart, (yes, no) in enumerate(charts):
            if sums[chart] <= 0.0:
                sums[chart], began[chart] = 0.0, turn
            sums[chart] += yes if happened else no
            if sums[chart] >= LIMIT:
                return began[chart], turn
    return None


def _steps(share: float, shift: float) -> tuple[float, float]:
    """Return what a turn in which it happened, and one in which it did not, say for odds that are so much higher."""
    odds = shift * share / (1 - share)
    moved = odds / (1 + odds)
    return math.log(moved / share), math.log((1 - moved) / (1 - share))
