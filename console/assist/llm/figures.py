"""The figures of a text: sums, dates, spans, numbers and names of things, in a form in which the same is equal.

“£1,240.50” and “1240.5 pounds” are equal, “seven days” and “7-day” are, “4 November” and “2026-11-04” are.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from console.assist.recognise.entities import Entity, canonical, entities
from console.assist.recognise.patterns import Kind

_SMALL: Final = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WORDS: Final = {word: str(number) for number, word in enumerate(_SMALL, 2)} | {
    "fifteen": "15",
    "twenty": "20",
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "ninety": "90",
}
_WORD: Final = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_UNIT: Final = re.compile(r"%|(?<![a-z])[a-z]++$")
_DAY: Final = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_NAMED: Final = re.compile(r"(?<![a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)")


def figures(text: str) -> frozenset[str]:
    """Return the figures of ``text``."""
    digits = _WORD.sub(lambda match: _WORDS[match.group().lower()], text)
    return frozenset(key for entity in entities(digits) for key in _keys(entity))


def known_figures(texts: Iterable[str]) -> frozenset[str]:
    """Return the figures of several texts, and each part of a date by itself."""
    return frozenset[str]().union(*map(figures, texts))


def unknown_figure(text: str, known: frozenset[str]) -> bool:
    """Return whether ``text`` holds a figure that is not known."""
    return not figures(text) <= known


def _keys(entity: Entity) -> Iterator[str]:
    match entity.kind:
        case Kind.AMOUNT:
            yield from (f"sum {_value(number)}" for number in _NUMBER.findall(entity.text))
        case Kind.DURATION:
            unit = _UNIT.search(entity.text.lower())
            name = unit.group().rstrip("s")[:3] if unit else ""
            yield from (f"{_value(number)} {name}" for number in _NUMBER.findall(entity.text))
        case Kind.DATE:
            yield from _of_date(entity.text.lower())
        case Kind.NUMBER:
            yield _value(entity.text)
        case _:
            yield canonical(entity)


def _of_date(text: str) -> Iterator[str]:
    """Yield the day of the month and the names in a date; each must be known."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        yield from (f"day {int(number)}" for number in _DAY.findall(text))
        yield from _NAMED.findall(text)
    else:
        yield from (f"day {day.day}", f"{day:%b}".lower())


def _value(number: str) -> str:
    """Return a number in its plain form; a comma before three digits separates thousands."""
    plain = re.sub(r",(?=\d{3}(?!\d))", "", number).replace(",", ".")
    head, point, tail = plain.rpartition(".")
    return f"{head}.{tail.rstrip('0')}".rstrip(".") if point and "." not in head else plain
