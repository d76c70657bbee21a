"""TOML files read strictly: what does not fit is named with file, line and the nearest key that does."""

import difflib
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from console.toml_words import in_words, syntax_in_words

LONGEST_FILE: Final = 2_000_000
"""Characters of a file; some hundred times the longest that people write."""

LONGEST_KEY: Final = 400
"""Characters of a table's or key's name; the time to read a name grows with the square of its parts."""

MOST_PROBLEMS: Final = 20
"""Problems of one file that are told; whoever has more of them begins with these."""

_LONG_KEY: Final = re.compile(rf"^[ \t]*(?:\[[^\]\n]{{{LONGEST_KEY}}}|[\w.-]{{{LONGEST_KEY}}})", re.MULTILINE)

_NAME_OF_A_KEY: Final = "[key]"
"""What stands at the end of a place where the name of a key is wrong, and not its value."""

M = TypeVar("M", bound=BaseModel)


class TomlError(Exception):
    """A TOML file that cannot be used; each line of the message names a problem, the file and, if known, its line."""


class Strict(BaseModel):
    """A table whose keys are all known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def read_toml(path: Path, shape: type[M]) -> M:
    """Return the file as ``shape``; raises :class:`TomlError` with file, line and nearest key."""
    text = read_text(path)
    return parse_toml(text, shape, str(path))


def parse_toml(text: str, shape: type[M], name: str) -> M:
    """Return TOML ``text`` as ``shape``; ``name`` stands for the file in errors."""
    _require_plain(text, name)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TomlError(_unreadable(str(error), text, name)) from error
    except (ValueError, RecursionError) as error:
        raise TomlError(f"{name}: not usable TOML: a number is too long, or values are nested too deeply") from error
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        raise TomlError(explain(error, text, shape, name)) from error
    except (OverflowError, RecursionError) as error:
        raise TomlError(f"{name}: a value is too large or nested too deeply") from error


def _unreadable(said: str, text: str, name: str) -> str:
    """Return the line that says where a text is no TOML, and why; ``said`` is what the parser says."""
    found = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", said)
    lines = text.splitlines()
    number = int(found[1]) if found and found[1] else len(lines)
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    why = syntax_in_words(said[: found.start()] if found else said, line)
    return f"{name}:{number}: cannot be read here: {why}" if number else f"{name}: cannot be read: {why}"


def _require_plain(text: str, name: str) -> None:
    """Raise :class:`TomlError` at a file or a key so long that reading it would take for ever."""
    if len(text) > LONGEST_FILE:
        raise TomlError(f"{name}: too long; a file may have {LONGEST_FILE:,} characters")
    long = _LONG_KEY.search(text)
    if long:
        line = text.count("\n", 0, long.start()) + 1
        raise TomlError(f"{name}:{line}: the name of a table or key is longer than {LONGEST_KEY} characters")


def read_text(path: Path) -> str:
    """Return a text file; raises :class:`TomlError` when it is not there, not readable or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise TomlError(f"{path}: not UTF-8 text; save it as UTF-8") from error
    except OSError as error:
        raise TomlError(f"{path}: cannot be read ({error.strerror})") from error


def explain(error: ValidationError, text: str, shape: type[BaseModel], name: str) -> str:
    """Return the problems of ``error``, one line each in the order of the file.

    A key that is missing is not named where a misspelt one stands in its place.
    """
    problems = error.errors(include_url=False)
    misspelt = [problem["loc"] for problem in problems if problem["type"] == "extra_forbidden"]
    told = [p for p in problems if p["type"] != "missing" or not any(_stands_for(m, p["loc"]) for m in misspelt)]
    told = [p for p in told if not any(_within(other["loc"], p["loc"]) for other in problems)]
    lines = sorted(((locate(text, problem["loc"]), problem) for problem in told), key=lambda line: line[0] or 0)
    found: dict[object, str] = {}
    for line, problem in lines:
        # a value that may be of several kinds and is of none has a problem for each kind
        key = line if line and problem["type"] not in {"missing", "extra_forbidden"} else problem["loc"]
        found.setdefault(key, f"{name}:{line}: {_said(problem, shape)}" if line else f"{name}: {_said(problem, shape)}")
    return "\n".join(list(found.values())[:MOST_PROBLEMS])


