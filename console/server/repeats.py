"""Counts what is repeated, so that a flood leaves one line a minute and not thousands; pure."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

EVERY: Final = 60.0
"""Seconds between two reports of the same."""

MOST: Final = 30
"""Different things reported in a minute; what comes on top is put together."""

T = TypeVar("T", bound=Hashable)


@dataclass(slots=True)
class _Counted:
    until: float
    times: int = 0


class Repeats(Generic[T]):
    """The first time is reported at once, repeats together once its minute is over."""

    def __init__(self, rest: T) -> None:
        """``rest`` stands for everything beyond :data:`MOST`."""
        self._rest = rest
        self._counted: dict[T, _Counted] = {}

    def add(self, what: T, now: float) -> bool:
        """Count something; returns whether it is to be reported now, as having happened once."""
        known = self._counted.get(what)
        if known is not None:
            known.times += 1
            return False
        if len(self._counted) < MOST:
            self._counted[what] = _Counted(now + EVERY)
            return True
        self._counted.setdefault(self._rest, _Counted(now + EVERY)).times += 1
        return False

    def due(self, now: float, *, at_end: bool = False) -> list[tuple[T, int]]:
        """Return what is to be reported now and how often it happened; ``at_end``: all that is left."""
        over = [what for what, counted in self._counted.items() if at_end or now >= counted.until]
        reported = []
        for what in over:
            counted = self._counted.pop(what)
            if counted.times:
                reported.append((what, counted.times))
                if not at_end:
                    self._counted[what] = _Counted(now + EVERY)
        return reported
