"""Escalations in the report: in lines for a terminal, as a part of its page, and as rows of a table."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape
from textwrap import wrap
from typing import Any, Final

from console.conversation import events as e
from console.conversation.escalations import Agreement, Escalations, Part, Pattern, Timing
from console.conversation.handed_counts import OF_ESCALATIONS
from console.conversation.shares import Proportion
from console.review.book import Book
from console.review.escalating.patterns import escalations_of
from console.review.periods import weeks_of
from console.review.reviewing.window import LEAD_IN, beginning
from console.review.sections import Section, heads, table
from console.text import counted

SHOWN: Final = 8
"""Patterns of each kind that lines name; files and the screen have all."""

ENDED: Final = "ended at the bot"
_TITLES: Final = {Part.BEHAVIOUR: "By behaviour", Part.TRIGGER: "By trigger"}
_MEASURES: Final = ("too late", "too early", "opened again")


def escalated(history: Iterable[e.Event], until: datetime, weeks: int) -> Escalations:
    """Return the escalations of a log, given its events in order."""
    book = Book(beginning(until, weeks) - LEAD_IN)
    for event in history:
        if event.at >= book.since:
            book.take(event)
    return escalations_of(book, until, weeks)


def lines_of(found: Escalations, width: int) -> Iterator[str]:
    """Yield them, no line longer than ``width``; nothing where there were none."""
    every = found.of(Part.ALL)
    if every is None or not every.of or found.since is None:
        return
    yield ""
    said = f"From the bot to people, {weeks_of(found.weeks, found.since, found.until)} (by rule, or by a lead)"
    yield from wrap(said, width, subsequent_indent="  ")
    yield from _said(every, width)
    yield from wrap(OF_ESCALATIONS, width, initial_indent="  ", subsequent_indent="    ")
    for part, title in _TITLES.items():
        patterns = [one for one in found.patterns if one.part is part and one.late.rate is not None]
        if patterns:
            yield f"{title}, the worst first"
        for pattern in patterns[:SHOWN]:
            yield from _said(pattern, width)
    for moved in found.moved:
        said = f"{moved.on.date()} {moved.words}: too late {moved.before.words} → {moved.after.words}, {moved.verdict}"
        yield from wrap(said, width, subsequent_indent="  ")
    if found.agreement.judged:
        yield from wrap(agreement_said(found.agreement), width, subsequent_indent="  ")


def agreement_said(agreement: Agreement) -> str:
    """Return how far leads judged as the rule did."""
    kappa = "" if agreement.kappa is None else f", Cohen's kappa {agreement.kappa:.2f}"
    return f"Leads judged {agreement.judged}; the rule said the same of {agreement.same.words}{kappa}."


def section_of(found: Escalations) -> Section | None:
    """Return them as a part of the report's page; nothing where there were none. Every text in it is escaped."""
    every = found.of(Part.ALL)
    if every is None or not every.of:
        return None
    head = heads("", "of", *_MEASURES[:2], "turns late", "seconds late")
    tables = ""
    for part, title in _TITLES.items():
        rows = "".join(_row(one) for one in found.patterns if one.part is part)
        tables += table(f"{title}, the worst first", head, rows)
    moved = "".join(
        f"<li>{one.on.date()} {escape(one.words)}: too late {escape(one.before.words)} → {escape(one.after.words)}, "
        f"{escape(one.verdict)}</li>"
        for one in found.moved
    )
    late = f"{counted(every.of, 'escalation')}: too late or not at all {every.late.words}"
    said = f"{late}, too early {every.early.words}. "
    judged = agreement_said(found.agreement) if found.agreement.judged else ""
    period = weeks_of(found.weeks, found.since, found.until)
    body = f"<p>{escape(said + judged)}</p><p>{escape(OF_ESCALATIONS)}</p>{tables}"
    body += f"<ul>{moved}</ul>" if moved else ""
    return Section("escalations", "From the bot to people", period, body, late)


def rows_of(found: Escalations) -> Iterator[dict[str, Any]]:
    """Yield them as rows of the review's table (see :mod:`console.review.reviewing.rows`)."""
    for pattern in found.patterns:
        shares = (pattern.late, pattern.early, pattern.cost.reopened)
        for measure, share in zip(_MEASURES, shares, strict=True):
            yield _cells("escalations", pattern.part.value, title_of(pattern), "", measure, share)
    for one in found.moved:
        day = one.on.date().isoformat()
        for side, share in (("before", one.before), ("after", one.after)):
            yield _cells(side, Part.BEHAVIOUR.value, f"{one.words} · {one.behaviour}", day, "too late", share)
    yield _cells("escalations", "leads", "agree with the rule", "", "agreement", found.agreement.same)


def title_of(pattern: Pattern) -> str:
    """Return a pattern's name as it is shown."""
    return pattern.name or (ENDED if pattern.part is Part.TRIGGER else pattern.title)


def _cells(table: str, by: str, name: str, week: str, measure: str, share: Proportion) -> dict[str, Any]:
    rate = None if share.rate is None else round(share.rate, 4)
    figures = {"part": share.part, "of": share.of, "conversations": share.of, "rate": rate, "low": share.low}
    said = {"table": table, "by": by, "name": name, "week": week, "measure": measure}
    return said | figures | {"high": share.high, "shown": share.words}


def _said(pattern: Pattern, width: int) -> Iterator[str]:
    counts = ", ".join(
        f"{count:,} {timing.said}" for timing, count in pattern.counts if count and timing != Timing.RIGHT
    )
    cost = pattern.cost
    late = f", late by {cost.turns:g} turns" if cost.turns is not None else ""
    seconds = f" and {cost.seconds:g} s (medians)" if cost.seconds is not None else ""
    shares = f"too late or not at all {pattern.late.words}, too early {pattern.early.words}"
    said = f"{title_of(pattern)} {pattern.of:,}: {shares}{f' ({counts})' if counts else ''}{late}{seconds}"
    yield from wrap(said, width, initial_indent="  ", subsequent_indent="    ")


def _row(pattern: Pattern) -> str:
    cost = pattern.cost
    turns = "–" if cost.turns is None else f"{cost.turns:g}"
    seconds = "–" if cost.seconds is None else f"{cost.seconds:g}"
    cells = (f"{pattern.of:,}", pattern.late.words, pattern.early.words, turns, seconds)
    return f'<tr><th scope="row">{escape(title_of(pattern))}</th>{"".join(f"<td>{escape(c)}</td>" for c in cells)}</tr>'
