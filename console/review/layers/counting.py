"""Shares, quantiles and means by group, with intervals that know which cases hang together. Pure; arrays.

The interval of a quantile is Woodruff's (1952, J. Am. Stat. Assoc. 47, 635): the limits of the share of cases at or
below it (Wilson's, with the effective number of :mod:`console.review.reviewing.counting`), read off the ordered cases.
That of a mean is Student's, over the means of conversations weighted by their cases (Cochran 1977, 11.8).
"""

from collections.abc import Iterator

import numpy as np

from console.conversation.layers import Measured, Metric, MetricKind
from console.conversation.reviews import FEWEST, FEWEST_CONVERSATIONS, Measure
from console.review.intervals import LEVEL, Floats, student, wilson
from console.review.reviewing.columns import Flags, Numbers
from console.review.reviewing.counting import Cells

TAIL = 0.9


def measured(
    metric: Metric, groups: Numbers, count: int, conversations: Numbers, values: Floats, hits: Flags
) -> Iterator[Measured]:
    """Yield a figure of each group, from 0 to ``count`` - 1; each of the arrays has one value a case."""
    cells = Cells(groups, count, conversations)
    if metric.kind is MetricKind.SHARE:
        counted = cells.counted(hits)
        for group in range(count):
            share = counted.figure(Measure.ACCEPTED, group)  # the name of the measure is ours
            yield Measured(metric, share.part, share.of, share.conversations, share.rate, share.low, share.high)
        return
    order = np.lexsort((values, groups))
    ends = np.searchsorted(groups[order], np.arange(count + 1))
    for group in range(count):
        mine = order[ends[group] : ends[group + 1]]
        talks = int(cells.conversations[group])
        found = Measured(metric, len(mine), len(mine), talks)
        if len(mine) < FEWEST or talks < FEWEST_CONVERSATIONS:
            yield found
        elif metric.kind is MetricKind.TIME:
            yield _timed(metric, values[mine], conversations[mine])
        else:
            yield _averaged(metric, values[mine], conversations[mine])


def _timed(metric: Metric, ordered: Floats, conversations: Numbers) -> Measured:
    """Return the median and the 90th of a hundred of times, the shortest first."""
    cells = Cells(np.zeros(len(ordered), dtype=np.int64), 1, conversations)
    shown = [_quantile(ordered, cells, share) for share in (0.5, TAIL)]
    (value, low, high), (tail, tail_low, tail_high) = shown
    of, talks = len(ordered), int(cells.conversations[0])
    return Measured(metric, of, of, talks, value, low, high, tail, tail_low, tail_high)


def _quantile(ordered: Floats, cells: Cells, share: float) -> tuple[float, float, float | None]:
    """Return a quantile with its limits; the upper one is ``None`` where so few cases lie above that none is known."""
    value = float(np.quantile(ordered, share))
    effective = float(cells.counted(ordered <= value).effective[0])
    low, high = (float(limit) for limit in wilson(share, max(effective, 1.0)))
    last = len(ordered) - 1
    upper = high * len(ordered)
    lower = float(ordered[max(0, int(np.floor(low * len(ordered))) - 1)])
    return value, lower, float(ordered[min(last, int(np.ceil(upper)) - 1)]) if upper < last + 0.5 else None


def _averaged(metric: Metric, values: Floats, conversations: Numbers) -> Measured:
    """Return the mean of scores or costs."""
    names, places = np.unique(conversations, return_inverse=True)
    sums = np.bincount(places, weights=values)
    cases = np.bincount(places).astype(np.float64)
    of, talks = len(values), len(names)
    mean = float(values.mean())
    left = ((sums - mean * cases) ** 2).sum() * talks / max(talks - 1, 1)
    half = float(student(LEVEL, talks - 1)) * float(np.sqrt(left)) / of
    low, high = mean - half, mean + half
    if metric.kind is MetricKind.SCORE:
        low, high = max(1.0, low), min(5.0, high)
    return Measured(metric, of, of, talks, mean, max(0.0, low), high)
