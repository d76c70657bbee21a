"""The day until which something was promised, as far as the words name one. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS: Final = "one|two|three|four|five|six|seven|eight|nine|ten"
_COUNTS: Final = {word: n for n, word in enumerate(_NUMBERS.split("|"), 1)} | {"a": 1, "an": 1, "a couple of": 2}
_FRIDAY: Final = 4
_MONTH: Final = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_TIME: Final = re.compile(
    r"\b(?:"
    r"(?P<today>(?:by )?(?:today|tonight|this (?:morning|afternoon|evening)|(?:the )?end of (?:the )?day)|"
    r"(?:by|at) noon)"
    r"|(?P<tomorrow>(?:by )?tomorrow|(?:on )?the next (?:working |business )?day)"
    r"|(?:by |on |until |before |this |next )?(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"|(?:within|in|up to|takes?|about)(?: about| up to| the next| a further)? "
    rf"(?P<count>\d{{1,2}}|a couple of|an?|{_NUMBERS})(?: ?(?:to|-|–|or) ?(?P<most>\d{{1,2}}|{_NUMBERS}))?"
    r"[ -](?P<working>working |business )?(?P<unit>hour|day|week|month)s?"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})"
    rf"|(?:by |on |until )?(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}"
    r")\b",
    re.IGNORECASE,
)
"""How agents name a time until which they will have done something."""


@dataclass(frozen=True, slots=True)
class Due:
    """The words that name a time, and the day that they mean: never before the day they were said on."""

    words: str
    day: date


def due_in(text: str, said: date) -> Due | None:
    """Return the first time that ``text``, said on this day, names; ``None`` where it names none that can be told."""
    match = _TIME.search(text)
    day = _day(match, said) if match else None
    return Due(match.group().strip(), day) if match and day and day >= said else None


def _day(match: re.Match[str], said: date) -> date | None:
    if match["today"]:
        return said
    if match["tomorrow"]:
        return said + timedelta(days=1)
    if match["weekday"]:
        return said + timedelta(days=(_DAYS.index(match["weekday"].lower()) - said.weekday() - 1) % 7 + 1)
    if match["unit"]:
        return _after(said, _number(match["most"] or match["count"]), match["unit"].lower(), bool(match["working"]))
    if match["iso"]:
        return _dated(match["iso"])
    return _in_month(said, int(match["day"]), _MONTHS.index(match["month"].lower()[:3]) + 1)


def _number(words: str) -> int:
    return int(words) if words.isdecimal() else _COUNTS[words.lower()]


def _after(said: date, count: int, unit: str, working: bool) -> date:
    if unit == "hour":
        return said + timedelta(days=count // 24)
    if unit == "day" and working:
        day = said
        for _ in range(count):
            day += timedelta(days=1)
            while day.weekday() > _FRIDAY:
                day += timedelta(days=1)
        return day
    return said + timedelta(days=count * {"day": 1, "week": 7, "month": 30}[unit])


def _dated(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:  # 2026-13-41 has the shape of a date and is none
        return None


def _in_month(said: date, day: int, month: int) -> date | None:
    for year in (said.year, said.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:  # the 31st of April
            continue
        if found >= said:
            return found
    return None
