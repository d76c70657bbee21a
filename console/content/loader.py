"""A workspace's ``content`` folder, read and checked as a whole, into a :class:`Library`.

The policies (:data:`BUILT_IN`) and the behaviours that reserve matters for people (:data:`RESERVED`) that come with the
product are part of it, but for those that the company replaces.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from pydantic import BaseModel

from console.content import shapes
from console.content.behaviours import Behaviour
from console.content.checks import behaviours as within
from console.content.checks import names
from console.content.checks.authored import Authored, Doubt, Fault, Finding
from console.content.errors import ContentError, ContentFaults
from console.content.files import ENDING, checked_files, toml_files, usable
from console.content.library import Library
from console.content.macros import KNOWN_SLOTS, SLOT, Macro
from console.content.measure import MOST_EXAMPLES, too_many_examples
from console.content.policies import Policy
from console.content.rubric_shapes import RubricFile
from console.content.rubrics import Rubric
from console.content.tool_checks import tool_faults
from console.practice.parts import Part
from console.toml import TomlError, locate, parse_toml, read_text

BUILT_IN: Final = Path(__file__).parent / "builtin"
"""The policies that come with the product, in the same form as a company's own."""

RESERVED: Final = Path(__file__).parent / "reserved"
"""The behaviours that come with the product: what is kept to people unless a company says otherwise."""

POINTS: Final = frozenset(Part)
"""Beside the marks of the rubric a practice session has these, each by its id."""

T = TypeVar("T")


def load_library(content: Path, behaviours: Path | None = None) -> Library:
    """Return the policies, macros and behaviours under ``content``; folders that are not there count as empty.

    ``behaviours`` is another folder of behaviours to judge by. Raises :class:`ContentError` naming file and line for
    everything that does not fit, one line each; what is only doubtful is in the library's ``doubts``.
    """
    folder = behaviours or content / "behaviours"
    faults: list[ContentError] = []
    policies = _each(content / "policies", _policy, faults)
    own = _each(folder, _behaviour, faults)
    macros = _each(content / "macros", _macros, faults)
    file = content / "company.toml"
    before = len(faults)
    company = next((a.item for a in _each(file, _company, faults)), None)
    company = company or (shapes.CompanyFile() if len(faults) == before else None)
    scenarios = _each(content / "scenarios", _scenario, faults)
    rubric = next((a.item for a in _each(content / "rubric.toml", _rubric, faults)), None)
    replaced = {authored.item.intent for authored in own}
    shipped = [authored for authored in reserved_behaviours() if authored.item.intent not in replaced]
    judged = _with_built_in([authored.item for authored in policies], company.without if company else (), file, faults)
    unread = Unread(_stems(folder, faults), _stems(content / "policies", faults), company is None)
    read = Read(policies, [*own, *shipped], macros, scenarios, judged, company or shapes.CompanyFile(), unread)
    doubts = _checked(_findings(read, articles_of(content / "articles")), faults)
    company = company or shapes.CompanyFile()
    return Library(
        policies=judged,
        macros=tuple(authored.item for authored in macros),
        behaviours=tuple(sorted((a.item for a in (*own, *shipped)), key=lambda b: (-b.priority, b.intent))),
        company=company.name,
        hours=company.hours.build() if company.hours else None,
        team=tuple(agent.build() for agent in company.agent),
        skills=tuple(company.skills),
        identify=tuple(fact.build() for fact in company.identify),
        rubric=rubric,
        versions={
            "policies": digest_of(BUILT_IN, content / "policies", file),
            "macros": digest_of(content / "macros"),
            "behaviours": digest_of(RESERVED, folder),
            **({"rubric": rubric.version} if rubric else {}),
        },
        doubts=doubts,
    )


@cache
def built_in_policies() -> tuple[Policy, ...]:
    """Return the policies that come with the product."""
    return tuple(_read(path, shapes.PolicyFile)[0].build(path.stem, built_in=True) for path in toml_files(BUILT_IN))


@cache
def reserved_behaviours() -> tuple[Authored[Behaviour], ...]:
    """Return the behaviours that come with the product, with their files."""
    read = ((path, *_read(path, shapes.BehaviourFile)) for path in toml_files(RESERVED))
    return tuple(Authored(shape.build(path.stem, built_in=True), path, text) for path, shape, text in read)


