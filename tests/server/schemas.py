"""Checks a JSON value against an OpenAPI document's schema, as far as this interface's schemas go."""

from collections.abc import Iterator, Mapping
from typing import Any

_TYPES = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}


def faults(value: Any, schema: Mapping[str, Any], document: Mapping[str, Any], at: str = "$") -> Iterator[str]:  # noqa: ANN401
    """Yield where ``value`` is not what ``schema`` says; a key that the schema does not name is a fault too."""
    if "$ref" in schema:
        yield from faults(value, document["components"]["schemas"][schema["$ref"].rpartition("/")[2]], document, at)
        return
    if "anyOf" in schema:
        if not any(not list(faults(value, one, document, at)) for one in schema["anyOf"]):
            yield f"{at}: fits none of its shapes"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    kind = schema.get("type")
    if kind and (not isinstance(value, _TYPES[kind]) or (isinstance(value, bool) and kind != "boolean")):
        yield f"{at}: {value!r} is no {kind}"
        return
    if kind == "array":
        for place, item in enumerate(value):
            yield from faults(item, schema.get("items", {}), document, f"{at}[{place}]")
    if kind == "object":
        yield from _object(value, schema, document, at)


def _object(value: Any, schema: Mapping[str, Any], document: Mapping[str, Any], at: str) -> Iterator[str]:  # noqa: ANN401
    known, more = schema.get("properties", {}), schema.get("additionalProperties", not schema.get("properties"))
    yield from (f"{at}: '{key}' is missing" for key in schema.get("required", ()) if key not in value)
    for key, item in value.items():
        if key in known:
            yield from faults(item, known[key], document, f"{at}.{key}")
        elif isinstance(more, Mapping):
            yield from faults(item, more, document, f"{at}.{key}")
        elif not more:
            yield f"{at}: '{key}' is not in the schema"
