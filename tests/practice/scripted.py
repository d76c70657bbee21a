"""Scripted agents, strong, average and poor, who play the demo's practice scenarios in words of their own.

``agents/<scenario>.toml`` holds what each of them writes, message by message, in several wordings of which a seed picks
one; ``until`` leaves a message out once a fact has been told. They answer as fast as such agents do.
"""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

import numpy as np

from bench.quality_data import demo
from console.assist.ports import Embed, Vectors
from console.assist.quality.examiner import Examiner
from console.content.customers import load_customers
from console.content.practice import load_practice
from console.conversation.quality import CriterionMark
from console.practice.acts import Act
from console.practice.hearing import Ear
from console.practice.judging import case_of_played
from console.practice.play import Played, begin, cut_off, keep_silent, say
from console.practice.recognising_acts import acts_in
from console.practice.scenario import Scenario
from console.practice.seeds import chance, pick
from knowledge import Embedder

DEMO = Path("console/demo/content")
AGENTS = Path(__file__).with_name("agents")
TODAY = date(2026, 11, 28)
NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


class Skilled(StrEnum):
    """How good a scripted agent is."""

    STRONG = "strong"
    AVERAGE = "average"
    POOR = "poor"


PACE = {Skilled.STRONG: (15, 0.8), Skilled.AVERAGE: (40, 1.3), Skilled.POOR: (60, 2.2)}
"""Seconds that each needs at least, and the share of what the customer takes calmly that may come on top."""


@dataclass(frozen=True, slots=True)
class Line:
    """A message in several wordings; left out once the fact ``until`` has been told."""

    says: tuple[str, ...]
    until: str = ""


Marks = Callable[[Played], Sequence[CriterionMark]]
"""A session that is over to the marks of the rubric."""


class Remembering:
    """The real model, which embeds no text twice."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder, self._rows = embedder, dict[str, Vectors]()
        self.fingerprint = embedder.fingerprint

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text."""
        new = [text for text in dict.fromkeys(texts) if text not in self._rows]
        if new:
            self._rows.update(zip(new, self._embedder.encode(new), strict=True))
        return np.stack([self._rows[text] for text in texts])


@cache
def scenarios() -> tuple[Scenario, ...]:
    """Return the demo's practice scenarios; drills need deeds, which scripts do not do."""
    return tuple(scenario for scenario in all_scenarios() if scenario.drill is None)


@cache
def all_scenarios() -> tuple[Scenario, ...]:
    """Return the demo's practice scenarios with the drills."""
    return tuple(load_practice(DEMO / "practice", load_customers(DEMO / "customers.jsonl", TODAY), TODAY))


@cache
def lines(scenario: str, skilled: Skilled) -> tuple[Line, ...]:
    """Return what an agent writes in a scenario, in order."""
    written = tomllib.loads((AGENTS / f"{scenario}.toml").read_text(encoding="utf-8"))[skilled]
    return tuple(
        Line(tuple(one["says"]), one["until"]) if isinstance(one, dict) else Line(tuple(one)) for one in written
    )


def recogniser(embed: Embed) -> Callable[[str], list[tuple[str, frozenset[Act]]]]:
    """Return what the ear recognises acts with."""
    return lambda text: [(said.sentence, said.acts) for said in acts_in(text, embed)]


def ear(scenario: Scenario, embed: Embed) -> Ear:
    """Return the ear of a scenario's customer."""
    return Ear(scenario, embed, recogniser(embed))


def played(scenario: Scenario, hears: Ear, skilled: Skilled, seed: int) -> Played:
    """Return the session that such an agent plays, ended by the customer, or by the agent's last message."""
    session, at = begin(scenario, seed, NOW), NOW
    least, share = PACE[skilled]
    for place, line in enumerate(lines(scenario.id, skilled)):
        if session.ending:
            break
        if line.until and line.until in session.state.told:
            continue
        needs = least + share * scenario.persona.waits * chance(seed, skilled, place)
        at += timedelta(seconds=needs)
        session = say(session, hears, pick(line.says, seed, (skilled, place)), at)
    return cut_off(session)


def by_the_rubric(folder: Path, embedder: Embedder) -> Marks:
    """Return what marks a session as the desk does: by the demo's rubric and the engine; the index goes to a folder."""
    rubric, tools = demo(folder, embedder)
    examiner = Examiner(rubric, tools)
    return lambda session: examiner.marks(case_of_played(session))


def at_random(scenario: Scenario, hears: Ear, seed: int) -> Played:
    """Return a session of whoever writes anything that any of the agents writes in it, in any order, or nothing."""
    session, at = begin(scenario, seed, NOW), NOW
    all_lines = [text for skilled in Skilled for line in lines(scenario.id, skilled) for text in line.says]
    for place in range(12):
        if session.ending:
            break
        at += timedelta(seconds=30)
        if chance(seed, "silent", place) < 0.1:
            session = keep_silent(session, at)
        else:
            session = say(session, hears, pick(all_lines, seed, "any", place), at)
    return cut_off(session)
