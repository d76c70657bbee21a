"""Names of people wherever they stand in a text: a small tagger of words, for what may err towards a name.

A word is taken for part of a name by how it is spelled and capitalised and by the words beside it, each of which adds
a weight; docs/heads/names.md says how the weights were trained and what they reach. Precision is for others:
:mod:`console.assist.recognise.names` has the names that a text plainly gives away.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final
from zlib import crc32

import numpy as np

from console.assist.recognise.words import FIRST_NAMES, OPENERS

WEIGHTS: Final = Path(__file__).with_name("people.npz")
"""What ``tools/people.py`` has trained: ``weights`` (int8, one a feature) in steps of ``scale``, ``constant``, and the
``threshold`` that a name's score is above."""

BUCKETS: Final = 1 << 17
"""Features are told apart by so many numbers; a power of two."""

_WORD: Final = re.compile(r"(?<!\d)[^\W\d_]++(?>(?:['’-][^\W\d_]++){0,4})(?!\d)")
_POSSESSIVE: Final = re.compile(r"['’][sS]$")
_OTHER_LETTERS: Final = r"(?>(?:(?![\u0000-\u024f\u1e00-\u1eff])[^\W\d_]){1,20})"
_INTRODUCED: Final = re.compile(
    r"\b(?:name(?:'s| is|:)|(?i:call me|called|i am|i'm|this is|dear|hi|hello|regards),?) ?"
    rf"({_OTHER_LETTERS}(?:[ ·・]{_OTHER_LETTERS}){{0,3}})"
)
"""A name in letters that are not Latin, and so may have no capitals."""

_BETWEEN: Final = re.compile(
    r"[ \t]{1,2}(?:(?:van|von|vom|zu|der|den|de|del|della|di|da|do|dos|du|la|le|ter|ten|bin|ibn|al|el|y|e|af|av|st)\b"
    r"\.?[ \t]){0,2}",
    re.IGNORECASE,
)
"""What stands between two words of one name: blanks, a particle as “van der”."""

_INITIAL: Final = re.compile(r"\b\w\.[ \t]{0,2}")
_AFTER: Final = re.compile(r"\.?(?:,? (?:jr|sr|ii|iii|iv|md|dds|phd|esq|dvm)\b\.?){1,2}", re.IGNORECASE)
"""What may follow a name and is part of it."""

_BLANKS: Final = re.compile(r"[ \t]+")
_NUMBER: Final = re.compile(r"\d+")

_GAP: Final = 12
"""Most characters between two words that are looked at."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, and the features that its place gives it."""

    start: int
    end: int
    alone: tuple[str, str]
    """The word as it is written, and how the whole text is written; see :func:`spelling`."""
    beside: tuple[str, ...]
    """Features of what stands beside it."""


@lru_cache(maxsize=4096)
def people(text: str) -> tuple[tuple[int, int], ...]:
    """Return the places of what are likely names of people in ``text``, in order."""
    tagged = words_in(text)
    likely = [word for word, score in zip(tagged, _scores(tagged), strict=True) if score > _model().threshold]
    introduced = () if text.isascii() else (match.span(1) for match in _INTRODUCED.finditer(text))
    return tuple(sorted((*_joined(text, likely), *introduced)))


def words_in(text: str) -> list[Word]:
    """Return the words of ``text`` with what is known of each."""
    places = [_place(match) for match in _WORD.finditer(text)]
    written = [text[start:end] for start, end in places]
    lower = ["<<", "<", *map(str.lower, written), ">", ">>"]
    mode = _mode(text)
    edges = [(0, 0), *places, (len(text), len(text))]
    gaps = [_gap(text[end:start]) for (_, end), (start, _) in pairwise(edges)]
    found = []
    for at, (start, end) in enumerate(places):
        shape = _shape(written[at]) + mode
        before2, before, _, after, after2 = lower[at : at + 5]
        left, right = gaps[at], gaps[at + 1]
        around = (
            f"p{before}{left}{shape}",
            f"n{after}{right}{shape}",
            f"P{before2} {before}{left}",
            f"N{after} {after2}{right}",
            f"q{before2}{shape}",
            f"m{after2}{shape}",
            f"g{left}{right}{shape}",
            f"s{_shape(written[at - 1]) if at else '<'}{left}{shape}",
            f"t{_shape(written[at + 1]) if at + 1 < len(places) else '>'}{right}{shape}",
        )
        found.append(Word(start, end, (written[at], mode), around))
    return found


