"""What moved at a change that a lead marked: before against after, with intervals widened for the many measures.

It is no experiment: what else changed on those days counts too. The hold-out is what tells effects of assistance.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from console.conversation.reviews import By, Change, Compared, Effect, Measure
from console.review.intervals import LEVEL, newcombe, upper_quantile
from console.review.paces import SPAN, weeks_more
from console.review.reviewing.columns import Flags
from console.review.reviewing.counting import Cells, Counted
from console.review.reviewing.ledger import Ledger, microseconds
from console.review.reviewing.window import Window, window_of

COMPARED: Final = (Measure.ACCEPTED, Measure.EDITED, Measure.OVERRIDDEN, Measure.DISMISSED, Measure.RATED_WELL)

_NAMED: Final = frozenset({By.SOURCE, By.INTENT})

CRITICAL: Final = upper_quantile((1 - LEVEL) / 2 / len(COMPARED))
"""Bonferroni's quantile: of all measures of a group together, one change in twenty moves one by chance."""


def compared(ledger: Ledger, window: Window, changes: Sequence[Change]) -> Iterator[Compared]:
    """Yield what moved at each change: of all, of what its words name, of each kind of which enough was decided.

    Its words name a source or an intent where the id stands in them; that one is told of though too little is known.
    """
    for change in changes:
        since, until = ends(change, changes, window.since, window.until)
        around = window_of(ledger, since, until)
        after = around.at >= microseconds(change.on)
        for by in (By.ALL, By.SOURCE, By.INTENT, By.KIND):
            yield from _groups(around, after, by, change, goes_on=until == window.until)


TOGETHER: Final = timedelta(days=1)
"""What leads mark so soon one after the other was changed together: neither ends what is compared of the other."""


def ends(change: Change, changes: Sequence[Change], first: datetime, last: datetime) -> tuple[datetime, datetime]:
    """Return from when to when a change is compared, within ``first`` and ``last``: no other change lies between.

    Between the ends of one that a lead marked only others that leads marked count: content is published far more often.
    """
    leads = [c.on for c in changes if not c.automatic and abs(c.on - change.on) > TOGETHER]
    others = [c.on for c in changes] if change.automatic else leads
    since = max(first, change.on - SPAN, *(on for on in others if on < change.on))
    return since, min(last, change.on + SPAN, *(on for on in others if on > change.on))


def _groups(around: Window, after: Flags, by: By, change: Change, *, goes_on: bool) -> Iterator[Compared]:
    places, count = around.groups(by)
    tables = []
    for measure in COMPARED:
        counts_it, hits = around.cases(measure)
        sides = places[counts_it] * 2 + after[counts_it]
        cells = Cells(sides, count * 2, around.conversation[counts_it])
        tables.append((measure, cells.counted(hits[counts_it])))
    for group in range(count):
        name = around.name(by, group)
        if by in _NAMED and not names_it(change, name):
            continue
        going_on = (change.on, around.until) if goes_on else None
        effects = tuple(_effect(measure, table, group * 2, going_on) for measure, table in tables)
        if by is not By.KIND or effects[0].low is not None:
            yield Compared(change, by, name, around.since, around.until, effects)


def names_it(change: Change, name: str) -> bool:
    """Return whether the words of a change name a source or an intent."""
    words = f" {change.words} ".replace(",", " ").replace(":", " ").replace(".", " ")
    said = name.rpartition(":")[2].replace(".", " ")
    return bool(said) and f" {said} " in words


def _effect(measure: Measure, table: Counted, before: int, going_on: tuple[datetime, datetime] | None) -> Effect:
    after = before + 1
    effect = Effect(table.figure(measure, before), table.figure(measure, after))
    if not (table.enough(before) and table.enough(after)):
        few = effect.after
        known = going_on if table.enough(before) else None
        return replace(effect, more=weeks_more(few.of, few.conversations, *known)) if known else effect
    rates = table.part / np.maximum(table.of, 1)
    limits = newcombe(rates[after], table.effective[after], rates[before], table.effective[before], CRITICAL)
    low, high = (round(float(limit), 4) for limit in limits)
    return Effect(effect.before, effect.after, low, high)
