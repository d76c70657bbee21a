"""A review as a part of the report's page: tables and plots; every text in it is escaped, and nothing is asked for."""

from collections.abc import Iterable
from html import escape
from typing import Final

from console.conversation.reviews import QUEUES, By, Change, Figure, Group, Measure, Review
from console.conversation.spread import SPREAD_SAID, between_agents
from console.review.periods import weeks_of
from console.review.sections import Section, heads, table

STYLE: Final = """
table.review td,table.review time{white-space:nowrap}
svg.bar{display:block;width:100%;height:.5rem;margin-top:.2rem;background:#8c959f22}
svg.bar rect{fill:#8c959f}svg.bar rect.point{fill:#0969da}
"""

_GIST: Final = (Measure.ACCEPTED, Measure.EDITED, Measure.OVERRIDDEN)
_HEADS: Final = heads("", "decided", *(measure.said for measure in Measure))


def section_of(review: Review) -> Section | None:
    """Return the part; nothing where nothing was decided on."""
    every = next((group for group in review.groups if group.by is By.ALL), None)
    if every is None or not every.decided or review.since is None or review.until is None:
        return None
    invented = f" {review.generated:,} decisions are generated history and never happened." if review.generated else ""
    tables = (_table(by.heading, [group for group in review.groups if group.by is by]) for by in By)
    said = f"<p>In brackets the 95 % interval; where too little was seen no rate is given.{invented}</p>"
    return Section(
        "suggestions",
        "What became of the suggestions",
        weeks_of(review.weeks, review.since, review.until),
        f"{said}{''.join(tables)}{_between(review)}{_weeks(every)}{_changes(review)}{_queues(review)}",
        f"{every.decided:,} decided on: {', '.join(f'{one.said} {every.of(one).words}' for one in _GIST)}",
    )


def _between(review: Review) -> str:
    said = between_agents(review.spreads)
    return f"<p>{escape(said)}. {escape(SPREAD_SAID)}</p>" if said else ""


def _table(title: str, groups: Iterable[Group]) -> str:
    body = "".join(
        f'<tr><th scope="row">{escape(group.title)}</th><td>{group.decided:,}</td>'
        + (
            f'<td colspan="{len(Measure)}">withheld: too few agents</td>'
            if group.withheld
            else "".join(f"<td>{_cell(group.of(measure))}</td>" for measure in Measure)
        )
        + "</tr>"
        for group in groups
    )
    return table(title, _HEADS, body)


def _weeks(every: Group) -> str:
    body = "".join(
        f'<tr><th scope="row"><time>{week.start}</time></th><td>{week.decided:,}</td>'
        + "".join(f"<td>{_cell(week.of(measure))}{_bar(week.of(measure))}</td>" for measure in Measure)
        + "</tr>"
        for week in every.weeks
    )
    return table("Week by week, from Monday", _HEADS, body)


def _changes(review: Review) -> str:
    tables = "".join(_change(review, change) for change in review.changes)
    said = "<p>Before and after is no experiment: what else changed in these weeks counts too.</p>"
    return f"<h3>Marked changes</h3>{said}{tables}" if tables else ""


def _change(review: Review, change: Change) -> str:
    """Return what moved with a change, what it is about first; those both sides stand in the words of the first."""
    rows = "".join(
        f'<tr><th scope="row">{escape(about.of(measure))}</th><td>{measure.name}</td>'
        f'<td colspan="2">{escape(measure.sides)} ({escape(measure.counts)})</td><td>{escape(measure.words)}</td></tr>'
        for about in review.about
        if about.change == change.id
        for measure in about.measures
    )
    rows += "".join(
        f'<tr><th scope="row">{escape(one.name or "all suggestions")}</th><td>{effect.before.measure.said}</td>'
        f"<td>{_cell(effect.before)}</td><td>{_cell(effect.after)}</td><td>{escape(effect.words)}</td></tr>"
        for one in review.compared
        if one.change.id == change.id
        for effect in one.effects
    )
    head = heads("", "", "before", "after", "difference")
    return table(f"{change.on.date()}: {change.words}", head, rows) if rows else ""


def _queues(review: Review) -> str:
    rows = "".join(
        f"<li>{QUEUES[count.queue]}: {count.found:,} wait; {escape(count.verdicts)}</li>" for count in review.queues
    )
    return f"<h3>Judged by leads</h3><ul>{rows}</ul>"


def _cell(figure: Figure) -> str:
    return escape(figure.words)


def _bar(figure: Figure) -> str:
    if figure.rate is None or figure.low is None or figure.high is None:
        return ""
    low, high, rate = (round(value * 100, 1) for value in (figure.low, figure.high, figure.rate))
    return (
        f'<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect x="{low}" y="3" width="{max(0.5, round(high - low, 1))}" height="2"/>'
        f'<rect class="point" x="{max(0.0, rate - 1)}" y="0" width="2" height="8"/></svg>'
    )
