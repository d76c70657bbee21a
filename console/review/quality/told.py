"""Quality in the report: lines for a terminal, a part of the page, rows of the table; as the lead's screen shows it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape
from textwrap import wrap
from typing import Any, Final

from console.conversation.events import Event
from console.conversation.quality import Mark
from console.conversation.quality_review import Agreement, CriterionFigures, Level, Quality
from console.conversation.reviews import By
from console.conversation.spread import between_agents
from console.review.periods import weeks_of
from console.review.quality.marks import QualityMarks
from console.review.quality.quality import Named, quality_of
from console.review.reviewing.rows import spread_row
from console.review.reviewing.window import LEAD_IN, beginning
from console.review.sections import Section, heads, table

_LEVEL: Final = 16
_OF: Final = 8
_NAMED: Final = 12
"""Groups that lines name; files and the screen have all."""


def quality_in(history: Iterable[Event], until: datetime, weeks: int) -> Quality:
    """Return the quality of a log, given its events in order; criteria go by their ids."""
    since = beginning(until, weeks) - LEAD_IN
    fold = QualityMarks(since)
    for event in history:
        if event.at >= since and event.kind in QualityMarks.KINDS:
            fold.take(event)
    return quality_of(fold, until, weeks, Named())


def lines_of(quality: Quality, width: int) -> Iterator[str]:
    """Yield the figures, none longer than ``width`` from 80 on; nothing where nothing was scored."""
    if not quality.scored:
        return
    yield ""
    said = f"Quality of {quality.scored:,} of {quality.closed:,} closed conversations, {_period(quality)}"
    said += " (95 % intervals in brackets)"
    said += "." if not quality.generated else f"; {quality.generated:,} generated."
    yield from wrap(said, width, subsequent_indent="  ")
    yield _line("overall", quality.overall, width)
    for one in quality.criteria:
        yield _line(f"  {one.title}", one.level, width)
        yield from wrap(_counts(one), width, initial_indent="    ", subsequent_indent="    ")
    yield from wrap(f"{between_agents([quality.spread])}.", width, subsequent_indent="  ")
    for by, title in ((By.INTENT, "By intent"), (By.TEAM, "By team")):
        groups = [group for group in quality.groups if group.by is by and group.overall is not None]
        if groups:
            yield title
        for group in groups[:_NAMED]:
            yield _line(f"  {group.title}", group.overall or Level(0), width)
    yield from wrap(f"People and engine, of all criteria: {quality.agreement.words}.", width, subsequent_indent="  ")
    if quality.opinions:
        yield from wrap(_second(quality), width, subsequent_indent="  ")


def section_of(quality: Quality) -> Section | None:
    """Return the part of the page; nothing where nothing was scored. Every text in it is escaped."""
    if not quality.scored:
        return None
    body = "".join(
        f'<tr><th scope="row">{escape(one.title)}</th><td>{one.level.words}</td>'
        + "".join(f"<td>{count:,}</td>" for count in one.counts)
        + f"<td>{one.people:,}</td><td>{escape(one.agreement.words)}</td>"
        + (f"<td>{escape(one.seconded.words or 'no marks')}</td></tr>" if quality.opinions else "</tr>")
        for one in quality.criteria
    )
    weeks = "".join(
        f'<tr><th scope="row"><time>{week.start}</time></th><td>{week.level.words}</td>'
        + "".join(f"<td>{one.weeks[place].level.words}</td>" for one in quality.criteria)
        + "</tr>"
        for place, week in enumerate(quality.overall_weeks)
    )
    groups = "".join(
        f'<tr><th scope="row">{escape(group.title)}</th><td>{group.by.value}</td>'
        f"<td>{group.overall.words if group.overall else 'withheld: too few agents'}</td></tr>"
        for group in quality.groups
    )
    second = ("second opinion",) if quality.opinions else ()
    marks = heads("", "level", *(mark.said for mark in Mark), "by people", "people and engine", *second)
    said = f"<p>{escape(_second(quality))}</p>" if quality.opinions else ""
    body = (
        f"<p>{quality.scored:,} of {quality.closed:,} closed conversations, {quality.generated:,} of them generated. "
        f"Overall {quality.overall.words}. {escape(between_agents([quality.spread]))}.</p>{said}"
        + table("By criterion", marks, body)
        + table("Week by week, from Monday", heads("", "overall", *(one.title for one in quality.criteria)), weeks)
        + table("By intent and team", heads("", "", "overall"), groups)
    )
    gist = f"overall {quality.overall.words}, of {quality.scored:,} conversations"
    return Section("quality", "Quality", _period(quality), body, gist)


def rows_of(quality: Quality) -> Iterator[dict[str, Any]]:
    """Yield the figures as rows like those of the review; ``rate`` is a mean from 0 to 1, or kappa."""
    if not quality.scored:
        return
    yield _row("all", "", "", "overall", quality.overall)
    for week in quality.overall_weeks:
        yield _row("all", "", week.start.isoformat(), "overall", week.level)
    for one in quality.criteria:
        yield _row("all", "", "", one.id, one.level)
        for week in one.weeks:
            yield _row("all", "", week.start.isoformat(), one.id, week.level)
        yield _agreed(one.title, "kappa", one.agreement)
        if one.seconded.marks:
            yield _agreed(one.title, "kappa of the language model", one.seconded.model)
            yield _agreed(one.title, "kappa of the engine on the same marks", one.seconded.engine)
    yield spread_row(quality.spread)
    for group in quality.groups:
        if group.overall is not None:
            yield _row(group.by.value, group.title, "", "overall", group.overall)
            for one, level in zip(quality.criteria, group.criteria, strict=False):
                yield _row(group.by.value, group.title, "", one.id, level)


def _period(quality: Quality) -> str:
    return weeks_of(quality.weeks, quality.since, quality.until)


def _counts(one: CriterionFigures) -> str:
    counts = ", ".join(f"{count:,} {mark.said}" for mark, count in zip(Mark, one.counts, strict=True) if count)
    left = "; left out of the overall figure" if one.left_out else ""
    return f"{counts or 'no marks'}; {one.people:,} by people; {one.agreement.words}{left}"


def _line(name: str, level: Level, width: int) -> str:
    room = max(8, width - _LEVEL - _OF - 1)
    return f"{name[:room]:<{room}}{level.of:>{_OF},} {level.words:>{_LEVEL}}"


def _row(by: str, name: str, week: str, measure: str, level: Level) -> dict[str, Any]:
    known = level.mean is not None
    limits = {"rate": round(level.mean, 4), "low": level.low, "high": level.high} if level.mean is not None else {}
    counts = {"part": None, "of": level.of, "conversations": level.of}
    empty = {} if known else {"rate": None, "low": None, "high": None}
    named = {"table": "quality", "by": by, "name": name, "week": week, "measure": measure}
    return named | counts | limits | empty | {"shown": level.words}


def _second(quality: Quality) -> str:
    return (
        f"A language model's second opinion on {quality.opinions:,} of them, which counts nowhere, of all criteria: "
        f"{quality.seconded.words or 'no marks that hold'}."
    )


def _agreed(name: str, measure: str, found: Agreement) -> dict[str, Any]:
    known = found.kappa is not None
    limits = {"rate": found.kappa, "low": found.low if known else None, "high": found.high if known else None}
    named = {"table": "agreement", "by": "criterion", "name": name, "week": "", "measure": measure}
    return (
        named | {"part": found.same, "of": found.pairs, "conversations": found.pairs} | limits | {"shown": found.words}
    )
