"""Words in disguise: letters of other scripts, figures for letters, words drawn apart, grave words misspelt.

What is looked for in a text is looked for in :func:`undisguised` as well; places are mapped back, so that what is shown
are the writer's own words.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

from console.assist.recognise.words import words_of

_LOOKALIKES: Final = dict(
    zip(
        "АВЕКМНОРСТУХавекмнорстухіјѕԁӏԛԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧαοινρυıɑɡ",
        "ABEKMHOPCTYXabekmhopctyxijsdlqwhABEZHIKMNOPTYXaoivpuiag",
        strict=True,
    )
)
"""Cyrillic, Greek and other letters by the Latin ones that they are taken for (of Unicode's confusables, TR 39)."""

_FIGURES: Final = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "@": "a", "$": "s"}
"""Figures and signs by the letters that they stand for between two letters."""

_FIGURE: Final = re.compile(r"(?<=[a-zA-Z])[01345@$](?=[a-zA-Z])")
_SPACED: Final = re.compile(r"(?<![^\W\d_])(?:[^\W\d_] ){3,30}[^\W\d_](?![^\W\d_])")
"""A word with a blank after each letter; where two words follow, two blanks or a stop stand between."""

_DOTTED: Final = re.compile(r"(?<![^\W_])(?:[^\W\d_][.·*_/-]){2,30}[^\W\d_](?![^\W_])")
_BLANKS: Final = re.compile(r"\s+")
_WORD: Final = re.compile(r"(?<![a-z])[a-z]{3,20}(?![a-z])", re.IGNORECASE)
_GRAVE: Final = words_of(
    """
    myself suicide suicidal overdose lawyer lawyers solicitor solicitors attorney barrister bailiff bailiffs fractured
    fracture ombudsman bereaved funeral hospital bleeding injured electrocuted journalist reporter trading regulator
    """
)
"""Words on which a matter that people alone handle turns; one wrong letter in them, two in long ones, is put right."""

_OTHER: Final = words_of(
    """
    insured ensured breeding blending pleading reported reporters reporting reports solicited solicits banister
    bannister fractures fractal lawyered trailing tracing grading hospitals journalism overdone regulators regulated
    regulate regulates regulation regulations regulatory regular regularly regulars layer layers barrier barriers
    barista baristas injure injures journal journals featured treading bleeping overdoses inured
    """
)
"""Words of their own that are near one of those."""

_BY_START: Final = {word[0]: sorted(w for w in _GRAVE if w[0] == word[0]) for word in _GRAVE}
_SHORT: Final = {"kil": "kill", "kll": "kill", "sucide": "suicide", "unalive": "kill", "unaliving": "killing"}
"""What stands for a grave word and is too far from it, or too short, to be found by its letters."""

_LONG: Final = 9
"""Letters from which on two errors are allowed."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A text without its disguise, and where in the original each of its characters stood."""

    text: str
    places: tuple[int, ...]

    def original(self, source: str, start: int, end: int) -> str:
        """Return what of ``source`` stands for ``text[start:end]``; empty where that is empty."""
        return source[self.places[start] : self.places[end - 1] + 1] if start < end else ""


@lru_cache(maxsize=4096)
def undisguised(text: str) -> Plain:
    """Return ``text`` in plain letters, on one line, with grave words spelled right."""
    plain = _latin(text)
    plain = _replaced(plain, _FIGURE, lambda found: _FIGURES[found])
    plain = _replaced(plain, _DOTTED, lambda found: found[::2])
    plain = _replaced(plain, _SPACED, lambda found: found[::2])
    plain = _replaced(plain, _BLANKS, lambda _: " ")
    return _replaced(plain, _WORD, _right)


def _latin(text: str) -> Plain:
    if text.isascii():
        return Plain(text, tuple(range(len(text))))
    letters = [character for character in text if character.isalpha()]
    mixed = 2 * sum(_folded(c).isascii() for c in letters) >= len(letters)
    pieces = [(_LOOKALIKES.get(c, _folded(c)) if mixed else _folded(c), at) for at, c in enumerate(text)]
    return Plain("".join(p for p, _ in pieces), tuple(at for piece, at in pieces for _ in piece))


def _folded(character: str) -> str:
    """Return the plain letters or figures that a character is a form of; itself where there are none."""
    if character.isascii():
        return character
    plain = unicodedata.normalize("NFKC", character)
    return plain if plain.isascii() and plain.isalnum() else character


def _replaced(plain: Plain, pattern: re.Pattern[str], by: Callable[[str], str]) -> Plain:
    pieces: list[str] = []
    places: list[int] = []
    end = 0
    for match in pattern.finditer(plain.text):
        new = by(match.group())
        if new == match.group():
            continue
        own = plain.places[match.start() : match.end()]
        pieces += [plain.text[end : match.start()], new]
        places += [*plain.places[end : match.start()], *(own[0] for _ in new[1:]), own[-1]]
        end = match.end()
    if not pieces:
        return plain
    return Plain("".join([*pieces, plain.text[end:]]), (*places, *plain.places[end:]))


def _right(word: str) -> str:
    low = word.lower()
    if low in _SHORT:
        return _SHORT[low]
    if low in _GRAVE or low in _OTHER:
        return word
    for known in _BY_START.get(low[0], ()):
        allowed = 2 if len(known) >= _LONG else 1
        if DamerauLevenshtein.distance(low, known, score_cutoff=allowed) <= allowed:
            return known
    return word
