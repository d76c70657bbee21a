"""A row of the report's table that holds a count, a share or another number."""

from typing import Any


def row(table: str, by: str, name: str, measure: str, **cells: float | str | None) -> dict[str, Any]:
    """Return a row with the columns of :mod:`console.review.reviewing.rows`; ``cells`` are those that it fills.

    What is ``shown`` is, unless it says so itself, the share, or else the count.
    """
    told: dict[str, Any] = {"table": table, "by": by, "name": name, "week": "", "measure": measure}
    told |= dict.fromkeys(("part", "of", "conversations", "rate", "low", "high")) | cells
    if told["rate"] is not None:
        told["rate"] = round(told["rate"], 4)
    return {"shown": _shown(told["part"], told["rate"])} | told


def _shown(part: int | None, rate: float | None) -> str:
    if rate is not None:
        return f"{rate:g}" if part is None else f"{rate:.0%}"
    return "" if part is None else str(part)
