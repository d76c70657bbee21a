"""How much a file of content may hold: what is read is compared and embedded, so that it costs time at every start."""

from collections.abc import Iterator
from typing import Final

from pydantic import BaseModel

MOST_EXAMPLES: Final = 500
"""Examples of a file, those of all its tables together; a good one has five to forty."""

_LISTS: Final = frozenset({"examples", "situations"})
"""Keys that hold sentences to compare with."""

Place = tuple[str | int, ...]


def too_many_examples(file: BaseModel) -> tuple[int, Place] | None:
    """Return how many examples a file has and the key that goes past what it may have; ``None`` where none does."""
    total, past = 0, None
    for place, count in _examples(file, ()):
        total += count
        if past is None and total > MOST_EXAMPLES:
            past = place
    return (total, past) if past is not None else None


def _examples(table: BaseModel, at: Place) -> Iterator[tuple[Place, int]]:
    """Yield every list of examples: where it stands and how long it is."""
    for name, value in table:
        if name in _LISTS:
            yield (*at, name), len(value)
        elif isinstance(value, BaseModel):
            yield from _examples(value, (*at, name))
        elif isinstance(value, tuple):
            for place, item in enumerate(value):
                if isinstance(item, BaseModel):
                    yield from _examples(item, (*at, name, place))
