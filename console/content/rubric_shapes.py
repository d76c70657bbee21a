"""The shape of ``rubric.toml``, checked key by key, and what is built from it."""

import re
from typing import Annotated, Final

from pydantic import Field, model_validator

from console.content.rubrics import SAID_FROM, WORDS, Criterion, Look, Rubric
from console.content.shapes import Cosine, Line, Pattern, Strict, Text
from console.conversation.message import Layer

MOST: Final = 20
"""Criteria of a rubric: more are not read, nor marked by people."""


class CriterionTable(Strict):
    """[[criterion]] of a rubric."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
    title: Annotated[Line, Field(max_length=60)]
    text: Text
    look: Look
    weight: Annotated[float, Field(gt=0, le=100)] = 1.0
    layers: tuple[Layer, ...] = Field((Layer.ASSISTED, Layer.HUMAN_ONLY), min_length=1)
    pattern: Pattern | None = None
    examples: tuple[Text, ...] = ()
    threshold: Cosine = SAID_FROM

    @model_validator(mode="after")
    def _fits(self) -> "CriterionTable":
        if self.look is Look.SAID and not (self.pattern or self.examples):
            raise ValueError("look = 'said' needs a pattern or examples; say what is to be said")
        if self.look is not Look.SAID and self.pattern:
            raise ValueError(f"a pattern is for look = 'said'; look = '{self.look}' has its own")
        if self.look not in WORDS and self.examples:
            raise ValueError(f"look = '{self.look}' takes no examples; leave them out")
        if Layer.AUTONOMOUS in self.layers:
            raise ValueError("a rubric is for people's work; layers are 'assisted' and 'human-only'")
        return self

    def build(self) -> Criterion:
        """Return the criterion."""
        pattern = re.compile(self.pattern) if self.pattern else None
        return Criterion(
            self.id, self.title, self.text, self.look, self.weight, self.layers, pattern, self.examples, self.threshold
        )


class RubricFile(Strict):
    """rubric.toml."""

    criterion: tuple[CriterionTable, ...] = Field(min_length=1, max_length=MOST)

    def build(self, version: str) -> Rubric:
        """Return the rubric."""
        return Rubric(tuple(table.build() for table in self.criterion), version)
