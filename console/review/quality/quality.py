"""What a lead reads of quality: levels overall, by criterion, week, intent and team, and how far the engine is right.

A person's mark holds before the engine's. A conversation's overall value is the mean of its marks (met 1, partly ½, not
met 0) by weight, over the criteria that apply to it, can be told, and are not left out for low agreement.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from console.content.rubrics import Rubric
from console.conversation.quality import VALUES, Mark
from console.conversation.quality_review import (
    MARKS,
    Agreement,
    CriterionFigures,
    Level,
    LevelWeek,
    Moved,
    Quality,
    QualityGroup,
    Seconded,
)
from console.conversation.reviews import FEWEST, FEWEST_AGENTS, By, Change
from console.review.intervals import Floats, student
from console.review.quality.agreement import agreement
from console.review.quality.marks import QualityMarks
from console.review.reviewing.automatic import without_doubles
from console.review.reviewing.changes import ends
from console.review.reviewing.columns import NONE, Flags, Numbers
from console.review.reviewing.ledger import microseconds, moment
from console.review.reviewing.window import beginning
from console.review.spread import ByAgent

WEEK: Final = 7 * 24 * 3600 * 1_000_000
"""Microseconds."""

_COUNTS: Final = np.array([VALUES.get(mark, np.nan) for mark in MARKS])
_UNTOLD: Final = MARKS.index(Mark.CANNOT_BE_TOLD)


@dataclass(frozen=True, slots=True)
class Named:
    """The rubric in force, as far as figures need it: criteria by id with title and text, in order."""

    version: str = ""
    criteria: Mapping[str, tuple[str, str]] | None = None


UNNAMED: Final = Named()
"""Where the rubric is not known: criteria go by their ids."""


def named_of(rubric: Rubric | None) -> Named:
    """Return what figures need of a rubric; of none, that there is none."""
    if rubric is None:
        return UNNAMED
    return Named(rubric.version, {one.id: (one.title, one.text) for one in rubric.criteria})


@dataclass(frozen=True, slots=True)
class Weeks:
    """The marks of conversations closed within some weeks; one number a mark, or one a conversation."""

    fold: QualityMarks
    since: datetime
    until: datetime
    weeks: int
    talks: Numbers
    """Rows of the conversations that were closed and had an agent."""
    rows: Numbers
    """Rows of their marks that hold."""
    talk: Numbers
    """The row of each mark's conversation."""
    criterion: Numbers
    mark: Numbers
    """The mark that holds, a place in :data:`MARKS`."""
    engine: Numbers
    person: Numbers
    model: Numbers
    """A language model's, which never holds."""
    sampled: Numbers
    weight: Floats

    def week(self, talks: Numbers) -> Numbers:
        """Return the week of conversations, from 0."""
        at = self.fold.talks.where(talks, "closed")
        return np.asarray((at - microseconds(self.since)) // WEEK, dtype=np.int64)


def weeks_of(fold: QualityMarks, until: datetime, weeks: int) -> Weeks:
    """Return what was closed from the Monday of the first week on and until ``until``."""
    since = beginning(until, weeks)
    closed, agent = fold.talks.of("closed"), fold.talks.of("agent")
    inside = (closed >= microseconds(since)) & (closed <= microseconds(until)) & (agent != NONE)
    talk, engine, person = (fold.marks.of(name) for name in ("talk", "engine", "person"))
    mark = np.where(person != NONE, person, engine)
    rows = np.flatnonzero(inside[talk] & (mark != NONE)) if len(talk) else np.zeros(0, dtype=np.int64)
    criterion, sampled, model = (fold.marks.where(rows, name) for name in ("criterion", "sampled", "model"))
    weight = fold.marks.where(rows, "weight") / 1000
    held = mark[rows]
    return Weeks(
        fold, since, until, weeks, np.flatnonzero(inside), rows, talk[rows], criterion, held, engine[rows],
        person[rows], model, sampled, weight,
    )  # fmt: skip


def quality_of(
    fold: QualityMarks, until: datetime, weeks: int, named: Named, changes: Iterable[Change] = ()
) -> Quality:
    """Return the quality of the conversations closed in the weeks up to a moment; ``changes`` are what leads marked."""
    seen = weeks_of(fold, until, weeks)
    names = (
        named.criteria if named.criteria is not None else {name: (name.replace("-", " "), "") for name in fold.criteria}
    )
    numbers = {name: fold.criteria.find(name) for name in names}
    told = {name: _criterion(seen, name, number, *names[name]) for name, number in numbers.items()}
    counted = [number for name, number in numbers.items() if number != NONE and not told[name].left_out]
    talks, values = _overall(seen, np.array(counted, dtype=np.int64))
    scored = seen.talks[fold.talks.where(seen.talks, "scored") != NONE]
    rubric = fold.rubrics.find(named.version)
    return Quality(
        seen.since,
        until,
        weeks,
        named.version,
        closed=len(seen.talks),
        scored=len(scored),
        older=int((fold.talks.where(scored, "rubric") != rubric).sum()) if named.version else 0,
        generated=int((fold.talks.where(scored, "generated") == 1).sum()),
        overall=level(values),
        overall_weeks=_weekly(seen, talks, values),
        agreement=_agreed(seen, np.ones(len(seen.rows), dtype=np.bool_)),
        opinions=int((fold.talks.where(scored, "second") != NONE).sum()),
        seconded=_seconded(seen, np.ones(len(seen.rows), dtype=np.bool_)),
        criteria=tuple(told.values()),
        groups=tuple(_groups(seen, talks, values, list(numbers.values()))),
        moved=tuple(_moved(seen, talks, values, list(changes))),
        spread=ByAgent(fold.talks.where(talks, "agent"), talks).spread("overall", values),
        to_mark=len(np.setdiff1d(scored, seen.talk[seen.person != NONE])),
    )


def level(values: Floats, fewest: int = FEWEST) -> Level:
    """Return the mean of values from 0 to 1 with Student's interval; of all the same, with that of one that differs."""
    of = len(values)
    if of < fewest:
        return Level(of)
    mean, spread = float(values.mean()), float(values.std(ddof=1))
    least = np.sqrt(1 / of * (1 - 1 / of))  # a share of one in so many: no sample shows that there is no other
    half = float(student(0.95, of - 1)) * max(spread, least) / np.sqrt(of)
    return Level(of, mean, round(max(0.0, mean - half), 4), round(min(1.0, mean + half), 4))


def by_agent(fold: QualityMarks, until: datetime, weeks: int, named: Named) -> dict[str, Level]:
    """Return the overall level of each agent's conversations, by the agent's id: for trainers, beside practice."""
    seen = weeks_of(fold, until, weeks)
    chosen = named.criteria if named.criteria is not None else dict.fromkeys(fold.criteria)
    numbers = np.array([n for n in map(fold.criteria.find, chosen) if n != NONE and _trusted(seen, n)], dtype=np.int64)
    talks, values = _overall(seen, numbers)
    agents = fold.talks.where(talks, "agent")
    return {fold.agents[agent]: level(values[agents == agent]) for agent in np.unique(agents).tolist()}


def _trusted(seen: Weeks, criterion: int) -> bool:
    """Return whether the engine's marks of a criterion count."""
    return _agreed(seen, seen.criterion == criterion).trusted is not False


def _criterion(seen: Weeks, name: str, number: int, title: str, text: str) -> CriterionFigures:
    mine = seen.criterion == number
    values, told = _COUNTS[seen.mark], mine & ~np.isnan(_COUNTS[seen.mark])
    counts = np.bincount(seen.mark[mine], minlength=len(MARKS))
    return CriterionFigures(
        name,
        title,
        text,
        level(values[told]),
        tuple(int(count) for count in counts),
        int((seen.person[mine] != NONE).sum()),
        _weekly(seen, seen.talk[told], values[told]),
        _agreed(seen, mine),
        _seconded(seen, mine),
    )


def _agreed(seen: Weeks, mine: Flags) -> Agreement:
    """Return the agreement over marks of the queue that both made and could tell."""
    both = mine & (seen.sampled == 1) & _told_by(seen.person) & _told_by(seen.engine)
    return agreement(seen.person[both], seen.engine[both], len(MARKS))


def _seconded(seen: Weeks, mine: Flags) -> Seconded:
    """Return how far a language model and the engine agree with people, both over the marks of all three."""
    all_three = mine & (seen.sampled == 1) & _told_by(seen.person) & _told_by(seen.engine) & _told_by(seen.model)
    person, engine, model = (marks[all_three] for marks in (seen.person, seen.engine, seen.model))
    return Seconded(
        int((mine & (seen.model != NONE)).sum()),
        agreement(person, model, len(MARKS)),
        agreement(person, engine, len(MARKS)),
    )


def _told_by(marks: Numbers) -> Flags:
    return np.asarray((marks != NONE) & (marks != _UNTOLD), dtype=np.bool_)


def _overall(seen: Weeks, counted: Numbers) -> tuple[Numbers, Floats]:
    """Return the conversations that have a value, and their values."""
    values = _COUNTS[seen.mark]
    chosen = np.isin(seen.criterion, counted) & ~np.isnan(values)
    size = len(seen.fold.talks)
    weights = np.bincount(seen.talk[chosen], weights=seen.weight[chosen], minlength=size)
    sums = np.bincount(seen.talk[chosen], weights=seen.weight[chosen] * values[chosen], minlength=size)
    talks = np.flatnonzero(weights > 0)
    return talks, np.asarray(sums[talks] / weights[talks], dtype=np.float64)


def _weekly(seen: Weeks, talks: Numbers, values: Floats) -> tuple[LevelWeek, ...]:
    weeks = seen.week(talks)
    start = microseconds(seen.since)
    return tuple(
        LevelWeek(moment(start + week * WEEK).date(), level(values[weeks == week])) for week in range(seen.weeks)
    )


def _moved(seen: Weeks, talks: Numbers, values: Floats, changes: list[Change]) -> Iterator[Moved]:
    """Yield how the overall level moved at each change: Welch's interval of the difference (Biometrika 34, 28)."""
    closed = seen.fold.talks.where(talks, "closed")
    known = [change for change in changes if seen.since <= change.on <= seen.until]
    inside = list(without_doubles(sorted(known, key=lambda one: (one.on, one.id), reverse=True)))
    for change in inside:
        first, last = ends(change, inside, seen.since, seen.until)
        before = values[(closed >= microseconds(first)) & (closed < microseconds(change.on))]
        after = values[(closed >= microseconds(change.on)) & (closed <= microseconds(last))]
        levels = level(before), level(after)
        if min(len(before), len(after)) < FEWEST:
            yield Moved(change, *levels)
            continue
        errors = [max(float(side.var(ddof=1)), _LEAST / len(side)) / len(side) for side in (before, after)]
        freedom = sum(errors) ** 2 / sum(e**2 / (len(s) - 1) for e, s in zip(errors, (before, after), strict=True))
        half = float(student(0.95, freedom)) * float(np.sqrt(sum(errors)))
        difference = float(after.mean() - before.mean())
        yield Moved(change, *levels, round(difference - half, 4), round(difference + half, 4))


_LEAST: Final = 0.95
"""Variance of one value in so many that differs, times their number, about: no sample shows that there is none."""


def _groups(seen: Weeks, talks: Numbers, values: Floats, criteria: list[int]) -> Iterator[QualityGroup]:
    held = seen.fold.talks
    marks = _COUNTS[seen.mark]
    for by, names in ((By.INTENT, seen.fold.intents), (By.TEAM, seen.fold.teams)):
        of_talk = held.of(by.value)
        mine, of_mark = of_talk[talks], of_talk[seen.talk]
        sizes = np.bincount(mine, minlength=len(names))
        for group in sorted(np.flatnonzero(sizes).tolist(), key=_larger(sizes)):
            here, scored = mine == group, int(sizes[group])
            if by is By.TEAM and len(np.unique(held.where(talks[here], "agent"))) < FEWEST_AGENTS:
                yield QualityGroup(by, names[group], scored)
                continue
            of = of_mark == group
            levels = tuple(level(_told(marks[of & (seen.criterion == number)])) for number in criteria)
            yield QualityGroup(by, names[group], scored, level(values[here]), levels)


def _larger(sizes: Numbers) -> Callable[[int], int]:
    return lambda group: -int(sizes[group])


def _told(values: Floats) -> Floats:
    return np.asarray(values[~np.isnan(values)], dtype=np.float64)
