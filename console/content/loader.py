"""A workspace's ``content`` folder, read and checked as a whole, into a :class:`Library`.

The policies that come with the product (:data:`BUILT_IN`) are part of it, but for those that the company replaces.
"""

import hashlib
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from console.content import shapes
from console.content.behaviours import Behaviour
from console.content.errors import ContentError
from console.content.library import Library
from console.content.macros import KNOWN_SLOTS, SLOT, Macro
from console.content.policies import Policy
from console.content.tool_checks import tool_faults
from console.toml import TomlError, locate, read_text, read_toml

BUILT_IN: Final = Path(__file__).parent / "builtin"
"""The policies that come with the product, in the same form as a company's own."""

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
    _check_tools(content / "behaviours", behaviours, company)
    return Library(
        policies=_with_built_in(policies, company.without, content / "company.toml"),
        macros=tuple(macros),
        behaviours=tuple(sorted(behaviours, key=lambda b: (-b.priority, b.intent))),
        company=company.name,
        identify=tuple(fact.build() for fact in company.identify),
        versions={
            "policies": digest_of(BUILT_IN, content / "policies", content / "company.toml"),
            "macros": digest_of(content / "macros"),
            "behaviours": digest_of(content / "behaviours"),
        },
    )


@cache
def built_in_policies() -> tuple[Policy, ...]:
    """Return the policies that come with the product."""
    return tuple(_read(path, shapes.PolicyFile).build(path.stem, built_in=True) for path in _files(BUILT_IN))


def digest_of(*places: Path) -> str:
    """Return a short digest of the names and bytes of TOML files: these, and those below these folders."""
    digest = hashlib.sha256()
    for place in places:
        for path in [place] if place.is_file() else _files(place):
            name = path.relative_to(place).as_posix() if path != place else path.name
            digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _with_built_in(own: Sequence[Policy], without: Sequence[str], company: Path) -> tuple[Policy, ...]:
    """Return a company's policies, and those of the product that it has neither replaced nor left out."""
    known = [policy.id for policy in built_in_policies()]
    for name in without:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else f"; there are: {', '.join(known)}"
            line = locate(read_text(company), ["without"])
            raise ContentError(company, f"'without' names '{name}', which is no built-in policy{hint}", line)
    left_out = {*without, *(policy.id for policy in own)}
    return (*own, *(policy for policy in built_in_policies() if policy.id not in left_out))


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


def _check_tools(folder: Path, behaviours: Sequence[Behaviour], company: shapes.CompanyFile) -> None:
    identify = [fact.build() for fact in company.identify]
    for behaviour in behaviours:
        for problem, where in tool_faults(behaviour, identify):
            path = next(file for file in _files(folder) if file.stem == behaviour.intent)
            raise ContentError(path, problem, locate(read_text(path), where))


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
