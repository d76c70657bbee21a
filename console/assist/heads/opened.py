"""The head of a company's behaviours: which of them it reads, and where it is kept once it was fitted."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from console.assist.heads.intent import FEWEST, FORMAT, MANY, IntentHead, fitted
from console.assist.ports import Embed, KeptArrays, Vectors
from console.content.behaviours import Behaviour

LEAST: Final = 0.15
"""Probability from which an intent is spoken of at all: a message may ask for more than one thing."""

SURE: Final = 0.5
"""What being in scope is worth beside a cosine; the probability adds up to as much again."""


@dataclass(frozen=True, slots=True)
class BehaviourHead:
    """A head, the places of the behaviours that it reads, of how many there are, and a digest of their examples."""

    head: IntentHead
    order: tuple[int, ...]
    behaviours: int
    version: str

    @property
    def places(self) -> frozenset[int]:
        """The places of the behaviours that the head reads."""
        return frozenset(self.order)

    def strengths(self, texts: Sequence[str], embed: Embed) -> Vectors:
        """Return how strongly each text speaks for each behaviour, 0 to 1, shape (texts, behaviours).

        Zero for a behaviour that the head does not read, and for all of them where the text is out of scope.
        """
        found = np.zeros((len(texts), self.behaviours), np.float32)
        likely = self.head.read(texts, embed)[:, : len(self.order)]
        found[:, list(self.order)] = np.where(likely >= LEAST, SURE + (1 - SURE) * likely, np.float32(0))
        return found


def opened(behaviours: Sequence[Behaviour], embed: Embed, kept: KeptArrays | None) -> BehaviourHead | None:
    """Return the head of these behaviours, as it was kept or fitted now.

    ``None`` where too few of them have many examples, or the model tells no texts apart. All examples of the others
    are one more class: what is theirs, the head leaves to them.
    """
    order = tuple(at for at, behaviour in enumerate(behaviours) if len(behaviour.examples) >= MANY)
    if len(order) < FEWEST:
        return None
    examples = [behaviours[at].examples for at in order]
    others = tuple(text for behaviour in behaviours if len(behaviour.examples) < MANY for text in behaviour.examples)
    if others:
        examples.append(others)
    version = _digest(examples)
    head = _kept(version, kept)
    if head is None:
        head = fitted(examples, embed)
        if head is None:
            return None
        if kept is not None:
            kept.save(version, head.arrays())
    return BehaviourHead(head, order, len(behaviours), version)


def _kept(version: str, kept: KeptArrays | None) -> IntentHead | None:
    arrays = kept.load(version) if kept is not None else None
    try:
        return IntentHead.of(arrays) if arrays else None
    except (KeyError, IndexError):  # kept by another version of the program
        return None


def _digest(examples: Sequence[Sequence[str]]) -> str:
    digest = hashlib.sha256(FORMAT.encode())
    for of_one in examples:
        digest.update(b"\1" + b"\0".join(text.encode() for text in of_one))
    return digest.hexdigest()[:12]
