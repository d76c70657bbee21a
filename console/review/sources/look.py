"""The sources of suggested replies, the most doubtful first. Pure.

A source is *suspect* where an interval of the difference to all others leaves out nought: taken surely less, or surely
followed by trouble more often. The intervals are widened for the number of sources that are compared (Bonferroni), so
that where all are alike one look in twenty has a suspect at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from console.conversation.assistance import A_LOOK, Decision
from console.conversation.reviews import By, Share
from console.conversation.sources import Retired, SourceFigures, Sources
from console.review.aftermath.fold import Aftermath
from console.review.aftermath.following import followed
from console.review.book import Book
from console.review.intervals import LEVEL, newcombe, upper_quantile
from console.review.reviewing.columns import Flags, Numbers
from console.review.reviewing.counting import Cells, Counted
from console.review.reviewing.ledger import DECISIONS, Ledger
from console.review.reviewing.window import Window, beginning, window_of


@dataclass(frozen=True, slots=True)
class _Counts:
    """One measure of all sources: by source, of all, and of all others than each."""

    by: Counted
    every: Share
    surely: Flags
    """Which sources surely differ from the others for the worse."""


def sources_of(book: Book, until: datetime, weeks: int, retired: Mapping[str, Retired]) -> Sources:
    """Return the sources that were decided on in the last weeks, or are retired."""
    ledger = book.of(Ledger)
    window = window_of(ledger, beginning(until, weeks), until)
    places, count = window.groups(By.SOURCE)
    taken, seen = _taken(window)
    after = followed(book.of(Aftermath), ledger.suggestions.where(window.rows, "decided"))
    took = _counted(window, seen, taken, worse=-1)
    wrong = _counted(window, after.known, after.wrong, worse=1)
    angered = np.bincount(places[after.angered], minlength=count)
    found = []
    for place in range(count):
        name = window.name(By.SOURCE, place)
        if name and (took.by.of[place] or name in retired):
            suspect = bool(took.surely[place] or wrong.surely[place])
            found.append(
                SourceFigures(
                    name,
                    took.by.share(place),
                    wrong.by.share(place),
                    int(angered[place]),
                    suspect and name not in retired,
                    retired.get(name),
                )
            )
    known = {one.source for one in found}
    found += [
        SourceFigures(name, Share(), Share(), 0, suspect=False, retired=who)
        for name, who in retired.items()
        if name not in known
    ]
    found.sort(key=_order)
    return Sources(weeks, window.since, until, took.every, wrong.every, tuple(found))


def _taken(window: Window) -> tuple[Flags, Flags]:
    """Return which replies were taken, and which were decided on at all: not those that were replaced unread."""
    names = [DECISIONS.index(one) for one in (Decision.ACCEPTED, Decision.EDITED)]
    waited = window.ledger.suggestions.where(window.rows, "waited")
    unread = (window.decision == DECISIONS.index(Decision.IGNORED)) & (waited < round(A_LOOK * 1000))
    return np.isin(window.decision, names), ~unread


def _counted(window: Window, cases: Flags, hits: Flags, *, worse: int) -> _Counts:
    places, count = window.groups(By.SOURCE)
    mine, talks, hit = places[cases], window.conversation[cases], hits[cases]
    by = Cells(mine, count, talks).counted(hit)
    every = Cells(np.zeros(len(mine), dtype=np.int64), 1, talks).counted(hit)
    return _Counts(by, every.share(0), _surely(by, every, worse))


def _surely(by: Counted, every: Counted, worse: int) -> Flags:
    """Return which groups differ from all the others by more than chance, in the direction of ``worse``."""
    enough = np.array([by.enough(place) for place in range(len(by.of))], dtype=np.bool_)
    others: Numbers = every.of[0] - by.of
    compared = enough & (others > 0)
    if not compared.any():
        return compared
    critical = upper_quantile((1 - LEVEL) / 2 / int(compared.sum()))
    rates = by.part / np.maximum(by.of, 1)
    rest = np.maximum(every.part[0] - by.part, 0) / np.maximum(others, 1)
    shrunk = every.effective[0] / np.maximum(every.of[0], 1)
    left = np.maximum(others * shrunk, 1.0)
    low, high = newcombe(rates, np.maximum(by.effective, 1.0), np.clip(rest, 0.0, 1.0), left, critical)
    surely: Flags = compared & ((low > 0) if worse > 0 else (high < 0))
    return surely


def _order(one: SourceFigures) -> tuple[bool, bool, float, float, int, str]:
    """Return where a source stands: the suspect first, then those of which the worst is sure, the retired last."""
    wrong, taken = one.went_wrong, one.taken
    least = -(wrong.low or 0.0) if wrong.rate is not None else 0.0
    most = taken.high if taken.high is not None else 1.0
    return one.retired is not None, not one.suspect, least, most, -taken.of, one.source
