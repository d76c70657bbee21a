"""Which time a part of the report is of, in words: days of UTC. Each of its tables says so."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any


def whole_of(report: Mapping[str, Any]) -> str:
    """Return the days that the whole log is of; that it is empty, where there is nothing in it."""
    if not report["from"]:
        return "an empty log"
    first, last = (datetime.fromisoformat(report[end]) for end in ("from", "to"))
    return f"the whole log, {between(first, last)}"


def weeks_of(weeks: int, since: datetime | None, until: datetime | None) -> str:
    """Return the weeks that a look is of, and the days that these are, where they are known."""
    named = f"the last {weeks} weeks"
    return f"{named}, {between(since, until)}" if since is not None and until is not None else named


def between(first: datetime, last: datetime) -> str:
    """Return two days."""
    return f"{first.date()} to {last.date()}"
