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

_RANGE = re.compile(r"(?<!\s)\s*+(?:[-–—]|to|until|through|up to|bis)\s*+", re.IGNORECASE)
"""What stands between the first and the last code of a range."""


def on_another_code(named: Iterable[str], passage: str) -> bool:
    """Whether a passage holds codes of a kind that was named, but none of those that were.

    `named` are terms (`knowledge.words.terms`). A kind is a code's letters: "err" of "ERR-4031".
    """
    asked, held = _by_kind(named), _by_kind(form for written in _WRITTEN.findall(passage) for form in _forms(written))
    told = {kind: some for kind, some in asked.items() if kind in held}
    return bool(told) and not any(some & held[kind] for kind, some in told.items()) and not _in_a_range(told, passage)


def _in_a_range(asked: Mapping[str, Set[str]], passage: str) -> bool:
    """Whether a code lies between two that a passage names as the ends of a range."""
    written = [found for found in _WRITTEN.finditer(passage) if _by_kind(_forms(found[0]))]
    for first, last in pairwise(written):
        if _RANGE.fullmatch(passage, first.end(), last.start()):
            ends = (_by_kind(_forms(found[0])) for found in (first, last))
            for (kind, low), (_, high) in zip(*(end.items() for end in ends), strict=False):
                if any(
                    min(map(_number, low)) <= _number(code) <= max(map(_number, high)) for code in asked.get(kind, ())
                ):
                    return True
    return False


def _number(digits: str) -> int:
    return int(digits.rstrip("abcdefghijklmnopqrstuvwxyz"))


def _forms(written: str) -> list[str]:
    """The forms of one code; none of a plain word."""
    return codes(written) or [written.lower()]


def _by_kind(terms: Iterable[str]) -> dict[str, set[str]]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for term in terms:
        code = _CODE.fullmatch(term)
        if code:
            kinds[code[1]].add(code[2])
    return kinds
