"""The fields of a look-up result, whether it came as JSON or as ``key: value`` lines."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

LONGEST_VALUE: Final = 80
"""Characters of a field that may stand in a sentence; longer ones are texts, not values."""

LONGEST_SAID: Final = 300
"""Characters of a field that agents pass on as it stands: a step of directions, a notice."""

_LINE: Final = re.compile(r"(?:^|[\n;,|·])[^\S\n]*+([A-Za-z][\w ]{1,30}?)\s*[:=]\s*([^\n;|·,]{1,80})")
_STATE: Final = re.compile(r"status|state|result|outcome|message|error|type|api|success|reason")
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
"""Where a word begins in a name such as ``LicensePlate``."""
_NOTHING: Final = frozenset({"", "null", "none", "true", "false", "yes", "no", "n/a", "-"})


@lru_cache(maxsize=4096)
def series(text: str, longest: int = LONGEST_VALUE) -> Mapping[str, tuple[str, ...]]:
    """Return the values of a look-up result by key, in order: one, or several where a field is a list.

    Empty when it has none. Keys are letters, digits and ``_``; values longer than ``longest`` are left out.
    """
    found: dict[str, list[str]] = {}
    if text.lstrip().startswith(("{", "[")):
        try:
            for key, value in _walk(json.loads(text), longest):
                found.setdefault(_key(key), []).append(value)
        except (ValueError, RecursionError):
            return {}
    else:
        for match in _LINE.finditer(text):
            found.setdefault(_key(match.group(1)), [match.group(2).strip()])
    return {key: tuple(values) for key, values in found.items() if key and values[0].lower() not in _NOTHING}


def fields(text: str) -> Mapping[str, str]:
    """Return the fields of a look-up result by key, of a list its first value; empty when it has none."""
    return {key: values[0] for key, values in series(text).items()}


@lru_cache(maxsize=1024)
def labelled(text: str) -> Mapping[str, str]:
    """Return the first values of JSON by the names of their fields as words: ``LicensePlate`` is “license plate”.

    Values longer than :data:`LONGEST_SAID` are left out; empty for anything else.
    """
    found: dict[str, str] = {}
    try:
        for name, value in _walk(json.loads(text), LONGEST_SAID):
            words = " ".join(_HUMP.sub(" ", name).replace("_", " ").lower().split())
            if words and value.lower() not in _NOTHING:
                found.setdefault(words, value)
    except (ValueError, RecursionError):
        return {}
    return found


def gist(text: str) -> str:
    """Return what a look-up says of the state of things: its fields, with the values that are words and not data."""
    found = fields(text)
    if not found:
        return text
    return ". ".join(
        f"{key.replace('_', ' ')} {value.replace('_', ' ')}" if _is_state(key, value) else key.replace("_", " ")
        for key, value in found.items()
    )


def is_state_word(key: str, value: str) -> bool:
    """Return whether a field says in one plain word how things are: “available”, “failed”."""
    return value.isalpha() and value[1:].islower() and _STATE.search(key) is not None


def _is_state(key: str, value: str) -> bool:
    if any(c.isdigit() for c in value):
        return False
    return len(value.split()) > 2 or bool(_STATE.search(key))  # noqa: PLR2004 - three words and more are a sentence


def _walk(data: object, longest: int, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _walk(value, longest, str(name))
    elif isinstance(data, list):
        for value in data:
            yield from _walk(value, longest, key)
    elif isinstance(data, str | int | float) and not isinstance(data, bool) and len(str(data)) <= longest:
        yield key, str(data).strip()


def _key(name: str) -> str:
    return re.sub(r"\W+", "_", name.strip()).strip("_").lower()
