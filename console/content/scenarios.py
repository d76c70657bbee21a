"""Scenarios: escalated conversations with a customer who answers, one TOML file each."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from console.content.customers import dated
from console.content.errors import ContentError
from console.content.shapes import Line, Strict, Text
from console.conversation.message import Author
from console.conversation.people import Customer
from console.replay import script
from console.toml import TomlError, locate, read_text, read_toml


class LineTable(Strict):
    """[[bot_part]]."""

    role: Literal[Author.CUSTOMER, Author.BOT, Author.SYSTEM]
    text: Text
    after: float = Field(default=20.0, ge=0)


class BranchTable(Strict):
    """[[step.branch]]."""

    when: tuple[Text, ...] = Field(min_length=1)
    next: str


class StepTable(Strict):
    """[[step]]."""

    id: str
    say: tuple[Text, ...] = Field(min_length=1)
    wait: float = Field(default=90.0, gt=0)
    impatient: str = ""
    otherwise: str = ""
    ends: script.Ending | None = None
    branch: tuple[BranchTable, ...] = ()


class ScenarioFile(Strict):
    """scenarios/<id>.toml."""

    title: Line
    customer: str
    intent: str = ""
    difficulty: Literal["easy", "medium", "hard"] = "medium"
    skills: tuple[str, ...] = ()
    subject: str = ""
    reason: Annotated[str, Field(min_length=1)]
    tier: int = Field(default=1, ge=1, le=3)
    minutes_ago: float = Field(default=10.0, ge=0)
    order: int = 100
    """Place in the order of arrival; among equals by name."""
    bot_part: tuple[LineTable, ...] = ()
    step: tuple[StepTable, ...] = Field(min_length=1)


def load_scenarios(folder: Path, customers: Mapping[str, Customer], today: date) -> list[script.Script]:
    """Return the scenarios of a folder, by name; raises :class:`ContentError` for one that cannot be played."""
    scripts = [_scenario(path, customers, today) for path in sorted(folder.glob("*.toml"))]
    return sorted(scripts, key=lambda built: built.order)


def _scenario(path: Path, customers: Mapping[str, Customer], today: date) -> script.Script:
    try:
        file = read_toml(path, ScenarioFile)
    except TomlError as error:
        raise ContentError.from_line(str(error)) from error
    customer = customers.get(file.customer)
    if customer is None:
        raise ContentError(
            path,
            f"no customer has the id '{file.customer}'; see customers.jsonl",
            locate(read_text(path), ["customer"]),
        )
    built = script.Script(
        id=path.stem,
        customer=customer,
        title=file.title,
        subject=file.subject,
        reason=file.reason,
        tier=file.tier,
        minutes_ago=file.minutes_ago,
        order=file.order,
        intent=file.intent,
        difficulty=file.difficulty,
        skills=file.skills,
        bot_part=tuple(script.Line(part.role, dated(part.text, today), part.after) for part in file.bot_part),
        steps=tuple(_step(step, today) for step in file.step),
    )
    problems = built.problems()
    if problems:
        raise ContentError(path, problems[0])
    return built


def _step(table: StepTable, today: date) -> script.Step:
    return script.Step(
        id=table.id,
        say=tuple(dated(text, today) for text in table.say),
        branches=tuple(script.Branch(branch.when, branch.next) for branch in table.branch),
        otherwise=table.otherwise,
        wait=table.wait,
        impatient=table.impatient,
        ends=table.ends,
    )
