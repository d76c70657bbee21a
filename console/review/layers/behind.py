"""The conversations behind a figure of a layer, each with what it is counted for."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

import numpy as np

from console.conversation import events as e
from console.conversation.layers import AskedTalks, Metric, MetricKind, ToldTalk, ToldTalks, duration
from console.review.book import Book
from console.review.layers import tables as t
from console.review.layers.cohort import QUIET, Cohort, Money
from console.review.layers.looking import FROM_REVIEW
from console.review.layers.talks import Talks
from console.review.reviewing.columns import NONE, Numbers
from console.review.reviewing.ledger import moment
from console.review.reviewing.window import beginning
from console.text import shorten

MOST: Final = 50
"""Conversations that are shown at a time."""

SAID: Final = 300
"""Characters of the customer's first words that are shown."""

Read = Callable[[int, str], e.Event | None]
"""Returns an event of a conversation by its number; ``None`` where it was erased."""

_HOW: Final = {t.HANDED: "handed to people", t.MOVED: "moved to another layer", QUIET: "left quiet"}


def talks_behind(
    book: Book, until: datetime, weeks: int, asked: AskedTalks, read: Read, money: Money | None = None
) -> ToldTalks:
    """Return the conversations behind a figure: of shares the newest first, of the rest the largest first."""
    held, money = book.of(Talks), money or Money()
    cohort = Cohort(held, beginning(until, weeks), until)
    rows, values = _chosen(cohort, asked, money)
    first = zip(rows[:MOST].tolist(), values[:MOST], strict=True)
    shown = [_told(cohort, row, value, asked.metric, read, money) for row, value in first]
    return ToldTalks(len(rows), tuple(one for one in shown if one is not None))


def _chosen(cohort: Cohort, asked: AskedTalks, money: Money) -> tuple[Numbers, list[float]]:
    layer, metric = t.LAYERS.index(asked.layer), asked.metric
    if asked.disposition is not None:
        named = cohort.leg("disposition") == cohort.held.dispositions.find(asked.disposition)
        of = (cohort.leg("layer") == layer) & (cohort.how == t.CLOSED)
        rows = np.flatnonzero(of & (named != asked.others))
        values = np.ones(len(rows), dtype=np.float64)
        share = True
    elif metric.kind is MetricKind.COUNT or metric in FROM_REVIEW:
        rows = np.unique(cohort.drafts(layer, approved=metric is Metric.DRAFTS_APPROVED))
        values, share = np.ones(len(rows), dtype=np.float64), True
    else:
        cases = cohort.cases(layer, metric, money)
        share = metric.kind is MetricKind.SHARE
        rows, values = cases.rows, cases.values
        if share:
            rows, values = rows[cases.hits != asked.others], values[cases.hits != asked.others]
    if asked.week is not None:
        place = (asked.week - cohort.since.date()).days // 7
        inside = cohort.week[rows] == place
        rows, values = rows[inside], values[inside]
    ways = -values if metric is not Metric.CSAT else values  # the slowest and dearest, and who is least satisfied
    key = -cohort.ended[rows] if share else -ways if asked.others else ways
    order = np.lexsort((-cohort.ended[rows], key))
    rows, values = rows[order], values[order]
    _, firsts = np.unique(rows, return_index=True)  # a conversation with many answers stands once
    firsts.sort()
    return rows[firsts], [float(value) for value in values[firsts]]


def _told(cohort: Cohort, row: int, value: float, metric: Metric, read: Read, money: Money) -> ToldTalk | None:
    held, leg = cohort.held, int(cohort.rows[row])
    legs, talk = held.legs, held.legs.get(leg, "talk")
    conversation, first = held.talks.text[talk], legs.get(leg, "first")
    if first == NONE or legs.get(leg, "entered") != t.BY_REOPENING:
        first = held.talks.get(talk, "first")
    event = read(first, conversation) if first > 0 else None
    if first > 0 and event is None:
        return None  # erased meanwhile
    said = event.data.text if event is not None and isinstance(event.data, e.MessageAdded) else ""
    number = legs.get(leg, "message")
    return ToldTalk(
        conversation,
        f"m{number}" if number > 0 else "",
        t.LAYERS[legs.get(leg, "layer")],
        moment(int(cohort.ended[row])),
        held.intents[legs.get(leg, "intent")] if legs.get(leg, "intent") != NONE else "",
        _outcome(cohort, row),
        _value(metric, value, money),
        tuple(_facts(cohort, row)),
        shorten(said, SAID),
        held.talks.get(talk, "generated") == 1,
    )


def _outcome(cohort: Cohort, row: int) -> str:
    how = int(cohort.how[row])
    if how != t.CLOSED:
        when = cohort.held.talks.get(int(cohort.leg("talk")[row]), "trigger")
        why = f": {t.TRIGGERS[when].value.replace('-', ' ')}" if how == t.HANDED and when != NONE else ""
        return _HOW[how] + why
    disposition = int(cohort.leg("disposition")[row])
    name = cohort.held.dispositions[disposition] if disposition != NONE else ""
    return ", ".join(
        part for part in (name, "resolved" if cohort.leg("resolved")[row] == 1 else "not resolved") if part
    )


def _value(metric: Metric, value: float, money: Money) -> str:
    match metric.kind:
        case MetricKind.TIME:
            return duration(value)
        case MetricKind.SCORE:
            return f"{value:.0f} of 5"
        case MetricKind.MONEY:
            return f"{value:.2f} {money.currency}".rstrip()
        case _:
            return ""


def _facts(cohort: Cohort, row: int) -> list[str]:
    """Return what is known of a conversation beside its figure."""
    held, talk = cohort.held, int(cohort.leg("talk")[row])
    many = {name: held.talks.get(talk, f"{name}_messages") for name in ("customer", "bot", "agent")}
    facts = [", ".join(f"{number} by the {name}" for name, number in many.items() if number) or "no messages"]
    if took := int(cohort.leg("reply_took")[row]) + 1:
        facts.append(f"first answer after {duration((took - 1) / 1_000_000)}")
    if (handling := int(cohort.leg("handling")[row])) > 0:
        facts.append(f"handled for {duration(handling / 1_000_000)}")
    if (score := int(cohort.leg("csat")[row])) != NONE:
        facts.append(f"CSAT {score} of 5")
    if int(cohort.leg("reopened")[row]) != NONE:
        facts.append("reopened by the customer")
    if (agents := held.talks.get(talk, "agents")) > 1:
        facts.append(f"{agents} agents")
    if cohort.leg("broken")[row] == 1:
        facts.append("the clock was set back: how long it took is not known")
    return facts
