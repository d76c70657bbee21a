"""Practice scenarios: one TOML file each, read strictly."""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import Field, ValidationError, field_validator

from console.content.customers import customer_from_record, dated
from console.content.errors import ContentError, ContentFaults
from console.content.shapes import Line, Strict, Text
from console.conversation.message import Author
from console.conversation.people import Customer
from console.conversation.practice_events import PlantKind
from console.practice import scenario as s
from console.practice.contradictions import problems
from console.practice.making.skills import Trained
from console.practice.phrases import Cue, Manner
from console.toml import TomlError, locate, parse_toml, read_text, read_toml
from console.toml_words import in_words

Some = Annotated[tuple[Text, ...], Field(max_length=60)]


LONGEST_AGO: Final = 525_600
"""Minutes."""

MOST_PARTS: Final = 40
"""Parts of a kind that a scenario has at the most, some ten times what people write."""

NAME: Any = Field(description="a name of its own, in small letters")
TITLE: Any = Field(description="what the debrief calls it")


class LineTable(Strict):
    """[[before]]."""

    role: Literal[Author.CUSTOMER, Author.BOT, Author.AGENT, Author.SYSTEM]
    text: Text
    after: float = Field(default=20.0, ge=0, le=604_800)


class PersonaTable(Strict):
    """[persona]."""

    manner: Manner = Manner.PLAIN
    patience: float = Field(default=0.6, gt=0, le=1)
    trust: float = Field(default=0.3, ge=0, le=1)
    waits: float = Field(default=90.0, ge=5, le=86_400)
    typos: float = Field(default=0.0, ge=0, le=0.5)
    bursts: float = Field(default=0.2, ge=0, le=1)


class FactTable(Strict):
    """[[fact]]."""

    id: Line = NAME
    about: Line = Field(description="what it is, as the debrief names it")
    says: Some = Field(min_length=1, description="how the customer tells it, a list of whole answers")
    asked: Some = ()
    told: s.Told = s.Told.ASKED
    trust: float = Field(default=0.0, ge=0, le=1)
    wrong: str = ""
    missing: str = ""


class ResolutionTable(Strict):
    """[[resolution]]."""

    id: Line = NAME
    title: Line = TITLE
    offered: Some = Field(min_length=1, description="sentences with which an agent offers it, a list")
    accepts: Some = Field(min_length=1, description="what the customer says who takes it, a list")
    needs: tuple[str, ...] = ()
    trust: float = Field(default=0.0, ge=0, le=1)
    allowed: bool = True
    only_with: Some = ()
    not_with: Some = ()


class DutyTable(Strict):
    """[[must]] and [[must_not]]."""

    id: Line = NAME
    title: Line = TITLE
    said: Some = Field(min_length=1, description="sentences that say it, a list")
    trust: float = Field(default=0.0, ge=-1, le=1)
    answer: str = ""
    only_with: Some = ()
    not_with: Some = ()


class InterruptionTable(Strict):
    """[[interruption]]."""

    turn: int = Field(ge=1)
    say: Some = Field(min_length=1)


class PlantTable(Strict):
    """[[plant]]."""

    text: Text
    kind: PlantKind
    why: Text
    right: str = ""
    words: str = ""
    turn: int | None = Field(default=None, ge=0)
    when: Some = ()


class DeedTable(Strict):
    """[deed]."""

    title: Line
    does: s.Does = s.Does.TRANSFER
    to: tuple[Line, ...] = ()
    needs: tuple[str, ...] = ()
    hands_on: dict[str, Some] = Field(default_factory=dict)


class ScenarioFile(Strict):
    """practice/<id>.toml."""

    title: Line = Field(description="what it is about, in a line")
    customer: str = ""
    record: dict[str, Any] = Field(default_factory=dict)
    """The customer's record, where they are no one of ``customers.jsonl``."""
    difficulty: s.Difficulty = s.Difficulty.MEDIUM
    skills: tuple[Line, ...] = Field(min_length=1, description='what it trains, as in ["delivery"]')
    intent: str = ""
    subject: str = ""
    reason: Line = Field(description="why the bot gave it to a person")
    tier: int = Field(default=1, ge=1, le=3)
    minutes_ago: float = Field(default=10.0, ge=0)
    notes: Text = Field(description="what the debrief teaches")
    begins: Some = Field(min_length=1, description="the customer's first words to the agent, a list")
    wants: Some = Field(min_length=1, description="how the customer says what they are here for, a list")
    before: tuple[LineTable, ...] = ()
    persona: PersonaTable = PersonaTable()
    fact: tuple[FactTable, ...] = ()
    resolution: tuple[ResolutionTable, ...] = ()
    must: tuple[DutyTable, ...] = ()
    must_not: tuple[DutyTable, ...] = ()
    interruption: tuple[InterruptionTable, ...] = ()
    plant: tuple[PlantTable, ...] = ()
    drill: s.Drill | None = None
    right_from: int = Field(default=0, ge=0)
    right_until: int | None = Field(default=None, ge=0)
    deed: DeedTable | None = None
    words: dict[Cue, Some] = Field(default_factory=dict)

    @field_validator("minutes_ago")
    @classmethod
    def _not_for_ever(cls, minutes: float) -> float:
        if minutes > LONGEST_AGO:
            raise ValueError(f"should be at most {LONGEST_AGO}, a year")
        return minutes

    @field_validator("fact", "resolution", "must", "must_not", "interruption", "plant")
    @classmethod
    def _not_too_many(cls, parts: tuple[Strict, ...]) -> tuple[Strict, ...]:
        if len(parts) > MOST_PARTS:
            raise ValueError(f"a scenario has at most {MOST_PARTS} of these; nobody could play it, nor check it soon")
        return parts


