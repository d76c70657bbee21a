"""How values look: whether one can be what a label says, and which value of a pattern a customer's writing means."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from console.assist.recognise.entities import entities
from console.assist.recognise.patterns import Kind

_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—−﹣－", "-") | dict.fromkeys("\u00a0\u2007\u2009\u202f", " "))
"""Signs that people, and their telephones, write for a hyphen or a blank; one for one, so that places stay."""

_PREFIX: Final = re.compile(r"(?:\(\?[a-z]{1,5}\))?(?:\\b|\^)?([A-Za-z]{1,8})(?![A-Za-z*?{])")
"""The letters that every match of a pattern begins with."""

_BETWEEN: Final = ("-", "", " ")
"""What may stand between a prefix and its digits, as a company's pattern says."""

_WORD: Final = re.compile(r"[A-Za-z0-9]+")
_GAP: Final = re.compile(r"[^\w\n]{0,3}")
_MOST_PIECES: Final = 4
"""Pieces that a code may be written in: “Q X1 0 1BQ” has four."""
_LONGEST_CODE: Final = 16

_ZIP: Final = re.compile(r"(?<![\w-])(?:\d{5}(?:-\d{4})?|\d{4} ?[A-Z]{2})(?![\w-])")
"""Of letters and digits, or told from other figures by what was asked for alone."""
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT_DAY: Final = re.compile(
    r"\b(?:mon|tues?|wed(?:s|nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)\b\.?(?!['’])", re.IGNORECASE
)


def _mail(value: str) -> bool:
    return "@" in value


def _postcode(value: str) -> bool:
    return any(entity.kind is Kind.POSTCODE for entity in entities(value))


def _zip(value: str) -> bool:
    return _postcode(value) or _ZIP.search(value) is not None


def _phone(value: str) -> bool:
    return sum(c.isdigit() for c in value) >= 6 and not re.search(r"[A-Za-z]-?\d", value)  # noqa: PLR2004 - as short as they get


def _no_code(value: str) -> bool:
    return not any(
        entity.kind is Kind.IDENTIFIER and any(c.isalpha() for c in entity.text) for entity in entities(value)
    )


def _no_digit(value: str) -> bool:
    return not any(c.isdigit() for c in value)


_SHAPES: Final[Mapping[str, Callable[[str], bool]]] = {
    "E-mail": _mail,
    "Postcode": _postcode,
    "Zip code": _zip,
    "Phone": _phone,
    "Name": _no_digit,
    **dict.fromkeys(("When", "Day", "Date", "Time", "Born", "Size", "Colour", "Where", "Reason", "Address"), _no_code),
}
"""What a value must look like to stand under a label; under any other label all do."""


def fits(label: str, value: str) -> bool:
    """Return whether ``value`` can be what ``label`` says: an order number is no postcode, whoever asked for one."""
    shape = _SHAPES.get(label)
    return shape is None or shape(value)


def plainly(text: str) -> str:
    """Return ``text`` with plain hyphens and blanks in place of their look-alikes; no letter changes its place."""
    return text.translate(_DASHES)


def completed(digits: str, pattern: re.Pattern[str]) -> str:
    """Return digits with the prefix that a pattern begins with, as the pattern has it; empty where it does not fit."""
    prefix = _PREFIX.match(pattern.pattern)
    if prefix is None or "|" in pattern.pattern:  # there may be more prefixes than one
        return ""
    return next((v for between in _BETWEEN if pattern.fullmatch(v := f"{prefix[1]}{between}{digits}")), "")


def in_pieces(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[str, int, int]]:
    """Yield codes that fit a pattern once the gaps in them are closed (“QX 10-1BQ”), with where they stand."""
    words, free = list(_WORD.finditer(unicodedata.normalize("NFKC", text))), 0
    for first, word in enumerate(words):
        if word.start() < free:
            continue
        joined, end = word.group(), word.end()
        for following in words[first + 1 : first + _MOST_PIECES]:
            if not _GAP.fullmatch(text[end : following.start()]):
                break
            joined, end = joined + following.group(), following.end()
            coded = any(c.isdigit() for c in joined) and any(c.isalpha() for c in joined)
            if coded and len(joined) <= _LONGEST_CODE and pattern.fullmatch(joined):
                yield joined, word.start(), end
                free = end
                break


def with_whole_days(text: str) -> str:
    """Return ``text`` with the names of days spelled out: “tues” is Tuesday."""
    return _SHORT_DAY.sub(lambda match: next(day for day in _DAYS if day.startswith(match.group()[:3].lower())), text)