@lru_cache(maxsize=16384)
def spelling(word: str, mode: str) -> tuple[str, ...]:
    """Return the features of a word by itself; ``mode`` is how the text is written: l(ower), U(pper) or m(ixed)."""
    lower = word.lower()
    shape = _shape(word) + mode
    edged = f"^{lower[:20]}$"
    pieces = dict.fromkeys(edged[at : at + size] for size in (2, 3, 4) for at in range(len(edged) - size + 1))
    return (
        f"w{lower}",
        f"W{lower}{shape}",
        f"h{shape}",
        f"l{min(len(word), 12)}{shape[:2]}",
        f"f{lower in FIRST_NAMES}{shape}",
        f"o{lower in OPENERS}{shape}",
        *(f"c{piece}" for piece in pieces),
        *(f"e{edged[-size:]}{shape[:2]}" for size in (3, 4)),
    )


def bucket(feature: str) -> int:
    """Return the number of a feature, below :data:`BUCKETS`."""
    return crc32(feature.encode("utf-8", "replace")) & (BUCKETS - 1)


def forget() -> None:
    """Read :data:`WEIGHTS` anew at the next text: they have been trained again."""
    for remembered in (_model, _weight, _alone, people):
        remembered.cache_clear()


@dataclass(frozen=True, slots=True)
class _Model:
    weights: Sequence[float]
    constant: float
    threshold: float


@cache
def _model() -> _Model:
    with np.load(WEIGHTS) as stored:
        weights = stored["weights"].astype(np.float32) * stored["scale"]
        return _Model(weights.tolist(), float(stored["constant"]), float(stored["threshold"]))


@lru_cache(maxsize=1 << 16)
def _weight(feature: str) -> float:
    return _model().weights[bucket(feature)]


@lru_cache(maxsize=1 << 14)
def _alone(word: str, mode: str) -> float:
    return sum(_model().weights[bucket(feature)] for feature in spelling(word, mode))


def _scores(words: Sequence[Word]) -> list[float]:
    """Return how likely each word is part of a name, as log odds: by itself and its place, then by its neighbours."""
    constant = _model().constant
    first = [constant + _alone(*word.alone) + sum(map(_weight, word.beside)) for word in words]
    return [score + sum(map(_weight, neighbours(first, at))) for at, score in enumerate(first)]


def neighbours(first: Sequence[float], at: int) -> tuple[str, ...]:
    """Return features of how likely the words beside a word are part of a name by themselves."""
    before = _step(first[at - 1]) if at else "<"
    after = _step(first[at + 1]) if at + 1 < len(first) else ">"
    own = _step(first[at])
    return f"x{before}{own}", f"y{after}{own}", f"z{before}{own}{after}"


def _step(score: float) -> str:
    """Return a score in steps of 1.5, from a to k."""
    return "abcdefghijk"[max(-5, min(5, round(score / 1.5))) + 5]


def _joined(text: str, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the places of names: words beside each other are one, with the particles and dots between them."""
    groups: list[list[Word]] = []
    for word in words:
        if groups and _one_name(text, groups[-1][-1], word):
            groups[-1].append(word)
        else:
            groups.append([word])
    for group in groups:
        if any(word.end - word.start > 1 for word in group):  # an initial alone is nobody
            after = _AFTER.match(text, group[-1].end)
            yield group[0].start, after.end() if after else group[-1].end


def _one_name(text: str, before: Word, after: Word) -> bool:
    if _BETWEEN.fullmatch(text, before.end, after.start):
        return True
    return before.end - before.start == 1 and bool(_INITIAL.fullmatch(text, before.start, after.start))


def _place(match: re.Match[str]) -> tuple[int, int]:
    possessive = _POSSESSIVE.search(match.group())
    return match.start(), match.start() + possessive.start() if possessive else match.end()


def _mode(text: str) -> str:
    """Return how a text is written: l(ower case), U(pper case) or m(ixed); an upper one is longer than a name."""
    if text.islower():
        return "l"
    return "U" if text.isupper() and len(text) > _GAP else "m"


def _shape(word: str) -> str:
    """Return how a word is capitalised: x, X (one letter), XX, Xx or xX."""
    if word.islower() or word.lower() == word.upper():
        return "x"
    if word.isupper():
        return "X" if len(word) == 1 else "XX"
    return "Xx" if word[0].isupper() else "xX"


def _gap(between: str) -> str:
    """Return what stands between two words in short: its signs, digits as 0, blanks as one."""
    if len(between) > _GAP:
        between = between[: _GAP // 2] + between[-_GAP // 2 :]
    return _BLANKS.sub(" ", _NUMBER.sub("0", between.replace("\n", "|")))
