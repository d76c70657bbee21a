"""Whether a passage is on another code than the one that was asked for: on ERR-4031 where ERR-4032 is wanted.

Such a passage is as near as can be, and as wrong.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from itertools import pairwise

from knowledge.words import codes

_CODE = re.compile(r"(?<![a-z])([a-z]{2,})(\d{3,38}[a-z]{0,2})")
"""The letters of a code are its kind. Amounts, years and measures have none, or come behind."""

_WRITTEN = re.compile(r"[^\W\d_]+(?:[-/.:_+]?[^\W_]+)*")
"""What may be a code as articles write it, in one piece; two words ("over 100") may be anything."""

_DIGIT = re.compile(r"\d")

_RANGE = re.compile(r"(?<!\s)\s*+(?:[-–—]|to|until|through|up to|bis)\s*+", re.IGNORECASE)
"""What stands between the first and the last code of a range."""

Codes = Mapping[str, Set[str]]
"""Codes by their kind, without its letters."""


def on_another_code(named: Iterable[str], passage: str) -> bool:
    """Whether a passage holds codes of a kind that was named, but none of those that were.

    `named` are terms (`knowledge.words.terms`). A kind is a code's letters: "err" of "ERR-4031". A code that lies
    between the ends of a range ("EB2-0400 to EB2-0460") is held.
    """
    asked = _by_kind(named)
    if not asked or not _DIGIT.search(passage):
        return False
    written = [
        (found.start(), found.end(), _by_kind(_forms(found[0])))
        for found in _WRITTEN.finditer(passage)
        if _DIGIT.search(found[0])
    ]
    codes_held = [one for one in written if one[2]]
    held = {kind for _, _, codes_of in codes_held for kind in codes_of} & asked.keys()
    named_there = any(codes_of[kind] & asked[kind] for _, _, codes_of in codes_held for kind in held & codes_of.keys())
    ranges = (
        (first, last)
        for (_, end, first), (start, _, last) in pairwise(codes_held)
        if _RANGE.fullmatch(passage, end, start)
    )
    return bool(held) and not named_there and not any(_within(asked, first, last) for first, last in ranges)


def _within(asked: Codes, first: Codes, last: Codes) -> bool:
    """Whether a code that was asked for lies between two of its kind."""
    return any(
        min(map(_number, first[kind])) <= _number(code) <= max(map(_number, last[kind]))
        for kind in first.keys() & last.keys() & asked.keys()
        for code in asked[kind]
    )


def _number(code: str) -> int:
    return int(code.rstrip("abcdefghijklmnopqrstuvwxyz"))


def _forms(written: str) -> list[str]:
    """The forms of one code; none of a plain word."""
    return codes(written) or [written.lower()]


def _by_kind(terms: Iterable[str]) -> Codes:
    kinds: dict[str, set[str]] = defaultdict(set)
    for term in terms:
        code = _CODE.fullmatch(term)
        if code:
            kinds[code[1]].add(code[2])
    return dict(kinds)
