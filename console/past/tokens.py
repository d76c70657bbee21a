"""The words and figures of a reply, each in the forms under which it may be known as everybody's."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from console.assist.recognise.entities import Entity, entities
from console.assist.recognise.patterns import Kind
from console.assist.recognise.words import words_of
from console.assist.sentences import sentences
from console.content.macros import SLOT

_WORD: Final = re.compile(r"[^\W_][\w'-]*")
_FIGURES: Final = frozenset({Kind.AMOUNT, Kind.NUMBER, Kind.DATE, Kind.TIME})
_BEFORE: Final = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,})[ -]$")
_LONGEST_WORD: Final = 60
_AFTER: Final = re.compile(r"[ -]([^\W\d_]{2,})")
_NO_UNITS: Final = words_of(
    "the and for are was has had its our your you with from this that than then but not only about number"
)
"""Words beside a number that do not say what it counts or numbers."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word or figure; everybody's if any of its forms is."""

    text: str
    forms: tuple[str, ...]
    opens: bool = False
    """Whether it opens a sentence, so that its capital says nothing."""
    bare: bool = False
    """Whether ``text`` is a number alone: that one stands somewhere says nothing about whose it is here."""


def tokens(template: str) -> Iterator[Token]:
    """Yield the words and figures of a text outside its slots, with wide and circled letters read as plain ones."""
    plain = unicodedata.normalize("NFKC", SLOT.sub(_blank, template)).replace("’", "'")
    rest = plain
    for entity in entities(plain):
        if entity.kind in _FIGURES:
            yield _figure(entity, plain)
        if entity.kind in _FIGURES or entity.kind is Kind.DURATION:
            inner = _blank_digits(entity.text) if entity.kind is Kind.DURATION else " " * len(entity.text)
            rest = f"{rest[: entity.start]}{inner}{rest[entity.end :]}"
    for sentence in sentences(rest):
        for place, match in enumerate(_WORD.finditer(sentence.text)):
            word = match.group().rstrip("'-")
            forms = (word, word[:-2]) if word.endswith("'s") else (word,)
            yield Token(word, forms, opens=place == 0 or _after_break(sentence.text, match.start()))


def _figure(entity: Entity, text: str) -> Token:
    """Return a figure: a number with the words beside it ("size 40", "40 pairs"), a sum without empty pence."""
    written = re.sub(r"\s+", " ", entity.text.lower())
    if entity.kind is Kind.AMOUNT:
        return Token(written, (re.sub(r"[.,]00\b", "", written.replace(" ", "")),))
    if entity.kind is not Kind.NUMBER:
        return Token(written, (written,))
    before, after = (
        _BEFORE.search(text[max(0, entity.start - _LONGEST_WORD) : entity.start]),
        _AFTER.match(text, entity.end),
    )
    units = [f"{before[1]} {written}".lower()] if before and before[1].lower() not in _NO_UNITS else []
    units += [f"{written} {after[1]}".lower()] if after and after[1].lower() not in _NO_UNITS else []
    return Token(written, (written, *units), bare=True)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _blank_digits(text: str) -> str:
    return re.sub(r"\d", " ", text)


def _after_break(text: str, place: int) -> bool:
    return text[:place].rstrip().endswith((":", "–", "-", "(", "“", '"', "•"))
