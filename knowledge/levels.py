"""When stored parts are merged: each update adds a small part, and small parts are merged into larger ones in time.

A log-structured merge: parts stand in the order in which they were written. Each is more than `GROWTH` times as large
as all that follow it, so there are never more than log3(n) of them, and something that is written once is written
again about that often over its life, however many updates there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

GROWTH = 2
LOOSE = 0.25
"""Share of removed entries above which a part is written anew."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a stored part holds."""

    live: int
    dead: int
    """Entries that were removed since it was written, but still lie in it."""


def first_to_merge(parts: Sequence[Part], fresh: int) -> int:
    """The index of the first part that is merged, with all after it and `fresh` new entries, into one.

    `len(parts)` where none is: then the new entries become a part of their own.
    """
    start, together = len(parts), fresh
    for at in reversed(range(len(parts))):
        part = parts[at]
        loose = part.dead > LOOSE * (part.live + part.dead)
        if loose or part.live <= GROWTH * together:
            start = at
            together = fresh + sum(later.live for later in parts[at:])
    return start
