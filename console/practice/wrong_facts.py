"""Another figure, day, sum or order in a sentence: wrong, and of the same kind, so that only the source tells. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from console.assist.recognise.entities import Entity, entities
from console.assist.recognise.patterns import Kind
from console.practice.seeds import pick

FACTORS: Final = (2.0, 3.0, 1.5, 0.5)
"""What a figure is multiplied by: far enough off to matter, near enough to be believed."""

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_FIGURE: Final = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_DAY: Final = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.I)
_OF_MONTH: Final = re.compile(r"\b(?:[1-9]|[12]\d|3[01])(?=(?:st|nd|rd|th)?\b)(?!\d)")
_PERCENT: Final = 100.0
_LATER: Final = (3, 4, 9)
"""By how many days a day of the month is off."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A text with one thing in it changed."""

    text: str
    words: str
    """What stands there now."""
    instead_of: str
    """What stood there."""


def changed(text: str, orders: Sequence[str], seed: int, key: str) -> Changed | None:
    """Return ``text`` with one of its facts wrong; ``None`` where none can be changed so that it may be believed.

    ``orders`` are the numbers of the customer's orders: where there are several, one may stand for another.
    """
    found = [(entity, other) for entity in entities(text) if (other := _other(entity, orders, seed, key))]
    if not found:
        return None
    entity, other = pick(found, seed, f"{key} which")
    return Changed(f"{text[: entity.start]}{other}{text[entity.end :]}", other, entity.text)


def _other(entity: Entity, orders: Sequence[str], seed: int, key: str) -> str:
    """Return what stands for it, empty where nothing can."""
    if entity.kind is Kind.IDENTIFIER:
        others = [number for number in orders if number != entity.text]
        return pick(others, seed, f"{key} order") if others and entity.text in orders else ""
    change = _CHANGES.get(entity.kind)
    return change(entity.text, seed, f"{key} {entity.start}") if change else ""


def _other_sum(text: str, seed: int, key: str) -> str:
    """Return another sum, or another stretch of time: a range is off at both of its ends."""
    numbers = [float(number.replace(",", "")) for number in _FIGURE.findall(text)]
    fitting = [factor for factor in FACTORS if all(_believable(number * factor, text) for number in numbers)]
    if not numbers or not all(numbers) or not fitting:
        return ""
    factor = pick(fitting, seed, key)

    def off(match: re.Match[str]) -> str:
        _, _, pence = match.group().partition(".")
        return f"{float(match.group().replace(',', '')) * factor:,.{len(pence)}f}"

    return _FIGURE.sub(off, text)


def _believable(number: float, text: str) -> bool:
    """Return whether a number can stand in ``text``: pence where pence stand, no part of a day, at most all of it."""
    whole = "." in text or number.is_integer()
    return whole and number >= 1 and not ("%" in text and number > _PERCENT)


def _other_day(text: str, seed: int, key: str) -> str:
    """Return another day: of the week where one is named, else of the month."""
    named = _DAY.search(text)
    if named:
        others = [day for day in DAYS if day.casefold() != named.group().casefold()]
        day = pick(others, seed, key)
        rest = f"{text[: named.start()]}{day}{text[named.end() :]}"
        return rest if not _OF_MONTH.search(text) else ""  # the day of the week would give it away
    if re.fullmatch(r"[\d./-]+", text):
        return ""
    number = _OF_MONTH.search(text)
    if number is None or re.search(r"(?:st|nd|rd|th)\b", text):
        return ""
    later = (int(number.group()) + pick(_LATER, seed, key) - 1) % 28 + 1
    return f"{text[: number.start()]}{later}{text[number.end() :]}"


def _other_time(text: str, seed: int, key: str) -> str:
    """Return an hour some hours off, on the same half of the clock."""
    hour = _FIGURE.match(text)
    if hour is None:
        return ""
    half = 12 if re.search(r"[ap]\.?m", text, re.I) else 24
    later = (int(float(hour.group())) + pick((2, 3, 21), seed, key)) % half or half // 2
    return f"{later}{text[len(hour.group().split('.', maxsplit=1)[0]) :]}"


_CHANGES: Final[Mapping[Kind, Callable[[str, int, str], str]]] = {
    Kind.AMOUNT: _other_sum,
    Kind.DURATION: _other_sum,
    Kind.DATE: _other_day,
    Kind.TIME: _other_time,
}
