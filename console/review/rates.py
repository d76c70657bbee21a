"""A share of what was counted, with the interval in which the true one lies."""

import math
from typing import Any, Final

Z: Final = 1.959964
"""The normal quantile of a 95 % interval."""


def wilson(part: int, whole: int) -> tuple[float, float] | None:
    """Return the 95 % interval of a share, 0 to 1 (Wilson 1927); ``None`` of nothing."""
    if not whole:
        return None
    share, square = part / whole, Z * Z / whole
    middle = (share + square / 2) / (1 + square)
    half = Z / (1 + square) * math.sqrt(share * (1 - share) / whole + square / (4 * whole))
    return max(0.0, middle - half), min(1.0, middle + half)


def rate(part: int, whole: int) -> dict[str, Any]:
    """Return a share with its interval, as JSON types: ``rate``, ``low``, ``high``; each ``None`` of nothing."""
    limits = wilson(part, whole)
    low, high = (round(limit, 4) for limit in limits) if limits else (None, None)
    return {"rate": round(part / whole, 4) if whole else None, "low": low, "high": high}
