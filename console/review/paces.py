"""How often something happens before and after a moment."""

from datetime import datetime, timedelta
from math import ceil
from typing import Final

from console.conversation.change_effects import FEWEST_TOLD, Pace
from console.conversation.reviews import FEWEST, FEWEST_CONVERSATIONS
from console.review.intervals import NORMAL, times_as_often

SHORTEST: Final = timedelta(days=1)
"""How long either side is at least where it is said what moved."""

SPAN: Final = timedelta(weeks=4)
"""How long before and after a change is compared, at most."""


def pace_of(
    name: str, before: int, after: int, ends: tuple[datetime, datetime, datetime], critical: float = NORMAL
) -> Pace:
    """Return how often something came before and after the middle one of three moments."""
    week = timedelta(weeks=1)
    weeks = (ends[1] - ends[0]) / week, (ends[2] - ends[1]) / week
    if before + after < FEWEST_TOLD or min(weeks) < SHORTEST / week:
        return Pace(name, before, after, *weeks)
    return Pace(name, before, after, *weeks, *times_as_often(after, weeks[1], before, weeks[0], critical))


def weeks_more(cases: int, conversations: int, since: datetime, until: datetime) -> int:
    """Return in how many weeks there is enough for a share, at the pace since a change.

    0 where there is enough already, where that cannot be told, and where not enough come in all that is compared.
    """
    so_far = until - since
    if so_far < SHORTEST or not cases:
        return 0
    needed = so_far * max(FEWEST / cases, FEWEST_CONVERSATIONS / conversations)
    return ceil((needed - so_far) / timedelta(weeks=1)) if so_far < needed <= SPAN else 0
