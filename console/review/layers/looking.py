"""The figures of each layer for some weeks, with the agents' load: what the lead's screen and the report show."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from console.conversation import events as e
from console.conversation.layers import METRICS, Layers, LayerView, LayerWeek, Measured, Metric, MetricKind, Result
from console.conversation.reviews import FEWEST, By, Group, Measure
from console.review.book import Book
from console.review.intervals import wilson
from console.review.layers import tables as t
from console.review.layers.cohort import Cohort, Money
from console.review.layers.counting import measured
from console.review.layers.talks import Talks
from console.review.layers.workload import loads
from console.review.reviewing.columns import NONE, Numbers
from console.review.reviewing.ledger import Ledger
from console.review.reviewing.review import groups
from console.review.reviewing.window import LEAD_IN, beginning, window_of

FROM_REVIEW: Final = {
    Metric.ACCEPTED: Measure.ACCEPTED,
    Metric.EDITED: Measure.EDITED,
    Metric.RATED_WELL: Measure.RATED_WELL,
}
"""What the review of the suggestions counts: by when they were decided on."""

NO_PRICE: Final = "not configured"
RESULTS: Final = 12
"""Dispositions of a layer that are named; the rest are put together."""


def layers_of(book: Book, until: datetime, weeks: int, money: Money | None = None) -> Layers:
    """Return the figures of the weeks up to a moment."""
    money = money or Money()
    since = beginning(until, weeks)
    held = book.of(Talks)
    cohort = Cohort(held, since, until)
    suggested = _suggested(book.of(Ledger), since, until)
    views = (_view(cohort, number, money, suggested) for number in range(len(t.LAYERS)))
    agents, team = loads(held, since, until)
    return Layers(since, until, weeks, cohort.generated, cohort.held_out, cohort.unknown, tuple(views), agents, team)


def looked(history: Iterable[e.Event], until: datetime, weeks: int, money: Money | None = None) -> Layers:
    """Return the figures of a log, given its events in order."""
    book = Book(beginning(until, weeks) - LEAD_IN)
    for event in history:
        if event.at >= book.since:
            book.take(event)
    return layers_of(book, until, weeks, money)


def _view(cohort: Cohort, layer: int, money: Money, suggested: Group | None) -> LayerView:
    name = t.LAYERS[layer]
    shown = [_figure(cohort, layer, metric, money, suggested) for metric in METRICS[name]]
    days = [(cohort.since + timedelta(weeks=week)).date() for week in range(cohort.weeks)]
    return LayerView(
        name,
        int((cohort.leg("layer") == layer).sum()),
        int((cohort.open == layer).sum()),
        tuple(figures[-1] for figures in shown),
        tuple(LayerWeek(day, tuple(figures[week] for figures in shown)) for week, day in enumerate(days)),
        tuple(_results(cohort, layer)),
    )


def _figure(cohort: Cohort, layer: int, metric: Metric, money: Money, suggested: Group | None) -> list[Measured]:
    """Return a figure of each week, and behind them that of all."""
    if metric in FROM_REVIEW:
        return list(_from_review(suggested, metric, cohort.weeks))
    if metric.kind is MetricKind.COUNT:
        rows = cohort.drafts(layer, approved=metric is Metric.DRAFTS_APPROVED)
        return list(_counted(cohort, metric, rows))
    cases = cohort.cases(layer, metric, money)
    talks, week, every = cohort.leg("talk")[cases.rows], cohort.week[cases.rows], cohort.weeks
    figures = [
        *measured(metric, week, every, talks, cases.values, cases.hits),
        *measured(metric, np.zeros_like(week), 1, talks, cases.values, cases.hits),
    ]
    if not metric.sampled:  # counts alone: a share would be read as that of all
        return [Measured(metric, one.part, one.of, one.conversations) for one in figures]
    return [_priced(one, cohort, layer, money) for one in figures] if metric is Metric.COST else figures


def _priced(figure: Measured, cohort: Cohort, layer: int, money: Money) -> Measured:
    """Return a cost in the desk's currency; none where it would leave something out that nobody gave a price."""
    here = cohort.leg("layer") == layer
    unpriced = int(cohort.leg("unpriced")[here].sum())
    priced = bool(cohort.leg("cost")[here].any()) or money.model_priced
    bot = layer == t.AUTONOMOUS
    if (unpriced and not priced) or (not bot and not money.agent_hour) or (bot and not priced):
        return Measured(figure.metric, figure.part, figure.of, figure.conversations, why=NO_PRICE)
    return Measured(
        figure.metric, figure.part, figure.of, figure.conversations, figure.value, figure.low, figure.high,
        currency=money.currency,
    )  # fmt: skip


def _counted(cohort: Cohort, metric: Metric, rows: Numbers) -> Iterator[Measured]:
    for number in np.bincount(cohort.week[rows], minlength=cohort.weeks).tolist():
        yield Measured(metric, number, number)
    yield Measured(metric, len(rows), len(rows), len(np.unique(rows)))


def _suggested(ledger: Ledger, since: datetime, until: datetime) -> Group | None:
    return next(iter(groups(window_of(ledger, since, until), By.ALL)), None)


def _from_review(group: Group | None, metric: Metric, weeks: int) -> Iterator[Measured]:
    measure = FROM_REVIEW[metric]
    figures = [week.of(measure) for week in group.weeks] if group and len(group.weeks) == weeks else [None] * weeks
    for one in (*figures, group.of(measure) if group else None):
        if one is None:
            yield Measured(metric, 0, 0)
        else:
            yield Measured(metric, one.part, one.of, one.conversations, one.rate, one.low, one.high)


def _results(cohort: Cohort, layer: int) -> Iterator[Result]:
    """Yield how conversations of a layer were closed, the most usual first."""
    rows = np.flatnonzero((cohort.leg("layer") == layer) & (cohort.how == t.CLOSED))
    named, of = cohort.leg("disposition")[rows], len(rows)
    counts = np.bincount(named[named != NONE], minlength=1)
    order = [int(place) for place in np.argsort(-counts, kind="stable") if counts[place]]
    for place in order[:RESULTS]:
        yield _result(cohort.held.dispositions[place], int(counts[place]), of)
    if rest := sum(int(counts[place]) for place in order[RESULTS:]):
        yield _result("others", rest, of, others=True)


def _result(name: str, count: int, of: int, *, others: bool = False) -> Result:
    if of < FEWEST:
        return Result(name, count, of, others=others)
    low, high = (round(float(limit), 4) for limit in wilson(count / of, of))
    return Result(name, count, of, low, high, others)
