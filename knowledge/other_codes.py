"""Whether a passage is on another code than the one that was asked for: on ERR-4031 where ERR-4032 is wanted.

Such a passage is as near as can be, and as wrong.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from knowledge.words import codes

_CODE = re.compile(r"([a-z]{2,})(\d{3,}[a-z]{0,2})")
"""The letters of a code are its kind. Amounts, years and measures have none, or come behind."""

_WRITTEN = re.compile(r"[^\W\d_]+[-/.:_+]?\d{3,}[^\W\d_]{0,2}")
"""What is surely a code as articles write it, in one piece; two words ("over 100") may be anything."""


def on_another_code(named: Iterable[str], passage: str) -> bool:
    """Whether a passage holds codes of a kind that was named, but none of those that were.

    `named` are terms (`knowledge.words.terms`). A kind is a code's letters: "err" of "ERR-4031".
    """
    asked, held = _by_kind(named), _by_kind(code for found in _WRITTEN.findall(passage) for code in _forms(found))
    return any(kind in held and not some & held[kind] for kind, some in asked.items())


def _forms(written: str) -> list[str]:
    return codes(written) or [written.lower()]


def _by_kind(terms: Iterable[str]) -> dict[str, set[str]]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for term in terms:
        code = _CODE.fullmatch(term)
        if code:
            kinds[code[1]].add(code[2])
    return kinds
