"""What of a ledger lies within some weeks, as arrays, and the cases that each measure counts."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

import numpy as np

from console.conversation.assistance import A_LOOK, Decision, SourceType
from console.conversation.reviews import By, Judgement, Measure, Uptake
from console.review.aftermath.fold import Aftermath
from console.review.aftermath.following import Followed, followed
from console.review.learning.choices import GOOD_STARS
from console.review.promises.fold import Promises
from console.review.reviewing.columns import NONE, Flags, Names, Numbers
from console.review.reviewing.ledger import DECISIONS, JUDGEMENTS, Ledger, microseconds, moment

LEAD_IN: Final = timedelta(days=7)
"""How long before a window events are read: what a suggestion made earlier was, and of which matter."""

TAKEN: Final = tuple(DECISIONS.index(one) for one in (Decision.ACCEPTED, Decision.EDITED))
"""The numbers of the decisions that take a reply."""

_DAY: Final = 24 * 3600 * 1_000_000
_MONDAY: Final = 4 * _DAY
"""1970 began on a Thursday; weeks begin on Mondays."""


def beginning(until: datetime, weeks: int) -> datetime:
    """Return the Monday (UTC) on which the first of so many weeks begins, the week of ``until`` being the last."""
    day = until.astimezone(UTC).date()
    return datetime.combine(day - timedelta(days=day.weekday(), weeks=weeks - 1), time(), UTC)


@dataclass(frozen=True, slots=True)
class Window:
    """The decided suggestions of some weeks, in the order in which they were made; one number a suggestion."""

    ledger: Ledger
    since: datetime
    until: datetime
    rows: Numbers
    """Their places in the ledger."""
    at: Numbers
    conversation: Numbers
    kind: Numbers
    source: Numbers
    intent: Numbers
    team: Numbers
    decision: Numbers
    rated: Numbers
    """1 rated well, 0 rated otherwise, :data:`NONE` not rated."""
    judgement: Numbers
    section: Numbers
    engine: Numbers
    sections: Names
    after: Followed
    """What followed those that were taken; all ``False`` where nobody says."""
    promises: Promises | None = None

    @property
    def wrong(self) -> Flags:
        """Whether it was taken, and trouble followed; all ``False`` where nobody says."""
        return self.after.wrong

    def cases(self, measure: Measure | Uptake) -> tuple[Flags, Flags]:
        """Return which suggestions a measure counts, and which of all it counts as hits."""
        match measure:
            case Uptake.TAKEN:
                return self._read, np.isin(self.decision, TAKEN)
            case Uptake.TROUBLE:
                return self.after.known, self.after.wrong
            case Uptake.MOOD_FELL:
                return self.after.known, self.after.angered
            case Measure.RATED_WELL:
                return self.rated != NONE, self.rated == 1
            case Measure.JUDGED_RIGHT:
                right, wrong = (JUDGEMENTS.index(j) for j in (Judgement.RIGHT, Judgement.WRONG))
                return np.isin(self.judgement, (right, wrong)), self.judgement == right
            case _:
                return np.ones(len(self.rows), dtype=np.bool_), self.decision == DECISIONS.index(Decision(measure))

    @property
    def _read(self) -> Flags:
        """Whether each could be read: newer ones did not replace it at once."""
        waited = self.ledger.suggestions.where(self.rows, "waited")
        read: Flags = (self.decision != DECISIONS.index(Decision.IGNORED)) | (waited >= round(A_LOOK * 1000))
        return read

    def groups(self, by: By) -> tuple[Numbers, int]:
        """Return the number of each suggestion's group, and how many groups there are."""
        names = self._names(by)
        if names is None:
            return np.zeros(len(self.rows), dtype=np.int64), 1
        column: Numbers = getattr(self, by.value)
        return column, len(names)

    def name(self, by: By, group: int) -> str:
        """Return the name of a group."""
        names = self._names(by)
        return names[group] if names is not None else ""

    def group(self, by: By, name: str) -> int:
        """Return the number of a group, :data:`NONE` of one that is not known."""
        names = self._names(by)
        return names.find(name) if names is not None else 0

    def _names(self, by: By) -> Names | None:
        held = self.ledger
        return {
            By.KIND: held.kinds,
            By.SOURCE: held.sources,
            By.SECTION: self.sections,
            By.INTENT: held.intents,
            By.TEAM: held.teams,
            By.ENGINE: held.engines,
        }.get(by)

    @property
    def weeks(self) -> tuple[datetime, ...]:
        """The Mondays of its weeks, in order."""
        first, last = week_of(microseconds(self.since)), week_of(microseconds(self.until))
        return tuple(moment(week * 7 * _DAY + _MONDAY) for week in range(first, last + 1))

    @property
    def week(self) -> Numbers:
        """The place of each suggestion's week among :attr:`weeks`."""
        return np.asarray((self.at - _MONDAY) // (7 * _DAY) - week_of(microseconds(self.since)), dtype=np.int64)


_COLUMNS: Final = ("conversation", "kind", "source", "intent", "team", "judgement", "engine")


def week_of(at: int) -> int:
    """Return the number of the week of a moment, in microseconds since 1970."""
    return (at - _MONDAY) // (7 * _DAY)


def window_of(
    ledger: Ledger,
    since: datetime,
    until: datetime,
    aftermath: Aftermath | None = None,
    promises: Promises | None = None,
) -> Window:
    """Return what was decided from ``since`` on and until ``until``, both included.

    ``aftermath`` tells what followed, ``promises`` which were made; without them nothing is known of it.
    """
    held = ledger.suggestions
    at, decision = held.of("at"), held.of("decision")
    rows = np.flatnonzero((decision != NONE) & (at >= microseconds(since)) & (at <= microseconds(until)))
    thumb, stars = held.where(rows, "thumb"), held.where(rows, "stars")
    rated = np.where(thumb != NONE, thumb, np.where(stars > 0, (stars >= GOOD_STARS).astype(np.int64), NONE))
    columns = {name: held.where(rows, name) for name in _COLUMNS}
    sections, of_source = _sections(ledger.sources)
    after = followed(aftermath or Aftermath(since), held.where(rows, "decided"))
    return Window(
        ledger,
        since,
        until,
        rows,
        at[rows],
        decision=decision[rows],
        rated=rated,
        section=of_source[columns["source"]],
        sections=sections,
        after=after,
        promises=promises,
        **columns,
    )


def _sections(sources: Names) -> tuple[Names, Numbers]:
    """Return the folders of the articles among the sources, and the number of each source's; 0 is that of no folder."""
    sections = Names("")
    numbers = [sections.number(section_of(name)) for name in sources]
    return sections, np.array(numbers, dtype=np.int64)


def section_of(source: str) -> str:
    """Return the folder of an article (``article:delivery/late.md``); empty for anything else."""
    kind, _, name = source.partition(":")
    return name.rpartition("/")[0] if kind == SourceType.ARTICLE else ""
