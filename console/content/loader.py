"""A workspace's ``content`` folder, read and checked as a whole, into a :class:`Library`."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from console.content import shapes
from console.content.behaviours import Behaviour
from console.content.errors import ContentError
from console.content.library import Library
from console.content.macros import KNOWN_SLOTS, SLOT, Macro
from console.content.policies import Policy
from console.toml import TomlError, locate, read_text, read_toml

T = TypeVar("T")


def load_library(content: Path) -> Library:
    """Return the policies, macros and behaviours under ``content``; folders that are not there count as empty.

    Raises :class:`ContentError` naming file and line for the first thing that does not fit.
    """
    policies = _each(content / "policies", lambda path: [_policy(path)])
    behaviours = _each(content / "behaviours", lambda path: [_behaviour(path)])
    macros = _each(content / "macros", _macros)
    _check_unique_macros(macros, content / "macros")
    _check_intents(macros, {b.intent for b in behaviours}, content / "macros")
    company = shapes.CompanyFile()
    if (content / "company.toml").exists():
        company = _read(content / "company.toml", shapes.CompanyFile)
    return Library(
        policies=tuple(policies),
        macros=tuple(macros),
        behaviours=tuple(sorted(behaviours, key=lambda b: (-b.priority, b.intent))),
        company=company.name,
        versions={part: digest_of(content / part) for part in ("policies", "macros", "behaviours")},
    )


def digest_of(folder: Path) -> str:
    """Return a short digest of the names and bytes of the TOML files below ``folder``."""
    digest = hashlib.sha256()
    for path in _files(folder):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.toml") if path.is_file()) if folder.is_dir() else []


def _each(folder: Path, read: Callable[[Path], list[T]]) -> list[T]:
    return [item for path in _files(folder) for item in read(path)]


S = TypeVar("S", bound=shapes.Strict)


def _read(path: Path, shape: type[S]) -> S:
    try:
        return read_toml(path, shape)
    except TomlError as error:
        raise ContentError.from_line(str(error)) from error


def _policy(path: Path) -> Policy:
    return _read(path, shapes.PolicyFile).build(path.stem)


def _behaviour(path: Path) -> Behaviour:
    behaviour = _read(path, shapes.BehaviourFile).build(path.stem)
    for place, step in enumerate(behaviour.steps):
        _check_slots(path, f"step '{step.title}'", step.say, ["step", place, "say"])
    return behaviour


def _macros(path: Path) -> list[Macro]:
    macros = [entry.build() for entry in _read(path, shapes.MacroFile).macro]
    for place, macro in enumerate(macros):
        _check_slots(path, f"macro '{macro.id}'", macro.text, ["macro", place, "text"])
    return macros


def _check_slots(path: Path, what: str, text: str, where: list[str | int]) -> None:
    for slot in SLOT.findall(text):
        if not KNOWN_SLOTS.fullmatch(slot):
            raise ContentError(path, f"{what} uses the unknown slot {{{slot}}}", locate(read_text(path), where))


def _check_unique_macros(macros: list[Macro], folder: Path) -> None:
    seen: set[str] = set()
    for macro in macros:
        if macro.id in seen:
            raise ContentError(folder, f"two macros have the id '{macro.id}'; rename one")
        seen.add(macro.id)


def _check_intents(macros: list[Macro], intents: set[str], folder: Path) -> None:
    for macro in macros:
        unknown = [intent for intent in macro.intents if intent not in intents]
        if intents and unknown:
            raise ContentError(folder, f"macro '{macro.id}' names the intent '{unknown[0]}', which no behaviour has")
