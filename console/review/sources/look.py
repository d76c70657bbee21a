"""The sources of suggested replies, the most doubtful first. Pure.

A source is compared with the others of its kind: an article that is shown where it may help is taken less often than a
macro, and is no worse for it. It is *suspect* where the interval of the difference lies beyond what is worth acting on
(:data:`~console.conversation.sources.WORTH`): taken surely less by more than that, or surely followed by trouble so
much more often. The intervals are widened for the number of sources that are compared (Bonferroni), so that where all
are alike far less than one look in twenty has a suspect at all.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from console.conversation.reviews import By, Share, Uptake
from console.conversation.sources import WORTH, KindFigures, Retired, SourceFigures, Sources, kind_of
from console.review.aftermath.fold import Aftermath
from console.review.book import Book
from console.review.intervals import LEVEL, newcombe, upper_quantile
from console.review.reviewing.columns import Flags, Names, Numbers
from console.review.reviewing.counting import Cells, Counted
from console.review.reviewing.ledger import Ledger
from console.review.reviewing.window import Window, beginning, window_of


@dataclass(frozen=True, slots=True)
class _Kinds:
    """The kinds of the sources, and the number of each source's."""

    names: Names
    of: Numbers


@dataclass(frozen=True, slots=True)
class _Counts:
    """One measure of all sources: by source, by kind, and of all."""

    by: Counted
    alike: Counted
    every: Share
    surely: Flags
    """Which sources surely differ from the others of their kind for the worse, by more than is worth acting on."""


def sources_of(book: Book, until: datetime, weeks: int, retired: Mapping[str, Retired]) -> Sources:
    """Return the sources that were decided on in the last weeks, or are retired."""
    ledger = book.of(Ledger)
    window = window_of(ledger, beginning(until, weeks), until, book.of(Aftermath))
    places, count = window.groups(By.SOURCE)
    kinds = _kinds(ledger)
    took, wrong = _counted(window, kinds, Uptake.TAKEN, worse=-1), _counted(window, kinds, Uptake.TROUBLE, worse=1)
    angered = np.bincount(places[window.after.angered], minlength=count)
    found = []
    for place in range(count):
        name = window.name(By.SOURCE, place)
        if name and (took.by.of[place] or name in retired):
            found.append(
                SourceFigures(
                    name,
                    took.by.share(place),
                    wrong.by.share(place),
                    int(angered[place]),
                    taken_less=bool(took.surely[place]) and name not in retired,
                    more_trouble=bool(wrong.surely[place]) and name not in retired,
                    retired=retired.get(name),
                )
            )
    known = {one.source for one in found}
    found += [
        SourceFigures(name, Share(), Share(), 0, retired=who) for name, who in retired.items() if name not in known
    ]
    found.sort(key=_order)
    alike = tuple(_alike(kinds, took, wrong))
    return Sources(weeks, window.since, until, took.every, wrong.every, int(angered.sum()), alike, tuple(found))


def _kinds(ledger: Ledger) -> _Kinds:
    names = Names()
    return _Kinds(names, np.array([names.number(kind_of(name)) for name in ledger.sources], dtype=np.int64))


def _alike(kinds: _Kinds, took: _Counts, wrong: _Counts) -> Iterator[KindFigures]:
    decided = np.bincount(kinds.of[took.by.of > 0], minlength=len(kinds.names))
    for place, kind in enumerate(kinds.names):
        if kind and decided[place]:
            yield KindFigures(kind, int(decided[place]), took.alike.share(place), wrong.alike.share(place))


def _counted(window: Window, kinds: _Kinds, measure: Uptake, *, worse: int) -> _Counts:
    cases, hits = window.cases(measure)
    places, count = window.groups(By.SOURCE)
    mine, talks, hit = places[cases], window.conversation[cases], hits[cases]
    by = Cells(mine, count, talks).counted(hit)
    alike = Cells(kinds.of[mine], len(kinds.names), talks).counted(hit)
    every = Cells(np.zeros(len(mine), dtype=np.int64), 1, talks).counted(hit)
    return _Counts(by, alike, every.share(0), _surely(by, alike, kinds.of, worse))


def _surely(by: Counted, alike: Counted, kinds: Numbers, worse: int) -> Flags:
    """Return which groups differ from the others of their kind beyond chance, in the direction of ``worse``."""
    enough = np.array([by.enough(place) for place in range(len(by.of))], dtype=np.bool_)
    others: Numbers = alike.of[kinds] - by.of
    compared = enough & (others > 0)
    if not compared.any():
        return compared
    critical = upper_quantile((1 - LEVEL) / 2 / int(compared.sum()))
    rates = by.part / np.maximum(by.of, 1)
    rest = np.maximum(alike.part[kinds] - by.part, 0) / np.maximum(others, 1)
    shrunk = (alike.effective / np.maximum(alike.of, 1))[kinds]
    left = np.maximum(others * shrunk, 1.0)
    low, high = newcombe(rates, np.maximum(by.effective, 1.0), np.clip(rest, 0.0, 1.0), left, critical)
    surely: Flags = compared & ((low > WORTH) if worse > 0 else (high < -WORTH))
    return surely


def _order(one: SourceFigures) -> tuple[bool, bool, bool, float, float, int, str]:
    """Return where a source stands: trouble before what is taken less, the surest of each first, the retired last."""
    wrong, taken = one.went_wrong, one.taken
    least = -(wrong.low or 0.0) if wrong.rate is not None else 0.0
    most = taken.high if taken.high is not None else 1.0
    return one.retired is not None, not one.more_trouble, not one.suspect, least, most, -taken.of, one.source
