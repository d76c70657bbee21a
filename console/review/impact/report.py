"""The effect of assistance on each outcome, as far as the log carries it."""

from collections.abc import Mapping
from enum import StrEnum
from math import ceil, sqrt
from typing import Any, Final

from console.review.impact.columns import Column, columns_of
from console.review.impact.comparing import ASSISTED, FEW, HELD_OUT, Cells
from console.review.impact.judging import Examined, carried, examined, joined
from console.review.impact.looking import still_needed
from console.review.impact.outcomes import FEWEST, OUTCOMES, Outcome
from console.review.impact.trials import Course, Trials

AT_ONCE: Final = 1_000_000
"""Numbers of a table that are worked on at once; more looks than that come in several parts."""

AMISS: Final = 3.29
"""Normal score of how many were held out, against the shares that were drawn, from which on the assignment is not
believed: a chance of one in a thousand."""


class Verdict(StrEnum):
    """What may be said of an outcome."""

    EFFECT = "effect"
    OPEN = "no effect shown yet"
    NONE = "no effect shown"
    """Though the sample that was planned is there."""
    TOO_FEW = "not enough data"
    REFUSED = "not comparable"


_OF: Final[Mapping[str, Outcome]] = {outcome.name: outcome for outcome in OUTCOMES}


def impact_of(trials: Trials, scores: Mapping[str, float] | None = None) -> dict[str, Any]:
    """Return what assistance does: counts, and for each outcome a verdict with what carries it.

    ``scores`` are customers' ratings by conversation, 1 to 5; without any, satisfaction is left out. ``effect`` is a
    number where the verdict is ``effect`` and nowhere else; ``interval`` is that of one look, the newest. Effects on
    durations and shares are shares (-0.18: 18 % less, or 18 in a hundred), others are in the outcome's unit.
    """
    courses, until = trials.assigned, trials.until
    drawn = [course.assigned for course in courses.values() if course.assigned]
    held_out, amiss = sum(one.held_out for one in drawn), _amiss(courses)
    found: dict[str, Any] = {
        "assisted": len(drawn) - held_out,
        "held_out": held_out,
        "asked_for_assistance": sum(course.asked for course in courses.values()),
        "shares": sorted({one.share for one in drawn}),
        "versions": sorted({one.version for one in drawn}),
        "refused": amiss,
        "outcomes": {},
    }
    if until is None or not courses:
        return found
    columns = columns_of(courses, until, scores or {})
    looked = {name: _looked(_OF[name], column, len(columns)) for name, column in columns.items() if column.known}
    stands = carried(looked)
    for name, column in columns.items():
        effect = name in stands and bool(stands[name])
        found["outcomes"][name] = _told(_OF[name], column, looked.get(name), effect=effect, amiss=amiss)
    return found


def _amiss(courses: Mapping[str, Course]) -> str:
    """Return why the arms are no random ones, in words; empty where nothing speaks against it.

    The number held out has the mean and variance of as many throws, each with the share that was in force; what is far
    from it is a *sample ratio mismatch* (Fabijan et al. 2019, KDD, 2156): part of the log is gone, or was made up.
    """
    drawn = [course.assigned for course in courses.values() if course.assigned]
    variance = sum(one.share * (1 - one.share) for one in drawn)
    expected, held_out = sum(one.share for one in drawn), sum(one.held_out for one in drawn)
    if variance <= 0 or abs(held_out - expected) / sqrt(variance) < AMISS:
        return ""
    return f"{held_out} conversations are held out in the log, where about {round(expected)} were drawn"


def _looked(outcome: Outcome, column: Column, outcomes: int) -> Examined:
    """Return what the looks of all days say of a column that has values."""
    table = column.numbers(outcome)
    looks, agents, strata, _ = table.count.shape
    step = max(1, AT_ONCE // (agents * (strata + 1) ** 2))
    return joined(
        [
            examined(outcome, Cells(*(sums[at : at + step] for sums in table.tables)), outcomes)
            for at in range(0, looks, step)
        ]
    )


def _told(outcome: Outcome, column: Column, looked: Examined | None, *, effect: bool, amiss: str) -> dict[str, Any]:
    """Return one outcome as it is reported."""
    counts = [0, 0] if looked is None else [int(number) for number in looked.counts]
    agents = 0 if looked is None else int(looked.agents)
    told: dict[str, Any] = {
        "verdict": Verdict.TOO_FEW.value,
        "effect": None,
        "interval": None,
        "needed": None,
        "smallest": outcome.smallest,
        "assisted": counts[ASSISTED],
        "held_out": counts[HELD_OUT],
        "unknown": len(column.rows) - column.known,
        "agents": agents,
        "holds_for": "agents like these" if agents >= FEW else "these agents",
        "why": "",
    }
    if looked is None or not looked.enough:
        return told | {"needed": _needed_at_least(counts)}
    if why := amiss or column.uneven:
        return told | {"verdict": Verdict.REFUSED.value, "why": why}
    needed = still_needed(sum(counts), float(looked.share))
    verdict = Verdict.EFFECT if effect else Verdict.NONE if needed == 0 else Verdict.OPEN
    return told | {
        "verdict": verdict.value,
        "effect": round(outcome.shown(float(looked.effect)), 4) if effect else None,
        "interval": [round(outcome.shown(float(limit)), 4) for limit in (looked.low, looked.high)],
        "needed": needed,
    }


def _needed_at_least(counts: list[int]) -> int | None:
    """Return how many conversations more bring the smaller arm to :data:`FEWEST`, at the rate so far."""
    fewest = min(counts)
    return ceil((FEWEST - fewest) * sum(counts) / fewest) if 0 < fewest < FEWEST else None
