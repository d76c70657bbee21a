"""The identifying things in a text: e-mails, numbers, dates, sums and the like, with their places."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from console.assist.recognise.folding import folded
from console.assist.recognise.patterns import PATTERNS, Kind, plausible

IDENTIFYING: Final = frozenset(
    {Kind.EMAIL, Kind.IBAN, Kind.CARD, Kind.IP, Kind.PHONE, Kind.IDENTIFIER, Kind.POSTCODE, Kind.ADDRESS}
)
"""Kinds that can name one person or one thing of theirs."""


@dataclass(frozen=True, slots=True)
class Entity:
    """One of them: ``source[start:end] == text``."""

    kind: Kind
    text: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def entities(text: str) -> tuple[Entity, ...]:
    """Return the entities of ``text`` in order of place; they do not overlap."""
    taken = bytearray(len(text))
    found: list[Entity] = []
    plain = folded(text)
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(plain):
            start, end = match.span()
            if not any(taken[start:end]) and plausible(kind, match.group()):
                taken[start:end] = b"\x01" * (end - start)
                found.append(Entity(kind, text[start:end], start, end))
    return tuple(sorted(found, key=lambda e: e.start))


def canonical(entity: Entity) -> str:
    """Return a form in which two ways of writing the same thing are equal (case, spaces and hyphens fold)."""
    if entity.kind in {Kind.EMAIL, Kind.URL}:
        return entity.text.lower()
    return "".join(c for c in entity.text.lower() if c.isalnum())
