"""Bodies of requests, read as strictly as they were written: no "yes" for true, no half of a character."""

import json
from collections.abc import Callable, Iterator
from typing import Annotated, Any, TypeVar

from fastapi.exceptions import RequestValidationError
from pydantic import GetCoreSchemaHandler, TypeAdapter, ValidationError
from pydantic_core import CoreSchema, core_schema

T = TypeVar("T")


class _Strictly:
    """Has a body read by the strict rules for JSON, in which enumerations and lists are what they are in JSON."""

    def __get_pydantic_core_schema__(self, source: type[Any], handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_reading(source), handler(source))


Body = Annotated[T, _Strictly()]
"""``Body[SendMessage]`` is a :class:`SendMessage` that a route takes as its body."""


def _reading(kind: type[T]) -> Callable[[Any], T]:
    adapter = TypeAdapter(kind)

    def read(value: Any) -> T:  # noqa: ANN401 - JSON is any of its types
        try:
            for place in _broken(value, ()):
                raise _fault(("body", *place), "Input should be text, not half of a character")
            return adapter.validate_json(json.dumps(value), strict=True)
        except ValidationError as error:
            faults = error.errors(include_url=False)
            raise RequestValidationError([{**fault, "loc": ("body", *fault["loc"])} for fault in faults]) from error
        except RecursionError as error:
            raise _fault(("body",), "Input should not be nested so deep") from error

    return read


def _fault(place: tuple[str | int, ...], message: str) -> RequestValidationError:
    return RequestValidationError([{"loc": place, "msg": message, "type": "value_error"}])


def _broken(value: Any, place: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:  # noqa: ANN401
    """Yield where a text holds a lone surrogate: JSON can escape one, but it cannot be written as UTF-8."""
    match value:
        case str():
            if any("\ud800" <= character <= "\udfff" for character in value):
                yield place
        case dict():
            for key, item in value.items():
                yield from _broken(key, place)
                yield from _broken(item, (*place, key))
        case list():
            for number, item in enumerate(value):
                yield from _broken(item, (*place, number))
