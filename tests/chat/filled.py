"""Event data of any kind in which every word is a marker that says where it came from."""

import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from hypothesis import strategies as st

Path = tuple[str, ...]
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - has a zone
WORDS = 3


class Markers:
    """Makes words that occur nowhere else, and remembers the field each one stands in."""

    def __init__(self) -> None:
        self.origin: dict[str, tuple[Path, int]] = {}
        """The field that a marker stands in, and its place among that field's words."""

    def text(self, path: Path) -> str:
        """Return a text of three markers for a field."""
        words = []
        for place in range(WORDS):
            word = f"Qx{len(self.origin):06d}Z"
            self.origin[word] = (path, place)
            words.append(word)
        return " ".join(words)


def filled(draw: st.DrawFn, kind: Any, markers: Markers, path: Path) -> Any:  # noqa: ANN401, PLR0911 - any type there is
    """Return a value of a type; tuples, enums, numbers and what may be ``None`` vary, every text is made of markers."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Literal:
        return draw(st.sampled_from(arguments))
    if origin in {typing.Union, types.UnionType}:
        return filled(draw, draw(st.sampled_from(arguments)), markers, path)
    if origin is tuple:
        size = draw(st.integers(0, 2))
        return tuple(filled(draw, arguments[0], markers, (*path, str(i))) for i in range(size))
    if origin is Mapping:
        return {markers.text((*path, "key")): markers.text((*path, "value"))}
    if kind is str:
        return markers.text(path)
    if kind is datetime:
        return draw(MOMENTS)
    if kind is type(None):
        return None
    if isinstance(kind, type) and issubclass(kind, Enum):
        return draw(st.sampled_from(list(kind)))
    if is_dataclass(kind) and isinstance(kind, type):
        hints = typing.get_type_hints(kind)
        values = {f.name: filled(draw, hints[f.name], markers, (*path, f.name)) for f in fields(kind)}
        return kind(**values)
    return draw({bool: st.booleans(), int: st.integers(-(10**6), 10**6), float: st.floats(-1, 1)}[kind])
