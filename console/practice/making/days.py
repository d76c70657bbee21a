"""Days that stay as far away as they were: what was ten days ago is ten days ago whenever the scenario is played."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Final

from console.assist.recognise.entities import entities
from console.assist.recognise.patterns import Kind

_NUMBERS: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})$")
_WRITTEN: Final = re.compile(
    r"(?:(\d{1,2})\D*?)?\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\D*(.*)$", re.I
)
_MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_CENTURY: Final = 100
_FARTHEST: Final = 99_999
"""Days that a file can write."""


def relative(text: str, today: date) -> str:
    """Return a text with its days written as so many from the day on which it is read, ``today``."""
    for entity in reversed(entities(text)):
        if entity.kind is Kind.DATE and (day := day_in(entity.text, today)):
            end = entity.end - entity.text.endswith(".")
            text = f"{text[: entity.start]}{{date:{(day - today).days}}}{text[end:]}"
    return text


def counted(day: str, today: date) -> str:
    """Return an ISO day of a record as its file writes it: ``@-24``; anything else as it is."""
    try:
        return f"@{(date.fromisoformat(day) - today).days}"
    except ValueError:
        return day


def day_in(words: str, today: date) -> date | None:
    """Return the day that words name, the nearest one where they name no year; ``None`` for a day of the week."""
    found = next((day for day in _readings(words.strip(), today)), None)
    return found if found and abs((found - today).days) <= _FARTHEST else None


def _readings(words: str, today: date) -> Iterator[date]:
    with suppress(ValueError):
        yield date.fromisoformat(words)
        return
    numbers = _NUMBERS.match(words)
    if numbers:
        year = int(numbers[3]) + (today.year // _CENTURY * _CENTURY if len(numbers[3]) == 2 else 0)  # noqa: PLR2004
        for day, month in ((numbers[1], numbers[2]), (numbers[2], numbers[1])):
            with suppress(ValueError):
                yield date(year, int(month), int(day))
        return
    written = _WRITTEN.search(words)
    if written is None:
        return
    rest = [int(number) for number in re.findall(r"\d+", written[3])]
    day_number = int(written[1]) if written[1] else rest.pop(0) if rest else 0
    month = _MONTHS.index(written[2].lower()) + 1
    years = (
        [rest[0]] if rest else sorted((today.year - 1, today.year, today.year + 1), key=lambda y: abs(y - today.year))
    )
    days = []
    for year in years:
        with suppress(ValueError):
            days.append(date(year, month, day_number))
    yield from sorted(days, key=lambda day: abs((day - today).days))[:1]
