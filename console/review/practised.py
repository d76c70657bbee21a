"""Figures of practice: levels by skill, how far trainers and engine agree, and practice beside real work. Pure.

Intervals are Student's over sessions, as for the quality of conversations: an agent's sessions are taken as
independent, so the truth is a little wider. A group's are over its agents' own means, which are.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np

from console.conversation.practice_training import (
    FEWEST_COMPARED,
    FEWEST_SESSIONS,
    Compared,
    PointAgreement,
    SkillLevel,
)
from console.conversation.quality_review import Level
from console.practice.holding import held, level_of
from console.practice.record import Played
from console.practice.scenario import Scenario
from console.review.intervals import NORMAL, Floats
from console.review.quality.agreement import agreement
from console.review.quality.quality import level

NEWEST: Final = 8
"""Scores of a skill that are shown over time."""

LEVELS: Final = 3


def overall(sessions: Iterable[Played]) -> Level:
    """Return the mean score of sessions, 0 to 1."""
    return level(_shares([found[0] for played in sessions if (found := played.outcome)]), FEWEST_SESSIONS)


def overall_of_group(people: Iterable[Sequence[Played]]) -> Level:
    """Return the mean of several agents' own means, so that nobody counts for more."""
    totals = ([found[0] for played in sessions if (found := played.outcome)] for sessions in people)
    return level(_shares([sum(own) / len(own) for own in totals if own]), FEWEST_SESSIONS)


def newest(sessions: Iterable[Played]) -> tuple[float, ...]:
    """Return the newest scores, 0 to 100, the oldest of them first."""
    return tuple([found[0] for played in sessions if (found := played.outcome)][-NEWEST:])


def counted(sessions: Iterable[Played], point: str) -> tuple[int, int]:
    """Return how many of how many a point counts over sessions, by the engine."""
    found = [(one.some, one.of) for s in sessions if s.scored for one in s.scored.points if one.id == point]
    return sum(some for some, _ in found), sum(of for _, of in found)


def of_point(sessions: Iterable[Played], point: str) -> Level:
    """Return the mean of one point over the sessions to which it applies, trainers' values holding."""
    return level(np.array(_values(sessions, point), dtype=np.float64), FEWEST_SESSIONS)


def of_point_in_group(people: Iterable[Sequence[Played]], point: str) -> Level:
    """Return the mean of several agents' own means of a point."""
    own = [sum(values) / len(values) for sessions in people if (values := _values(sessions, point))]
    return level(np.array(own, dtype=np.float64), FEWEST_SESSIONS)


def _values(sessions: Iterable[Played], point: str) -> list[float]:
    points = (one for s in sessions if s.scored for one in held(s.scored.points, s.overruled))
    return [one.value for one in points if one.id == point and one.value is not None]


def by_skill(sessions: Sequence[Played], scenarios: Mapping[str, Scenario]) -> tuple[SkillLevel, ...]:
    """Return the level of each skill that was practised, the weakest known first; a session counts for all of its."""
    totals = _totals(sessions, scenarios)
    return _ordered(SkillLevel(s, level(_shares(t), FEWEST_SESSIONS), tuple(t[-NEWEST:])) for s, t in totals.items())


def of_group(people: Iterable[Sequence[Played]], scenarios: Mapping[str, Scenario]) -> tuple[SkillLevel, ...]:
    """Return the same of several agents: the mean of their own means, so that nobody counts for more."""
    means: dict[str, list[float]] = {}
    for sessions in people:
        for skill, totals in _totals(sessions, scenarios).items():
            means.setdefault(skill, []).append(sum(totals) / len(totals))
    return _ordered(SkillLevel(skill, level(_shares(own), FEWEST_SESSIONS)) for skill, own in means.items())


def agreements(sessions: Iterable[Played]) -> tuple[PointAgreement, ...]:
    """Return how far trainers and engine agree on each point, in the order in which points came up."""
    scored: dict[str, int] = {}
    titles: dict[str, str] = {}
    pairs: dict[str, list[tuple[int, int]]] = {}
    for played in sessions:
        for point in played.scored.points if played.scored else ():
            if point.value is None:
                continue
            scored[point.id] = scored.get(point.id, 0) + 1
            titles[point.id] = point.title
            theirs = played.overruled.get(point.id)
            if theirs is not None and theirs.value is not None:
                pairs.setdefault(point.id, []).append((level_of(point.value), level_of(theirs.value)))
    return tuple(_agreed(name, titles[name], count, pairs.get(name, [])) for name, count in scored.items())


def _agreed(point: str, title: str, scored: int, pairs: Sequence[tuple[int, int]]) -> PointAgreement:
    ours = np.array([one for one, _ in pairs], dtype=np.int64)
    theirs = np.array([other for _, other in pairs], dtype=np.int64)
    return PointAgreement(point, title, scored, int((ours != theirs).sum()), agreement(theirs, ours, LEVELS))


def compared(pairs: Sequence[tuple[float, float]]) -> Compared:
    """Return the correlation of two values an agent, with Fisher's interval (1921, Metron 1, 3); of few, the number.

    Where all have the same value of either there is none.
    """
    if len(pairs) < FEWEST_COMPARED:
        return Compared(len(pairs))
    one, other = np.array(pairs, dtype=np.float64).T
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return Compared(len(pairs))
    correlation = float(np.clip(np.corrcoef(one, other)[0, 1], -1.0, 1.0))
    z = np.arctanh(np.clip(correlation, -0.999999, 0.999999))
    half = NORMAL / np.sqrt(len(pairs) - 3)
    low, high = float(np.tanh(z - half)), float(np.tanh(z + half))
    return Compared(len(pairs), round(correlation, 4), round(low, 4), round(high, 4))


def _totals(sessions: Iterable[Played], scenarios: Mapping[str, Scenario]) -> dict[str, list[float]]:
    totals: dict[str, list[float]] = {}
    for played in sessions:
        scenario, found = scenarios.get(played.began.scenario), played.outcome
        for skill in scenario.skills if scenario and found else ():
            assert found is not None  # noqa: S101 - looked at above
            totals.setdefault(skill, []).append(found[0])
    return totals


def _shares(totals: Sequence[float]) -> Floats:
    return np.array(totals, dtype=np.float64) / 100


def _ordered(levels: Iterable[SkillLevel]) -> tuple[SkillLevel, ...]:
    def place(one: SkillLevel) -> tuple[bool, float, str]:
        return one.level.mean is None, one.level.mean or 0.0, one.skill

    return tuple(sorted(levels, key=place))
