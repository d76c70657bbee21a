"""The figures of a text with their units: times, sums, shares, weights, lengths, volumes, temperatures, ages."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fourteen": 14,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "sixty": 60,
    "ninety": 90,
}
_UNITS = {
    "second": ("time", 1 / 86_400),
    "sec": ("time", 1 / 86_400),
    "minute": ("time", 1 / 1440),
    "min": ("time", 1 / 1440),
    "hour": ("time", 1 / 24),
    "hr": ("time", 1 / 24),
    "day": ("time", 1.0),
    "night": ("time", 1.0),
    "working day": ("time", 1.4),
    "business day": ("time", 1.4),
    "calendar day": ("time", 1.0),
    "week": ("time", 7.0),
    "fortnight": ("time", 14.0),
    "month": ("time", 30.4),
    "year": ("time", 365.0),
    "%": ("share", 1.0),
    "per cent": ("share", 1.0),
    "percent": ("share", 1.0),
    "g": ("weight", 0.001),
    "kg": ("weight", 1.0),
    "mm": ("length", 0.001),
    "cm": ("length", 0.01),
    "m": ("length", 1.0),
    "km": ("length", 1000.0),
    "ml": ("volume", 0.001),
    "l": ("volume", 1.0),
    "litre": ("volume", 1.0),
    "°c": ("temperature", 1.0),
    "point": ("points", 1.0),
}
"""Unit to dimension, and how many of the dimension's base unit (days, kg, m, l) one of it is.

Five working days are a week, so one is 1.4 days.
"""

_SYMBOL = 2
"""Letters up to which a unit is a symbol and has no plural."""

_SIGNS = {"£": "pounds", "€": "euros", "$": "dollars"}
_AMOUNT = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER = rf"(?:{_AMOUNT}|\b(?:{'|'.join(_WORDS)})\b)"
_TO = r"\s?(?:-|–|to|or)\s?"
_UNIT = r"(?:working|business|calendar) days?|" + "|".join(
    re.escape(unit) + ("s?" if unit.isalpha() and len(unit) > _SYMBOL else "")
    for unit in sorted(_UNITS, key=len, reverse=True)
    if " day" not in unit
)
_MEASURE = re.compile(
    rf"(?<![\w.,£€$-])(?P<low>{_NUMBER})(?:{_TO}(?P<high>{_NUMBER}))?[ -]?(?P<before>more |extra |additional )?"
    rf"(?:full )?(?P<unit>{_UNIT})(?!\w)(?P<after> (?:longer|more|later|extra|earlier)\b)?",
    re.IGNORECASE,
)
_MONEY = re.compile(rf"(?P<sign>[£€$])\s?(?P<low>{_AMOUNT})(?:{_TO}[£€$]?\s?(?P<high>{_AMOUNT}))?(?![\d%])")
_BOUND = re.compile(
    r"(?:(?P<least>at least|no less than|not less than|more than|longer than|over|above|minimum of|>|≥)"
    r"|(?P<most>at most|no more than|not more than|no longer than|less than|fewer than|under|below|up to|within|"
    r"maximum of|<|≤))\s*(?:a |an |the )?$",
    re.IGNORECASE,
)
_BEFORE = 24
"""Characters before a figure in which its bound stands."""

_CLOCK = re.compile(r"(?<![\d:.])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it stands in a text: `text[start:end]`; a range has two different ends."""

    dimension: str
    """What it measures: time (in days), share (%), weight (kg), length (m), pounds, euros, dollars, clock (h) …

    "2 days longer" is not how long something takes: it measures "more time".
    """
    low: float
    high: float
    start: int
    end: int
    bound: Literal["", "least", "most"] = ""
    """Whether it is the least or the most there may be: "at least 30 days", "up to 8 kg"; empty where it is exact."""

    def differs(self, other: "Figure") -> bool:
        """Whether both measure the same and cannot both be right: their ranges are apart by more than rounding.

        A month is 30 days as well as 31, five working days are also seven. Two bounds of one kind are compared as they
        are; what is beside a bound on one side alone may lie anywhere within it.
        """
        if self.dimension != other.dimension:
            return False
        largest = max(abs(self.high), abs(other.high))
        slack = 0.035 * largest if self.dimension.endswith("time") else 1e-6
        (low, high), (least, most) = (
            (self._reach(), other._reach())
            if self.bound != other.bound
            else ((self.low, self.high), (other.low, other.high))
        )
        return low > most + slack or least > high + slack

    def _reach(self) -> tuple[float, float]:
        """The range that reaches from or to its bound."""
        return 0.0 if self.bound == "most" else self.low, math.inf if self.bound == "least" else self.high


def figures(text: str) -> tuple[Figure, ...]:
    """The figures of a text that carry a unit, in order."""
    return tuple(sorted(_found(text), key=lambda figure: figure.start))


def _found(text: str) -> Iterator[Figure]:
    for match in _MEASURE.finditer(text):
        unit = re.sub(r"\s+", " ", match["unit"].lower())
        dimension, size = _UNITS[unit if unit in _UNITS else unit.removesuffix("s")]
        low = _value(match["low"])
        high = _value(match["high"]) if match["high"] else low
        if match["before"] or match["after"]:
            dimension = f"more {dimension}"
        low, high = min(low, high) * size, max(low, high) * size
        yield Figure(dimension, low, high, match.start(), match.end("unit"), _bound(text, match.start()))
    for match in _MONEY.finditer(text):
        low = _value(match["low"])
        high = _value(match["high"]) if match["high"] else low
        low, high = min(low, high), max(low, high)
        yield Figure(_SIGNS[match["sign"]], low, high, match.start(), match.end(), _bound(text, match.start()))
    for match in _CLOCK.finditer(text):
        hour = int(match["hour"]) + int(match["minute"]) / 60
        yield Figure("clock", hour, hour, match.start(), match.end())


def _bound(text: str, start: int) -> Literal["", "least", "most"]:
    """What the words before a figure make of it."""
    found = _BOUND.search(text[max(0, start - _BEFORE) : start])
    if found is None:
        return ""
    return "least" if found["least"] else "most"


def _value(written: str) -> float:
    return float(_WORDS.get(written.lower(), 0) or written.replace(",", ""))
