"""The review of some weeks: figures by group and week, what moved at marked changes, and how full the queues are."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

import numpy as np

from console.conversation import events as e
from console.conversation.reviews import FEWEST, FEWEST_AGENTS, By, Change, Group, Measure, Review, Week
from console.conversation.spread import Spread
from console.review.aftermath.fold import Aftermath
from console.review.escalating.handovers import Handovers
from console.review.promises.fold import Promises
from console.review.reviewing.about import about
from console.review.reviewing.automatic import without_doubles
from console.review.reviewing.changes import compared
from console.review.reviewing.columns import NONE, Numbers
from console.review.reviewing.counting import Cells, Counted
from console.review.reviewing.ledger import Ledger
from console.review.reviewing.queues import counts
from console.review.reviewing.window import LEAD_IN, Window, beginning, window_of
from console.review.spread import ByAgent

DIFFERING: Final = (Measure.ACCEPTED, Measure.EDITED, Measure.OVERRIDDEN)
"""What agents are compared in: the rest is too seldom."""

MOST_CHANGES: Final = 20
"""Changes that a review compares, the newest."""


def review_of(
    ledger: Ledger,
    until: datetime,
    weeks: int,
    aftermath: Aftermath | None = None,
    promises: Promises | None = None,
    handovers: Handovers | None = None,
) -> Review:
    """Return the review of the weeks up to a moment; the ledger holds them, with :data:`LEAD_IN` before."""
    window = window_of(ledger, beginning(until, weeks), until, aftermath, promises)
    changes = changes_in(ledger, window)
    since = window.since - LEAD_IN
    they_are = about(ledger, window, changes, aftermath or Aftermath(since), handovers or Handovers(since))
    return Review(
        window.since,
        until,
        weeks,
        int((ledger.suggestions.where(window.rows, "generated") == 1).sum()),
        tuple(group for by in By for group in groups(window, by)),
        changes,
        tuple(compared(ledger, window, changes)),
        tuple(counts(ledger, window)),
        about=tuple(they_are),
        spreads=tuple(spreads(window)),
    )


def reviewed(history: Iterable[e.Event], until: datetime, weeks: int) -> Review:
    """Return the review of a log, given its events in order."""
    since = beginning(until, weeks) - LEAD_IN
    ledger, aftermath, promises, handovers = Ledger(since), Aftermath(since), Promises(since), Handovers(since)
    for event in history:
        if event.at >= since:
            ledger.take(event)
            aftermath.take(event)
            promises.take(event)
            handovers.take(event)
    return review_of(ledger, until, weeks, aftermath, promises, handovers)


def changes_in(ledger: Ledger, window: Window) -> tuple[Change, ...]:
    """Return the changes within the window, the newest first; one that a lead marked stands for the desk's own."""
    inside = [change for change in ledger.changes.values() if window.since <= change.on <= window.until]
    shown = without_doubles(sorted(inside, key=lambda change: (change.on, change.id), reverse=True))
    return tuple(shown)[:MOST_CHANGES]


def groups(window: Window, by: By) -> Iterator[Group]:
    """Yield the groups in which something was decided, the largest first; all suggestions always."""
    places, count = window.groups(by)
    weeks = window.weeks
    whole = _measured(window, places, count)
    weekly = _measured(window, places * len(weeks) + window.week, count * len(weeks))
    decided = whole[Measure.ACCEPTED].of
    few = by_few(window, places, count) if by is By.TEAM else frozenset()
    for group in sorted(range(count), key=lambda place: -int(decided[place])):
        if not decided[group] and by is not By.ALL:
            continue
        name, total = window.name(by, group), whole[Measure.ACCEPTED]
        size = int(total.of[group]), int(total.conversations[group])
        if group in few:
            yield Group(by, name, *size, withheld=True)
            continue
        shown = tuple(counted.figure(measure, group) for measure, counted in whole.items())
        told = tuple(_weeks(weekly, weeks, group)) if size[0] >= FEWEST else ()
        yield Group(by, name, *size, shown, told)


def spreads(window: Window) -> Iterator[Spread]:
    """Yield how far agents differ in what they decide, beyond chance."""
    by_agent = ByAgent(window.ledger.suggestions.where(window.rows, "agent"), window.conversation)
    for measure in DIFFERING:
        _, hits = window.cases(measure)
        yield by_agent.spread(measure.value, hits.astype(np.float64))


def _weeks(weekly: dict[Measure, Counted], weeks: tuple[datetime, ...], group: int) -> Iterator[Week]:
    for number, start in enumerate(weeks):
        place = group * len(weeks) + number
        shown = tuple(counted.figure(measure, place) for measure, counted in weekly.items())
        yield Week(start.date(), int(weekly[Measure.ACCEPTED].of[place]), shown)


def _measured(window: Window, places: Numbers, count: int) -> dict[Measure, Counted]:
    """Return every measure by group."""
    every = Cells(places, count, window.conversation)
    found = {}
    for measure in Measure:
        counts_it, hits = window.cases(measure)
        if bool(counts_it.all()):
            found[measure] = every.counted(hits)
        else:
            some = Cells(places[counts_it], count, window.conversation[counts_it])
            found[measure] = some.counted(hits[counts_it])
    return found


def by_few(window: Window, places: Numbers, count: int) -> frozenset[int]:
    """Return the groups that are worked by so few agents that a figure would be that of a person."""
    agents = window.ledger.suggestions.where(window.rows, "agent")
    known = agents != NONE
    width = int(agents.max(initial=0)) + 1
    pairs = np.unique(places[known] * width + agents[known])  # of rows, it would hold up every thread meanwhile
    many = np.bincount(pairs // width, minlength=count)
    return frozenset(np.flatnonzero(many < FEWEST_AGENTS).tolist())
