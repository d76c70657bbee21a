"""How long to wait before the next try to reach the desk."""

import random
from typing import Final

FIRST: Final = 0.5
"""Seconds before the second try; the first is made at once."""

LONGEST: Final = 15.0
"""Seconds between tries after many failures."""


def pause(failures: int, chance: float | None = None) -> float:
    """Return the seconds to wait after ``failures`` failures in a row: doubling, with jitter of up to a half.

    ``chance`` (0 to 1) replaces the random draw. The jitter keeps the consoles of a team from arriving together.
    """
    if failures <= 0:
        return 0.0
    whole = min(LONGEST, FIRST * 2.0 ** min(failures - 1, 10))
    draw = random.random() if chance is None else chance  # noqa: S311 - spreads load, guards nothing
    return whole * (0.5 + draw / 2)
