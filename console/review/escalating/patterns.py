"""Where hand-overs come at the wrong moment: by behaviour and by trigger, with what it cost. Pure; arrays."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from console.conversation.escalations import (
    Agreement,
    Cost,
    Escalations,
    Moved,
    Part,
    Pattern,
    Reason,
    Timing,
)
from console.conversation.reviews import FEWEST, Change
from console.conversation.shares import Proportion
from console.review.book import Book
from console.review.escalating.handovers import REASONS, TIMINGS, WHENS, Handovers
from console.review.escalating.timing import WHY, Timed, timed
from console.review.intervals import newcombe
from console.review.paces import SPAN
from console.review.proportions import proportion
from console.review.reviewing.changes import names_it
from console.review.reviewing.columns import NONE, Flags, Numbers
from console.review.reviewing.counting import Cells, Counted
from console.review.reviewing.ledger import Ledger, microseconds
from console.review.reviewing.window import beginning

SECOND: Final = 1_000_000
WEEK: Final = timedelta(days=7) // timedelta(microseconds=1)
MOST_MOVED: Final = 20
"""Changes of behaviours that are compared, the newest."""

LATE, EARLY, NEVER = (TIMINGS.index(timing) for timing in (Timing.LATE, Timing.EARLY, Timing.NEVER))


def escalations_of(book: Book, until: datetime, weeks: int) -> Escalations:
    """Return the escalations of the weeks up to a moment."""
    held, since = book.of(Handovers), beginning(until, weeks)
    found = timed(held, since, until)
    table = Table(held, found)
    return Escalations(
        since,
        until,
        weeks,
        int(held.rows.where(found.rows, "generated").sum()),
        held.unknown,
        tuple(pattern for part in Part for pattern in table.patterns(part)),
        agreement_of(held, found),
        tuple(_moved(book, table, since, until)),
    )


class Table:
    """Judged escalations, put together by behaviour or trigger."""

    def __init__(self, held: Handovers, found: Timed) -> None:
        self._held, self.found = held, found
        self._late = (found.timing == LATE) | (found.timing == NEVER)
        self._conversation = held.rows.where(found.rows, "conversation")

    def places(self, part: Part) -> tuple[Numbers, int]:
        """Return the number of each escalation's group, and how many groups there are."""
        match part:
            case Part.ALL:
                return np.zeros(len(self.found.rows), dtype=np.int64), 1
            case Part.BEHAVIOUR:
                return self._held.rows.where(self.found.rows, "intent"), len(self._held.intents)
            case Part.TRIGGER:
                when = self._held.rows.where(self.found.rows, "when")
                return np.where(when == NONE, len(WHENS), when), len(WHENS) + 1

    def name(self, part: Part, group: int) -> str:
        """Return the name of a group."""
        if part is Part.BEHAVIOUR:
            return self._held.intents[group]
        return WHENS[group].value if part is Part.TRIGGER and group < len(WHENS) else ""

    def group(self, part: Part, name: str) -> int:
        """Return the number of a group, :data:`NONE` of one that is not known."""
        return next((n for n in range(self.places(part)[1]) if self.name(part, n) == name), NONE)

    def patterns(self, part: Part) -> Iterator[Pattern]:
        """Yield the groups in which there is anything, the worst first: by the lower limit of what came wrong."""
        places, count = self.places(part)
        cells = Cells(places, count, self._conversation)
        late, early = cells.counted(self._late), cells.counted(self.found.timing == EARLY)
        wrong = cells.counted(self._late | (self.found.timing == EARLY))
        worst = sorted(range(count), key=lambda n: (-wrong.low[n] * wrong.enough(n), -wrong.part[n], -wrong.of[n]))
        for group in worst:
            if not late.of[group] and part is not Part.ALL:
                continue
            inside = places == group
            timing = self.found.timing[inside]
            counts = tuple((each, int((timing == n).sum())) for n, each in enumerate(TIMINGS))
            shares = _share(late, group), _share(early, group)
            yield Pattern(part, self.name(part, group), counts, *shares, self.cost(inside), self._reasons(inside))

    def cost(self, inside: Flags) -> Cost:
        """Return what too late a hand-over cost among these."""
        chosen = inside & (self.found.timing == LATE) & (self.found.late > 0)
        rows, late = self.found.rows[chosen], self.found.late[chosen]
        if len(rows) < FEWEST:
            return Cost()
        handed = self._held.rows.where(rows, "handed")
        waited = (handed - self._of_reason(chosen, "_at")) / SECOND
        before, after = self._of_reason(chosen, "_mood"), self._held.rows.where(rows, "handed_mood")
        read = (before != NONE) & (after != NONE)
        fell = (before - after)[read] / 1000
        closed, reopened = self._held.rows.where(rows, "closed"), self._held.rows.where(rows, "reopened")
        again = (reopened != NONE) & (reopened - closed <= WEEK)
        return Cost(
            float(np.median(late)),
            round(float(np.median(waited)), 1),
            round(float(fell.mean()), 2) if len(fell) >= FEWEST else None,
            proportion(int(again.sum()), len(rows)),
        )

    def within(self, inside: Flags) -> tuple[Proportion, float | None]:
        """Return the share that came too late among these, and the median of the turns."""
        return proportion(int((self._late & inside).sum()), int(inside.sum())), self.cost(inside).turns

    def _of_reason(self, chosen: Flags, column: str) -> Numbers:
        """Return a column of the reason that made a person due, for each of these."""
        rows, reason = self.found.rows[chosen], self.found.reason[chosen]
        table = np.stack([self._held.rows.where(rows, name + column) for name in REASONS])
        told: Numbers = table[np.minimum(reason, len(REASONS) - 1), np.arange(len(rows))]
        return told

    def _reasons(self, inside: Flags) -> tuple[tuple[Reason, int], ...]:
        counts = np.bincount(self.found.reason[inside & self._late], minlength=len(WHY))
        return tuple((WHY[n], int(counts[n])) for n in np.argsort(-counts, kind="stable") if counts[n])