def digest_of(*places: Path) -> str:
    """Return a short digest of the names and bytes of TOML files: these, and those below these folders."""
    digest = hashlib.sha256()
    for place in places:
        for path in [place] if place.is_file() else toml_files(place):
            name = path.relative_to(place).as_posix() if path != place else path.name
            digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read, and so is no reason to say that it is not there."""

    intents: frozenset[str]
    policies: frozenset[str]
    company: bool


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of the content."""

    policies: Sequence[Authored[Policy]]
    behaviours: Sequence[Authored[Behaviour]]
    macros: Sequence[Authored[Macro]]
    scenarios: Sequence[Authored[str]]
    judged: Sequence[Policy]
    company: shapes.CompanyFile
    unread: Unread


def _findings(read: Read, articles: Sequence[str]) -> Iterator[Finding]:
    """Yield what is wrong with the content as a whole, as far as it was read."""
    behaviours, unread = read.behaviours, read.unread
    shipped = {authored.item.intent: authored.item for authored in reserved_behaviours()}
    intents = {authored.item.intent for authored in behaviours} | unread.intents
    yield from _same_names(behaviours)
    for authored in behaviours:
        yield from within.alone(authored)
        identify = [] if unread.company else [fact.build() for fact in read.company.identify]
        for problem, where in tool_faults(authored.item, identify):
            if not (unread.company and where[-1] in {"needs", "takes"}):
                yield authored.fault(problem, *where)
        yield from within.reserved(authored, shipped)
    yield from within.never_asked(behaviours)
    yield from within.between(behaviours)
    policies = {policy.id for policy in read.judged} | unread.policies
    yield from names.in_behaviours(behaviours, policies, intents)
    yield from names.loops(behaviours)
    yield from names.articles(behaviours, articles)
    yield from () if unread.company else names.skills(behaviours, read.company.skills)
    yield from _unique_macros(read.macros)
    yield from names.in_macros(read.macros, intents)
    yield from names.in_policies(read.policies, intents)
    yield from names.in_scenarios(read.scenarios, intents)


def _checked(findings: Iterable[Finding], faults: Sequence[ContentError]) -> tuple[str, ...]:
    """Return the doubts, one line each. Raises :class:`ContentError` for all faults, these and those found."""
    found = list(findings)
    _stop([*faults, *(finding.error for finding in found if isinstance(finding, Fault))])
    return tuple(dict.fromkeys(str(finding) for finding in found if isinstance(finding, Doubt)))


def _stems(folder: Path, faults: Sequence[ContentError]) -> frozenset[str]:
    """Return the names of the files of a folder in which something is wrong."""
    return frozenset(path.stem for path in toml_files(folder) if any(str(f).startswith(f"{path}:") for f in faults))


def articles_of(folder: Path) -> tuple[str, ...]:
    """Return the articles of a content folder by id, as behaviours name them; none where it has no such folder."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return tuple(sorted(path.relative_to(folder).as_posix() for path in found))


def _stop(faults: Sequence[ContentError]) -> None:
    if faults:
        raise faults[0] if len(faults) == 1 else ContentFaults(faults)


def _with_built_in(
    own: Sequence[Policy], without: Sequence[str], company: Path, faults: list[ContentError]
) -> tuple[Policy, ...]:
    """Return a company's policies, and those of the product that it has neither replaced nor left out."""
    known = [policy.id for policy in built_in_policies()]
    for name in without:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else f"; there are: {', '.join(known)}"
            line = locate(read_text(company), ["without"])
            problem = f"'without' names '{name}', which is no built-in policy{hint}"
            faults.append(ContentError(company, problem, line))
    left_out = {*without, *(policy.id for policy in own)}
    return (*own, *(policy for policy in built_in_policies() if policy.id not in left_out))


def _each(place: Path, read: Callable[[Path], list[Authored[T]]], faults: list[ContentError]) -> list[Authored[T]]:
    """Return what the files of a folder, or one .toml file, hold; what is wrong with a file goes to ``faults``."""
    found: list[Authored[T]] = []
    one = [place] if place.suffix == ENDING and usable(place, faults) else []
    for path in one if place.suffix == ENDING else checked_files(place, faults):
        try:
            found += read(path)
        except ContentError as error:
            faults += error.each
    return found


