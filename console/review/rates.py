"""A share of what was counted, with the interval in which the true one lies."""

from typing import Any

from console.review import intervals


def wilson(part: int, whole: int) -> tuple[float, float] | None:
    """Return the 95 % interval of a share, 0 to 1 (:func:`console.review.intervals.wilson`); ``None`` of nothing."""
    if not whole:
        return None
    low, high = intervals.wilson(part / whole, whole)
    return float(low), float(high)


def rate(part: int, whole: int) -> dict[str, Any]:
    """Return a share with its interval, as JSON types: ``rate``, ``low``, ``high``; each ``None`` of nothing."""
    limits = wilson(part, whole)
    low, high = (round(limit, 4) for limit in limits) if limits else (None, None)
    return {"rate": round(part / whole, 4) if whole else None, "low": low, "high": high}