def agreement_of(held: Handovers, found: Timed) -> Agreement:
    """Return how far leads judged as the rule did at that time; Cohen (1960), Educ. Psychol. Meas. 20, 37."""
    lead, rule = held.rows.where(found.rows, "judgement"), held.rows.where(found.rows, "rule")
    judged = lead != NONE
    lead, rule = lead[judged], rule[judged]
    same = lead == rule
    share = proportion(int(same.sum()), len(same))
    if share.rate is None:
        return Agreement(len(same), share)
    chance = sum(float((lead == n).mean() * (rule == n).mean()) for n in range(len(TIMINGS)))
    kappa = (share.rate - chance) / (1 - chance) if chance < 1 else None
    return Agreement(len(same), share, None if kappa is None else round(kappa, 2))


def _share(counted: Counted, group: int) -> Proportion:
    part, of = int(counted.part[group]), int(counted.of[group])
    if not counted.enough(group):
        return Proportion(part, of)
    return Proportion(part, of, part / of, round(float(counted.low[group]), 4), round(float(counted.high[group]), 4))


def _moved(book: Book, table: Table, since: datetime, until: datetime) -> Iterator[Moved]:
    """Yield what moved at each marked change whose words name a behaviour, the newest first."""
    behaviours, count = table.places(Part.BEHAVIOUR)
    changes = [one for one in book.of(Ledger).changes.values() if not one.automatic and since <= one.on <= until]
    told = 0
    for change in sorted(changes, key=lambda one: one.on, reverse=True):
        for group in range(count):
            name = table.name(Part.BEHAVIOUR, group)
            if told < MOST_MOVED and names_it(change, name):
                told += 1
                others = [one.on for one in changes if names_it(one, name)]
                yield _compared(table, behaviours == group, name, change, _ends(change, others, since, until))


def _ends(change: Change, others: list[datetime], since: datetime, until: datetime) -> tuple[datetime, datetime]:
    """Return from when to when a change is compared: no other change of the same behaviour lies between."""
    first = max(since, change.on - SPAN, *(on for on in others if on < change.on))
    return first, min(until, change.on + SPAN, *(on for on in others if on > change.on))


def _compared(table: Table, inside: Flags, name: str, change: Change, ends: tuple[datetime, datetime]) -> Moved:
    at, on = table.found.at, microseconds(change.on)
    before = inside & (at >= microseconds(ends[0])) & (at < on)
    after = inside & (at >= on) & (at <= microseconds(ends[1]))
    (was, turns_before), (now, turns_after) = table.within(before), table.within(after)
    low: float | None = None
    high: float | None = None
    if was.rate is not None and now.rate is not None:
        limits = newcombe(now.rate, now.of, was.rate, was.of)
        low, high = (round(float(limit), 4) for limit in limits)
    return Moved(change.id, change.on, change.words, name, was, now, turns_before, turns_after, low, high)
