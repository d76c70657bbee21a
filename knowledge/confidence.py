"""How likely a knowledge base holds the answer to what was asked."""

import math

_SLOPE, _OFFSET = 19.7, -9.7


def confidence(nearest: float | None, shared: float | None) -> float:
    """How likely the answer is there, 0 to 1."""
    return 1 / (1 + math.exp(-(_SLOPE * (nearest or 0.0) + _OFFSET)))
