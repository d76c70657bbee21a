"""Domain values to JSON and back, validated.

The domain is plain dataclasses; pydantic reads and checks them at the edges. It is imported on first use, so that a
console can paint before it pays for it.
"""

from typing import Any, TypeVar

T = TypeVar("T")


def encode(value: object) -> Any:  # noqa: ANN401 - JSON is any of its types
    """Return ``value`` (a dataclass, enum, datetime, or a container of them) as JSON types."""
    return _adapter(type(value)).dump_python(value, mode="json")


def encode_json(value: object) -> bytes:
    """Return ``value`` as UTF-8 JSON."""
    return bytes(_adapter(type(value)).dump_json(value))


def decode(kind: type[T], data: object) -> T:
    """Return ``data`` (JSON types) as ``kind``; raises ``ValueError`` that names the field when it does not fit."""
    result: T = _adapter(kind).validate_python(data)
    return result


def decode_json(kind: type[T], data: bytes | str) -> T:
    """Return JSON text as ``kind``; raises ``ValueError`` that names the field when it does not fit."""
    read = _readers.get(kind)
    if read is None:
        read = _readers[kind] = _adapter(kind).validator.validate_json
    result: T = read(data)
    return result


def _adapter(kind: Any) -> Any:  # noqa: ANN401 - pydantic's adapter is generic over every type
    if kind not in _adapters:
        from pydantic import TypeAdapter

        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


_adapters: dict[object, Any] = {}
_readers: dict[object, Any] = {}
"""What reads JSON text, without the adapter around it, which takes as long as the reading of a short event."""
