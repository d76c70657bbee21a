"""What folds hold, as arrays and JSON, and back again: for a file that no code is run from.

Known are :class:`Columns`, :class:`Names`, numbers, strings, ``None``, moments, dataclasses that are said to be
:func:`record`, and lists, tuples,
sets, dicts and counters of them, however deep. Long rows of numbers or words are written as one array, and put back in
pieces, so that nobody waits long for a thread that restores them.
"""

import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any, Final, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from console.conversation.codec import decode, encode
from console.conversation.reviews import Change
from console.review.reviewing.columns import Columns, Names

PIECE: Final = 4_000
"""Words, or entries of a dict, that are put back at a time."""

SHORT: Final = 32
"""Values from which a row of them is an array of its own."""

Arrays = dict[str, NDArray[Any]]

_SCALARS: Final = (bool, int, float, str, type(None))
_ROWS: Final[Mapping[type, str]] = {list: "list", tuple: "tuple", set: "set", frozenset: "frozenset"}
_MAKE: Final[Mapping[str, type]] = {name: kind for kind, name in _ROWS.items()}
_SIZES: Final = (np.int8, np.int16, np.int32, np.int64)
_LEAST, _MOST = -(2**63), 2**63 - 1


_RECORDS: Final[dict[str, type]] = {"Change": Change}

K = TypeVar("K", bound=type)


def record(kind: K) -> K:
    """Let folds hold dataclasses of this class, which the codec can write and read; to be used as a decorator."""
    _RECORDS[kind.__name__] = kind
    return kind


class NotPlain(TypeError):
    """A fold holds something that cannot be written down."""


def told(thing: object, arrays: Arrays) -> dict[str, Any]:
    """Return all attributes of a fold as JSON types, adding arrays; raises :class:`NotPlain`."""
    return {name: _told(value, arrays) for name, value in vars(thing).items()}


def restore(thing: object, said: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
    """Give a newly made fold the attributes that :func:`told` wrote down.

    Raises ``KeyError``, ``ValueError`` or ``TypeError`` for what is none of it.
    """
    if said.keys() != vars(thing).keys():
        raise ValueError("these are not the attributes of this fold")
    for name, value in said.items():
        setattr(thing, name, _restored(value, arrays, getattr(thing, name)))


def _told(value: object, arrays: Arrays) -> Any:  # noqa: ANN401, PLR0911 - JSON; one line a type
    kind = type(value)
    if kind in _SCALARS:
        return value
    if kind in {set, frozenset}:
        return {"is": _ROWS[kind], "of": _row(sorted(cast("Iterable[Any]", value), key=repr), arrays)}
    if kind in _ROWS:
        return {"is": _ROWS[kind], "of": _row(cast("Iterable[Any]", value), arrays)}
    match value:
        case dict() if kind in {dict, Counter, defaultdict}:
            return {"is": "dict", "of": _row(value.keys(), arrays), "to": _row(value.values(), arrays)}
        case Columns():
            return {"is": "columns", **told(value, arrays)}
        case Names():
            return {"is": "names", "of": _row(list(value), arrays)}
        case array():
            return {"is": "array", "type": value.typecode, "of": _kept(np.array(value), arrays)}
        case datetime():
            return {"is": "datetime", "of": value.isoformat()}
        case date():
            return {"is": "date", "of": value.isoformat()}
        case _ if _RECORDS.get(kind.__name__) is kind:
            return {"is": "record", "name": kind.__name__, "of": encode(value)}
        case _:
            raise NotPlain(f"a {kind.__name__} is nothing that a fold may hold: numbers, words and rows of them are")


def _row(values: Iterable[Any], arrays: Arrays) -> Any:  # noqa: ANN401 - JSON
    """Return the values of a row, long ones of one type as an array."""
    listed = list(values)
    kinds = set(map(type, listed))
    if len(listed) < SHORT or len(kinds) > 1:
        return [_told(value, arrays) for value in listed]
    kind = kinds.pop()
    if kind is int and min(listed) >= _LEAST and max(listed) <= _MOST:
        return {"numbers": _kept(np.array(listed, dtype=np.int64), arrays)}
    if kind is float:
        return {"numbers": _kept(np.array(listed, dtype=np.float64), arrays)}
    if kind is str:
        pieces = (json.dumps(listed[at : at + PIECE]) for at in range(0, len(listed), PIECE))
        return {"words": _kept(np.frombuffer("\n".join(pieces).encode(), dtype=np.uint8), arrays)}
    if kind is tuple and len(lengths := set(map(len, listed))) == 1 and lengths != {0}:
        return {"columns": [_row(column, arrays) for column in zip(*listed, strict=True)]}
    return [_told(value, arrays) for value in listed]


def _kept(numbers: NDArray[Any], arrays: Arrays) -> str:
    """Add an array, whole numbers in as few bytes as they need, and return its name."""
    name = f"a{len(arrays)}"
    if numbers.dtype == np.int64 and numbers.size:
        least, most = int(numbers.min()), int(numbers.max())
        small = next(t for t in _SIZES if np.iinfo(t).min <= least and most <= np.iinfo(t).max)
        numbers = numbers.astype(small)
    arrays[name] = numbers
    return name


def _restored(said: Any, arrays: Mapping[str, NDArray[Any]], before: object = None) -> Any:  # noqa: ANN401, PLR0911
    """Return a value; ``before`` is what a new fold has in its place: a counter stays one."""
    if not isinstance(said, dict):
        return said
    match said["is"]:
        case "dict":
            return _dict(said, arrays, before)
        case "columns":
            restore(columns := Columns(()), {"_columns": said["_columns"], "text": said["text"]}, arrays)
            return columns
        case "names":
            return Names(*_values(said["of"], arrays))
        case "array":
            made = array(said["type"])
            made.frombytes(arrays[said["of"]].astype(made.typecode).tobytes())
            return made
        case "datetime":
            return datetime.fromisoformat(said["of"])
        case "date":
            return date.fromisoformat(said["of"])
        case "record":
            return decode(_RECORDS[said["name"]], said["of"])
        case kind:
            values = _values(said["of"], arrays)
            return values if kind == "list" else _MAKE[kind](values)


def _dict(said: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]], before: object) -> dict[Any, Any]:
    made: dict[Any, Any] = before if isinstance(before, dict) else {}
    made.clear()
    pairs = zip(_values(said["of"], arrays), _values(said["to"], arrays), strict=True)
    while piece := list(islice(pairs, PIECE)):
        dict.update(made, piece)  # a counter would add
    return made


def _values(said: Any, arrays: Mapping[str, NDArray[Any]]) -> list[Any]:  # noqa: ANN401 - JSON
    if isinstance(said, list):
        return [_restored(value, arrays) for value in said]
    if "numbers" in said:
        found: list[Any] = arrays[said["numbers"]].tolist()
        return found
    if "words" in said:
        lines = arrays[said["words"]].tobytes().decode().split("\n")
        return [word for line in lines for word in json.loads(line)]
    rows, whole = zip(*(_values(column, arrays) for column in said["columns"]), strict=True), list[Any]()
    while piece := list(islice(rows, PIECE)):
        whole += piece
    return whole
