"""Marks of a conversation's quality, by the criteria of a rubric, with the words that speak for each."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Mark(StrEnum):
    """How a conversation meets a criterion."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not-met"
    DOES_NOT_APPLY = "does-not-apply"
    CANNOT_BE_TOLD = "cannot-be-told"

    @property
    def said(self) -> str:
        """The mark as it is shown."""
        return self.value.replace("-", " ")


VALUES: Final = {Mark.MET: 1.0, Mark.PARTLY: 0.5, Mark.NOT_MET: 0.0}
"""What a mark counts for in the overall figure, 0 to 1; the other two count nowhere."""


class Marker(StrEnum):
    """What marked a whole conversation; people mark criterion by criterion, in events of their own."""

    ENGINE = "engine"
    MODEL = "model"
    """A language model: its marks are a second opinion, which stands for nobody's."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a message that speak for a mark."""

    message: str
    words: str


@dataclass(frozen=True, slots=True)
class CriterionMark:
    """The engine's mark for one criterion, or a language model's."""

    criterion: str
    mark: Mark
    weight: float = 1.0
    """The criterion's weight when it was marked; 0 or more."""
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    """In a few words of the engine's own."""
    title: str = ""
    """The criterion's title when it was marked."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a language model thinks of a criterion: it stands beside the mark that holds, and never for it."""

    mark: Mark
    reason: str = ""
    """In a few words of the model's own."""
    evidence: tuple[Evidence, ...] = ()
    model: str = ""
    """The model's name."""


@dataclass(frozen=True, slots=True)
class Given:
    """The mark of a criterion that holds in a conversation."""

    mark: Mark
    reason: str = ""
    by: str = ""
    """The person who gave it; empty where the engine did."""
    engine: Mark | None = None
    """The engine's own, which holds again where a person takes theirs back."""
    title: str = ""
    """The criterion's title, where the engine marked it."""
    opinion: Opinion | None = None
    """A language model's, of the conversation as the engine marked it last; ``None`` where there is none."""


def place_by_chance(conversation: str) -> int:
    """Return where a conversation stands in the order, made by chance once, in which people mark a fair sample."""
    return int.from_bytes(hashlib.blake2b(f"quality\0{conversation}".encode(), digest_size=7).digest())