S = TypeVar("S", bound=BaseModel)


def _read(path: Path, shape: type[S]) -> tuple[S, str]:
    """Return a file as ``shape``, and its text."""
    try:
        text = read_text(path)
        if not text.strip() and any(field.is_required() for field in shape.model_fields.values()):
            raise ContentError(path, "the file is empty; fill it in or take it out")
        file = parse_toml(text, shape, str(path))
    except TomlError as error:
        raise ContentError.from_line(str(error)) from error
    many = too_many_examples(file)
    if many:
        problem = f"{many[0]} examples in this file; at most {MOST_EXAMPLES}: keep those that differ from each other"
        raise ContentError(path, f"{problem}, or make two files of it", locate(text, many[1]))
    return file, text


def _company(path: Path) -> list[Authored[shapes.CompanyFile]]:
    shape, text = _read(path, shapes.CompanyFile)
    return [Authored(shape, path, text)]


def _rubric(path: Path) -> list[Authored[Rubric]]:
    shape, text = _read(path, RubricFile)
    authored = Authored(shape.build(digest_of(path)), path, text)
    seen: set[str] = set()
    for place, table in enumerate(shape.criterion):
        if table.id in seen:
            raise authored.fault(f"two criteria have the id '{table.id}'; rename one", "criterion", place, "id").error
        if table.id in POINTS:
            why = f"'{table.id}' is a point of practice sessions already; call the criterion otherwise"
            raise authored.fault(why, "criterion", place, "id").error
        seen.add(table.id)
    return [authored]


def _policy(path: Path) -> list[Authored[Policy]]:
    shape, text = _read(path, shapes.PolicyFile)
    policy = shape.build(path.stem)
    if not policy.triggers:  # the company's words for what the product recognises
        known = {built_in.id: built_in.triggers for built_in in built_in_policies()}
        if policy.id not in known:
            near = get_close_matches(policy.id, known, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            problem = f"no [[trigger]], and no policy of the product is called '{policy.id}'{hint}"
            raise ContentError(path, f"{problem}; say what it looks for", 1)
        policy = replace(policy, triggers=known[policy.id])
    return [Authored(policy, path, text)]


def _behaviour(path: Path) -> list[Authored[Behaviour]]:
    shape, text = _read(path, shapes.BehaviourFile)
    authored = Authored(shape.build(path.stem), path, text)
    wrong = [
        fault
        for place, step in enumerate(authored.item.steps)
        for fault in _wrong_slots(authored, f"step '{step.title}'", step.say, "step", place, "say")
    ]
    _stop(wrong)
    return [authored]


def _macros(path: Path) -> list[Authored[Macro]]:
    shape, text = _read(path, shapes.MacroFile)
    macros = [Authored(entry.build(), path, text, ("macro", place)) for place, entry in enumerate(shape.macro)]
    _stop([f for one in macros for f in _wrong_slots(one, f"macro '{one.item.id}'", one.item.text, "text")])
    return macros


def _scenario(path: Path) -> list[Authored[str]]:
    """Return the intent that a scenario names; whoever plays it reads the rest."""
    shape, text = _read(path, shapes.ScenarioIntent)
    return [Authored(shape.intent, path, text)]


def _wrong_slots(
    authored: Authored[Behaviour] | Authored[Macro], what: str, text: str, *where: str | int
) -> list[ContentError]:
    unknown = (slot for slot in SLOT.findall(text) if not KNOWN_SLOTS.fullmatch(slot))
    return [authored.fault(f"{what} uses the unknown slot {{{slot}}}", *where).error for slot in unknown]


def _same_names(behaviours: Sequence[Authored[Behaviour]]) -> Iterator[Finding]:
    """Yield the behaviours whose file's name stands in another folder again: the name is the intent."""
    seen: dict[str, Authored[Behaviour]] = {}
    for authored in behaviours:
        first = seen.setdefault(authored.item.intent, authored)
        if first is not authored:
            yield authored.fault(f"the intent '{authored.item.intent}' has another file already: {first.path}")


def _unique_macros(macros: Sequence[Authored[Macro]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for authored in macros:
        if authored.item.id in seen:
            yield authored.fault(f"two macros have the id '{authored.item.id}'; rename one", "id")
        seen.add(authored.item.id)
