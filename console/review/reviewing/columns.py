"""Columns of numbers that grow, and names that stand for numbers in them: small enough for a year of decisions."""

import json
import math
from array import array
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

NONE: Final = -1
"""The number of what is not there."""

_MOST: Final = 2**63 - 1


class Names:
    """Names, each with the number that stands for it in a column; counted from 0 in the order in which they came."""

    def __init__(self, *first: str) -> None:
        self._numbers: dict[str, int] = {}
        self._names: list[str] = []
        for name in first:
            self.number(name)

    def number(self, name: str) -> int:
        """Return the number of a name; of a new one, the next."""
        found = self._numbers.get(name)
        if found is None:
            found = self._numbers[name] = len(self._names)
            self._names.append(name)
        return found

    def find(self, name: str) -> int:
        """Return the number of a name, :data:`NONE` of one that never came."""
        return self._numbers.get(name, NONE)

    def __getitem__(self, number: int) -> str:
        return self._names[number]

    def __len__(self) -> int:
        return len(self._names)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)


@lru_cache(maxsize=4096)
def together(names: frozenset[str]) -> str:
    """Return several names as one, as JSON: the same ones come again and again."""
    return json.dumps(sorted(names))


class Columns:
    """Rows of whole numbers by column; ``text`` is one column of words beside them."""

    def __init__(self, names: Sequence[str]) -> None:
        self._columns = {name: array("q") for name in names}
        self.text: list[str] = []

    def __len__(self) -> int:
        return len(self.text)

    def add(self, text: str, **values: int) -> int:
        """Add a row and return its place; what is not given is :data:`NONE`. What is out of 64 bits is cut to them."""
        try:
            for name, column in self._columns.items():
                column.append(values.get(name, NONE))
        except OverflowError:
            for column in self._columns.values():
                del column[len(self.text) :]
            return self.add(text, **_cut(values))
        self.text.append(text)
        return len(self.text) - 1

    def put(self, place: int, **values: int) -> None:
        """Change values of a row."""
        try:
            for name, value in values.items():
                self._columns[name][place] = value
        except OverflowError:
            self.put(place, **_cut(values))

    def get(self, place: int, name: str) -> int:
        """Return one value."""
        return self._columns[name][place]

    def of(self, name: str) -> Numbers:
        """Return a copy of a column."""
        return np.array(self._columns[name], dtype=np.int64)

    def where(self, rows: Any, name: str) -> Numbers:  # noqa: ANN401 - whatever numpy takes for rows
        """Return a column at some rows."""
        found: Numbers = self.of(name)[rows]
        return found


def thousandths(value: float) -> int:
    """Return a number as so many thousandths; what no column holds is cut to what it does."""
    if math.isnan(value):
        return NONE
    return round(max(-_MOST, min(_MOST, value * 1000)))


def _cut(values: Mapping[str, int]) -> dict[str, int]:
    return {name: max(-_MOST, min(_MOST, value)) for name, value in values.items()}
