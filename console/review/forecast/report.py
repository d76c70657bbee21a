"""The forecast in the report: from a log's events, in lines for a terminal, on a page, and as rows of a table. Pure."""

from collections.abc import Iterator
from html import escape
from textwrap import wrap
from typing import Any, Final

from console.conversation.forecasts import Course, Flow, Forecast, Span, Worth
from console.conversation.handed_counts import OF_FORECAST
from console.review.sections import Section, heads, table

NAMES: Final = {Flow.ARRIVALS: "Conversations that begin", Flow.ESCALATIONS: "Hand-overs to people"}


def lines_of(forecast: Forecast, width: int) -> Iterator[str]:
    """Yield the forecast by day, none longer than ``width`` from 80 on."""
    yield ""
    yield f"The next seven days ({forecast.zone}; 80 % intervals in brackets)"
    for course in forecast.courses:
        if course.why:
            yield from wrap(f"{NAMES[course.flow]}: {course.why}", width, initial_indent="  ", subsequent_indent="    ")
            continue
        yield f"  {NAMES[course.flow]}"
        for day in course.days:
            yield f"    {f'{day.day:%a} {day.day}':<16}{day.span.words}"
        if course.week:
            yield f"    {'all seven':<16}{course.week.words}"
        for said in _judged(course):
            yield from wrap(said, width, initial_indent="    ", subsequent_indent="      ")
    if forecast.gaps:
        told = ", ".join(f"{first} to {last}" if first != last else str(first) for first, last in forecast.gaps)
        yield from wrap(f"Left out, because the desk wrote nothing: {told}.", width, initial_indent="  ")


def section_of(forecast: Forecast) -> Section:
    """Return the forecast's part of the report's page."""
    parts = []
    for course in forecast.courses:
        if course.why:
            parts.append(f"<p>{NAMES[course.flow]}: {escape(course.why)}</p>")
            continue
        rows = "".join(
            f'<tr><th scope="row"><time>{day.day:%a} {day.day}</time></th><td>{escape(day.span.words)}</td>'
            f"<td>{day.span.low95}–{day.span.high95}</td></tr>"
            for day in course.days
        )
        head = heads("", "expected (80 %)", "95 %")
        said = "".join(f"<li>{escape(line)}</li>" for line in _judged(course))
        parts.append(f"{table(NAMES[course.flow], head, rows)}<ul>{said}</ul>")
    weeks = (f"{NAMES[one.flow]}: {one.week.words if one.week else 'not enough data'}" for one in forecast.courses)
    gist = f"{'; '.join(weeks)} (80 %)"
    return Section("forecast", "The next seven days", f"by days of {forecast.zone}", "".join(parts), gist)


def rows_of(forecast: Forecast) -> Iterator[dict[str, Any]]:
    """Yield the forecast's hours and days as rows of the report's table; ``rate`` is the expected number."""
    for course in forecast.courses:
        for day in course.days:
            yield _row(course, "day", day.day.isoformat(), day.span)
            for hour in day.hours:
                yield _row(course, "hour", hour.at.isoformat(), hour.span)


def _row(course: Course, name: str, at: str, span: Span) -> dict[str, Any]:
    shown = f"{span.words}, 95 %: {span.low95}–{span.high95}"
    counts = {"part": None, "of": None, "conversations": None}
    limits = {"rate": span.expected, "low": span.low95, "high": span.high95, "shown": shown}
    measure = "as a week ago" if course.naive else "forecast"
    return (
        {"table": "forecast", "by": course.flow.value, "name": name, "week": at, "measure": measure} | counts | limits
    )


def _judged(course: Course) -> Iterator[str]:
    yield course.judged
    if course.flow is Flow.ESCALATIONS:
        yield OF_FORECAST
    yield from map(_worth, course.worth)


def _worth(worth: Worth) -> str:
    return (
        f"Past {worth.of}s ({worth.number:,}): errors {worth.wape:.0%} of what came, as a week ago "
        f"{worth.naive_wape:.0%} (MASE {worth.mase:.2f}); within the 80 % interval {worth.held80:.0%}, the 95 % one "
        f"{worth.held95:.0%}."
    )
