"""A session's points as they hold: the engine's, but where a trainer scored one otherwise. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from console.conversation.events import Event
from console.conversation.practice_events import PointOverruled, ScoredPoint
from console.practice.scoring import total_of, won_by

_FULL: Final = 0.995


def level_of(value: float) -> int:
    """Return which of three levels a value is: 0 for not at all, 1 for partly, 2 for all of it."""
    if value >= _FULL:
        return 2
    return 1 if value > 0 else 0


def overrulings(history: Iterable[Event]) -> dict[str, PointOverruled]:
    """Return the trainer's newest value of each point that has one; those taken back are left out."""
    found: dict[str, PointOverruled] = {}
    for event in history:
        if isinstance(event.data, PointOverruled):
            _put(found, event.data)
    return found


def _put(found: dict[str, PointOverruled], one: PointOverruled) -> None:
    found.pop(one.point, None)
    if one.value is not None:
        found[one.point] = one


def overruled(found: Mapping[str, PointOverruled], one: PointOverruled) -> dict[str, PointOverruled]:
    """Return the values that hold after one more."""
    after = dict(found)
    _put(after, one)
    return after


def held(points: Sequence[ScoredPoint], found: Mapping[str, PointOverruled]) -> tuple[ScoredPoint, ...]:
    """Return the points with the trainer's values where there are some."""
    return tuple(replace(p, value=found[p.id].value) if p.id in found else p for p in points)


def outcome(points: Sequence[ScoredPoint], found: Mapping[str, PointOverruled]) -> tuple[float, bool]:
    """Return the total, 0 to 100, and whether it was won, by the values that hold."""
    holding = held(points, found)
    return total_of(holding), won_by(holding)
