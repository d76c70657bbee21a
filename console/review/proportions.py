"""Shares of independent cases, with their intervals. Pure."""

from console.conversation.reviews import FEWEST
from console.conversation.shares import Proportion
from console.review.intervals import wilson


def proportion(part: int, of: int) -> Proportion:
    """Return a share of independent cases with Wilson's interval; the counts alone under :data:`FEWEST`."""
    if of < FEWEST:
        return Proportion(part, of)
    low, high = wilson(part / of, of)
    return Proportion(part, of, part / of, round(float(low), 4), round(float(high), 4))
