"""What each marked change is about, before and after, as rows of the report's tables. Pure."""

from collections.abc import Iterator
from typing import Any, Final

from console.conversation.change_effects import Pace, Portion
from console.conversation.reviews import Change, Review
from console.conversation.shares import Share

_DAY: Final = 1 / 7
"""Weeks from which on it is said how many came in one."""


def about_rows(review: Review) -> Iterator[dict[str, Any]]:
    """Yield three rows for each measure: before, after, and how it moved."""
    changes = {change.id: change for change in review.changes}
    for about in review.about:
        for measure in about.measures:
            yield from _measured(changes[about.change], about.subject, measure)


def _measured(change: Change, subject: str, one: Pace | Portion) -> Iterator[dict[str, Any]]:
    cells = {"by": "change", "name": f"{change.words} · {subject}", "week": change.on.date().isoformat()}
    cells["measure"] = one.name
    sides = _paces(one) if isinstance(one, Pace) else _portions(one)
    yield from (cells | side for side in sides)


def _paces(one: Pace) -> Iterator[dict[str, Any]]:
    rates = []
    for table, count, weeks in (("before", one.before, one.weeks_before), ("after", one.after, one.weeks_after)):
        rates.append(round(count / weeks, 4) if weeks >= _DAY else None)
        yield _cells(table, rates[-1], f"{count} in {weeks:.1f} weeks") | {"part": count}
    before, after = rates
    times = round(after / before, 4) if one.low is not None and before and after is not None else None
    yield _cells("times", times, one.words) | {"low": one.low, "high": one.high}


def _portions(one: Portion) -> Iterator[dict[str, Any]]:
    for table, share in (("before", one.before), ("after", one.after)):
        limits = {"low": share.low, "high": share.high}
        yield _cells(table, _rounded(share), share.words) | _counts(share) | limits
    before, after = one.before.rate, one.after.rate
    known = one.low is not None and before is not None and after is not None
    moved = round((after or 0.0) - (before or 0.0), 4) if known else None
    yield _cells("difference", moved, one.words) | _counts(one.after) | {"low": one.low, "high": one.high}


def _rounded(share: Share) -> float | None:
    return None if share.rate is None else round(share.rate, 4)


def _counts(share: Share) -> dict[str, int]:
    return {"part": share.part, "of": share.of, "conversations": share.conversations}


def _cells(table: str, rate: float | None, shown: str) -> dict[str, Any]:
    empty = dict.fromkeys(("part", "of", "conversations", "low", "high"))
    return {"table": table} | empty | {"rate": rate, "shown": shown}
