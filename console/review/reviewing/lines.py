"""A review in lines for a terminal: every figure as the screen shows it."""

from collections.abc import Iterator
from textwrap import wrap
from typing import Final

from console.conversation.reviews import QUEUES, By, Group, Measure, Review, Week
from console.conversation.spread import between_agents
from console.review.periods import weeks_of

GROUPINGS: Final = tuple(by for by in By if by is not By.ALL)

SHOWN: Final = (Measure.ACCEPTED, Measure.EDITED, Measure.OVERRIDDEN, Measure.RATED_WELL)
_CELL: Final = 14
_NAMED: Final = 12
"""Groups of each table that lines name; files and the screen have all."""


def lines_of(review: Review, width: int) -> Iterator[str]:
    """Yield the figures of a review, none longer than ``width`` from 80 on; nothing where nothing was decided on."""
    every = next((group for group in review.groups if group.by is By.ALL), None)
    if every is None or not every.decided or review.since is None:
        return
    yield ""
    said = f"What became of the suggestions, {weeks_of(review.weeks, review.since, review.until)}"
    yield from wrap(f"{said} (95 % intervals in brackets)", width, subsequent_indent="  ")
    yield from _line("", [measure.said for measure in SHOWN], width)
    yield from _line(f"all {every.decided:,}", [every.of(measure).words for measure in SHOWN], width)
    for week in every.weeks:
        yield from _line(f"  week of {week.start}", _weekly(week), width)
    if said := between_agents(review.spreads):
        yield from wrap(f"{said}.", width, subsequent_indent="  ")
    for by in GROUPINGS:
        yield from _table(by.heading, [group for group in review.groups if group.by is by], width)
    yield from _changes(review, width)
    yield from _queues(review, width)


def _table(title: str, groups: list[Group], width: int) -> Iterator[str]:
    shown = [group for group in groups if not group.withheld and group.of(Measure.ACCEPTED).rate is not None]
    if not shown:
        return
    yield title
    for group in shown[:_NAMED]:
        yield from _line(f"  {group.title} {group.decided:,}", [group.of(measure).words for measure in SHOWN], width)
    if left := len(groups) - len(shown[:_NAMED]):
        yield f"  and {left} more, or with too little to say (--csv has all)."


def _changes(review: Review, width: int) -> Iterator[str]:
    for one in review.compared:
        if one.by is not By.ALL:
            continue
        yield from wrap(f"Change of {one.change.on.date()}: {one.change.words}", width, subsequent_indent="  ")
        for about in review.about:
            for measure in about.measures if about.change == one.change.id else ():
                said = f"{about.of(measure)}, {measure.name}: {measure.sides} ({measure.counts}), {measure.words}"
                yield from wrap(said, width, initial_indent="  ", subsequent_indent="    ")
        for effect in one.effects:
            said = f"{effect.before.measure.said}: {effect.before.words} → {effect.after.words}, {effect.words}"
            yield from wrap(said, width, initial_indent="  ", subsequent_indent="    ")


def _queues(review: Review, width: int) -> Iterator[str]:
    for count in review.queues:
        if count.judged:
            said = f"{QUEUES[count.queue]}, {count.verdicts}; {count.found:,} wait."
            yield from wrap(said[0].upper() + said[1:], width, subsequent_indent="  ")


def _weekly(week: Week) -> list[str]:
    return [week.of(measure).words for measure in SHOWN]


def _line(name: str, cells: list[str], width: int) -> Iterator[str]:
    """Yield a row; a name that finds no room beside its figures stands above them."""
    room = max(8, width - (_CELL + 1) * len(cells))
    if len(name) > room:
        yield name
        name = ""
    yield name.ljust(room) + "".join(f" {cell:>{_CELL}}" for cell in cells)