def _within(inner: Sequence[str | int], outer: Sequence[str | int]) -> bool:
    """Return whether a place lies within another one, which then has a problem because of it."""
    return len(inner) > len(outer) and list(inner[: len(outer)]) == list(outer)


def _stands_for(misspelt: Sequence[str | int], missing: Sequence[str | int]) -> bool:
    """Return whether a key of the same table is near one that is missing."""
    same = list(misspelt[:-1]) == list(missing[:-1])
    return same and bool(difflib.get_close_matches(str(misspelt[-1]), [str(missing[-1])], cutoff=0.5))


def _said(problem: ErrorDetails, shape: type[BaseModel]) -> str:
    place = problem["loc"]
    key = ".".join(str(part) for part in place if isinstance(part, str) and part != _NAME_OF_A_KEY)
    if place[-1] == _NAME_OF_A_KEY:
        return f"the key '{key}' {in_words(problem)}"
    match problem["type"]:
        case "extra_forbidden":
            keys = _keys_at(shape, place[:-1])
            near = difflib.get_close_matches(str(place[-1]), keys, n=1, cutoff=0.5)
            return f"unknown key '{key}'" + (
                f"; did you mean '{near[0]}'?" if near else f"; known keys: {', '.join(keys)}"
            )
        case "missing":
            about = _about(shape, place)
            return f"the key '{key}' is missing" + (f": {about}" if about else "")
        case _:
            words = in_words(problem)
            return f"'{key}' {words}" if words else f"'{key}': {problem['msg'].removeprefix('Value error, ')}"


def locate(text: str, place: Sequence[str | int]) -> int | None:
    """Return the line (from 1) of the key at ``place``, or of the table it belongs in; ``None`` when not found."""
    table: list[str | int] = []
    counts: dict[str, int] = {}
    best: int | None = None
    best_depth = 0
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*(\[\[?)\s*([^\]]+?)\s*\]", line)
        here: list[str | int]
        if header:
            table = _table_path(header[2], header[1] == "[[", counts)
            here = table
        else:
            key = re.match(r"\s*([\w.\-\"']+)\s*=", line)
            if not key:
                continue
            here = [*table, *(part.strip("\"' ") for part in key[1].split("."))]
        here = here[: len(place)]  # the first of several tables stands for all of them
        depth = len(here)
        if depth > best_depth and list(place[:depth]) == here:
            best, best_depth = number, depth
    return best


def _table_path(header: str, repeated: bool, counts: dict[str, int]) -> list[str | int]:
    path: list[str | int] = []
    parts = [part.strip("\"' ") for part in header.split(".")]
    for place, part in enumerate(parts):
        path.append(part)
        name = ".".join(map(str, path))
        if repeated and place == len(parts) - 1:
            counts[name] = counts.get(name, -1) + 1
        if name in counts:
            path.append(counts[name])
    return path


def _keys_at(shape: type[BaseModel], place: Sequence[str | int]) -> list[str]:
    """Return the keys that the table at ``place`` may have."""
    current: Any = shape
    for part in place:
        if isinstance(part, int):
            continue
        field = current.model_fields.get(part) or next(
            (f for f in current.model_fields.values() if f.alias == part), None
        )
        inner = _model_in(field.annotation) if field else None
        if inner is None:
            return []
        current = inner
    return [field.alias or name for name, field in current.model_fields.items()]


def _about(shape: type[BaseModel], place: Sequence[str | int]) -> str:
    """Return what the shape says of the key at ``place``; empty where it says nothing."""
    current: type[BaseModel] | None = shape
    names = [part for part in place if isinstance(part, str)]
    for part in names[:-1]:
        field = current.model_fields.get(part) if current else None
        current = _model_in(field.annotation) if field else None
    field = current.model_fields.get(names[-1]) if current and names else None
    return (field.description or "") if field else ""


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _model_in(argument)
        if found:
            return found
    return None