def load_practice(folder: Path, customers: Mapping[str, Customer], today: date) -> list[s.Scenario]:
    """Return the scenarios of a folder, by id; raises :class:`ContentError` for one that cannot be played."""
    return [read_scenario(path, customers, today) for path in sorted(folder.glob("*.toml"))]


def trained_in(folder: Path) -> tuple[Trained, ...]:
    """Return what the scenarios of a folder train, also of those that cannot be played; it may be missing."""
    found = []
    for path in sorted(folder.glob("*.toml")):
        with suppress(TomlError):  # one that nobody can read trains nothing, and is named where it is to be played
            file = read_toml(path, ScenarioFile)
            found.append(Trained(file.intent, file.skills))
    return tuple(found)


def read_scenario(path: Path, customers: Mapping[str, Customer], today: date) -> s.Scenario:
    """Return one scenario; raises :class:`ContentError` with file and line."""
    try:
        text = read_text(path)
    except TomlError as error:
        raise ContentError.from_line(str(error)) from error
    return scenario_of(text, path, customers, today)


def scenario_of(text: str, path: Path, customers: Mapping[str, Customer], today: date) -> s.Scenario:
    """Return the scenario that a text holds, as of a file ``path``; raises :class:`ContentError` with file and line."""
    try:
        file = parse_toml(text, ScenarioFile, str(path))
    except TomlError as error:
        raise ContentError.from_line(str(error)) from error
    customer = _customer(text, path, file, customers, today)
    version = hashlib.sha256(text.encode()).hexdigest()[:12]
    built = replace(_built(path.stem, file, customer, today), version=version)
    faults = [ContentError(path, one.words, locate(text, one.place)) for one in problems(built)]
    if faults:
        raise faults[0] if len(faults) == 1 else ContentFaults(faults)
    return built


def _customer(text: str, path: Path, file: ScenarioFile, customers: Mapping[str, Customer], today: date) -> Customer:
    if "record" in file.model_fields_set:  # an empty one is somebody of whom nothing is known
        try:
            return customer_from_record(dated({"id": f"practice-{path.stem}", **file.record}, today))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ["record", *first["loc"]]
            key = ".".join(part for part in place if isinstance(part, str))
            raise ContentError(path, f"'{key}' {in_words(first) or first['msg']}", locate(text, place)) from error
        except (ValueError, TypeError, RecursionError) as error:
            raise ContentError(path, f"not a customer's record: {error}", locate(text, ["record"])) from error
    if not file.customer:
        raise ContentError(path, "nobody writes: name a customer of customers.jsonl in 'customer', or write a [record]")
    if file.customer not in customers:
        near = get_close_matches(file.customer, customers, n=1)
        meant = f"; did you mean '{near[0]}'?" if near else "; see customers.jsonl"
        raise ContentError(path, f"no customer has the id '{file.customer}'{meant}", locate(text, ["customer"]))
    return customers[file.customer]


def _built(name: str, file: ScenarioFile, customer: Customer, today: date) -> s.Scenario:
    def told(texts: Some) -> Some:
        return tuple(dated(text, today) for text in texts)

    def fact(table: FactTable) -> s.Fact:
        right = {
            "says": told(table.says),
            "wrong": dated(table.wrong, today),
            "missing": dated(table.missing, today),
        }
        return s.Fact(**{**table.model_dump(), **right})

    def resolution(table: ResolutionTable) -> s.Resolution:
        return s.Resolution(**{**table.model_dump(), "accepts": told(table.accepts)})

    def plant(table: PlantTable) -> s.Plant:
        said = {name: dated(getattr(table, name), today) for name in ("text", "why", "right", "words")}
        return s.Plant(**{**table.model_dump(), **said})

    def duty(table: DutyTable) -> s.Duty:
        return s.Duty(**{**table.model_dump(), "answer": dated(table.answer, today)})

    return s.Scenario(
        id=name,
        title=file.title,
        customer=customer,
        begins=told(file.begins),
        wants=told(file.wants),
        facts=tuple(map(fact, file.fact)),
        resolutions=tuple(map(resolution, file.resolution)),
        before=tuple(s.Line(part.role, dated(part.text, today), part.after) for part in file.before),
        persona=s.Persona(**file.persona.model_dump()),
        difficulty=file.difficulty,
        skills=file.skills,
        intent=file.intent,
        subject=file.subject,
        reason=file.reason,
        tier=file.tier,
        minutes_ago=file.minutes_ago,
        notes=file.notes,
        musts=tuple(map(duty, file.must)),
        must_nots=tuple(map(duty, file.must_not)),
        interruptions=tuple(s.Interruption(one.turn, told(one.say)) for one in file.interruption),
        plants=tuple(map(plant, file.plant)),
        drill=file.drill,
        right_from=file.right_from,
        right_until=file.right_until,
        deed=s.Deed(**file.deed.model_dump()) if file.deed else None,
        own_words={cue: told(some) for cue, some in file.words.items()},
    )
