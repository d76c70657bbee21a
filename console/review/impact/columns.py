"""From conversations to columns of numbers, one an outcome: in the order in which the values became known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from console.review.impact.comparing import ASSISTED, HELD_OUT, Cells, cells, compared
from console.review.impact.outcomes import CSAT, OUTCOMES, Outcome
from console.review.impact.trials import Course
from console.review.intervals import newcombe, student

DAY: Final = timedelta(days=1)
"""Time from one look to the next."""

SURE: Final = 0.99
"""Level at which values that are missing in one arm more often than in the other make the arms incomparable."""


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation; its value is ``None`` where it has none and never will."""

    known: datetime
    value: float | None
    assisted: bool
    agent: str
    stratum: tuple[float, str]
    """The share and the version that were in force."""


@dataclass(slots=True)
class Column:
    """All conversations of which one outcome is known."""

    rows: list[Row] = field(default_factory=list)

    def numbers(self, outcome: Outcome) -> Cells:
        """Return the tables of the values there are, one for each day on which some became known, the oldest first."""
        rows = sorted((row for row in self.rows if row.value is not None), key=lambda row: row.known)
        values = np.array([row.value for row in rows], dtype=np.float64)
        looks = _numbered([(row.known - rows[0].known) // DAY for row in rows])
        return cells(
            outcome.read(values), _assisted(rows), _numbered([row.agent for row in rows]), _strata(rows), looks
        )

    @property
    def known(self) -> int:
        """How many have a value."""
        return sum(row.value is not None for row in self.rows)

    @property
    def uneven(self) -> str:
        """Why those that have a value are no random ones any more, in words; empty where that is not so.

        Where more of one arm have none, the conversations that are left differ by more than assistance.
        """
        if self.known in {0, len(self.rows)}:
            return ""
        missing = np.array([row.value is None for row in self.rows], dtype=np.float64)
        nobody = np.zeros(len(self.rows), dtype=np.intp)  # each by itself
        found = compared(cells(missing, _assisted(self.rows), nobody, _strata(self.rows)))
        if found.counts.min() == 0 or not np.isfinite(found.error):
            return ""
        rates, numbers = np.clip(found.means, 0.0, 1.0), found.counts
        low, high = newcombe(
            rates[ASSISTED], numbers[ASSISTED], rates[HELD_OUT], numbers[HELD_OUT], student(SURE, np.inf)
        )
        if low <= 0 <= high:
            return ""
        return f"unknown in {rates[ASSISTED]:.0%} of those with assistance and {rates[HELD_OUT]:.0%} of those without"


def columns_of(courses: Mapping[str, Course], until: datetime, scores: Mapping[str, float]) -> dict[str, Column]:
    """Return a column for each outcome; customers' ``scores`` by conversation have one where there are any at all."""
    columns = {outcome.name: Column() for outcome in OUTCOMES if outcome is not CSAT or scores}
    for name, course in courses.items():
        if course.assigned is None:
            continue
        stratum = (course.assigned.share, course.assigned.version)
        for outcome, known, value in _values(name, course, until, scores):
            columns[outcome].rows.append(Row(known, value, not course.assigned.held_out, course.agent, stratum))
    return columns


def _values(
    name: str, course: Course, until: datetime, scores: Mapping[str, float]
) -> Iterator[tuple[str, datetime, float | None]]:
    yield from course.values(until)
    if scores and course.ready <= until:
        yield CSAT.name, course.ready, scores.get(name)


def _assisted(rows: list[Row]) -> NDArray[np.bool_]:
    return np.array([row.assisted for row in rows], dtype=np.bool_)


def _strata(rows: list[Row]) -> NDArray[np.intp]:
    places = {stratum: place for place, stratum in enumerate(sorted({row.stratum for row in rows}))}
    return np.array([places[row.stratum] for row in rows], dtype=np.intp)


def _numbered(names: list[str] | list[int]) -> NDArray[np.intp]:
    """Return numbers from 0 on, equal where the names are, in the order of the names."""
    return np.unique(names, return_inverse=True)[1].astype(np.intp)
