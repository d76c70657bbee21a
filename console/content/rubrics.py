"""The rubric: what makes a conversation good, criterion by criterion, in one TOML file (``rubric.toml``)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.conversation.message import Layer

SAID_FROM: Final = 0.6
"""Cosine from which a sentence counts as saying the same as an example of a criterion."""


class Look(StrEnum):
    """What the engine looks for."""

    GREETING = "greeting"
    FACTS = "facts"
    POLICY = "policy"
    EMPATHY = "empathy"
    ACCURACY = "accuracy"
    NEXT_STEP = "next-step"
    CLOSING = "closing"
    SAID = "said"
    """Whether somebody here says something like the criterion's examples, or words of its pattern."""
    PEOPLE = "people"
    """Nothing: people alone mark it."""


WORDS: Final = frozenset({Look.SAID, Look.GREETING, Look.EMPATHY, Look.NEXT_STEP, Look.CLOSING})
"""What takes examples of the company's own."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the things that are looked at."""

    id: str
    title: str
    text: str
    """What counts, in words that agents understand."""
    look: Look
    weight: float = 1.0
    layers: tuple[Layer, ...] = (Layer.ASSISTED, Layer.HUMAN_ONLY)
    """The layers of work it applies to."""
    pattern: re.Pattern[str] | None = None
    examples: tuple[str, ...] = ()
    """Sentences that meet it, beside those that the engine knows."""
    threshold: float = SAID_FROM


@dataclass(frozen=True, slots=True)
class Rubric:
    """The criteria in their order; ``version`` is a digest of the file."""

    criteria: tuple[Criterion, ...]
    version: str = ""

    def criterion(self, name: str) -> Criterion | None:
        """Return the criterion of this id."""
        return next((one for one in self.criteria if one.id == name), None)

    @property
    def titles(self) -> Mapping[str, str]:
        """The titles by id, in order."""
        return {one.id: one.title for one in self.criteria}
