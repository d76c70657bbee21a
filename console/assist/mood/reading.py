"""The mood of one customer message: from its words, its shouting, and its likeness to known moods."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import tanh
from typing import Final

import numpy as np

from console.assist.greetings import without_greeting
from console.assist.mood.anchors import AIMED, CALM, PLEASED, SITUATION, UNHAPPY
from console.assist.mood.lexicon import INTENSIFIERS, NEGATIONS, PHRASES, WORDS
from console.assist.ports import Embed
from console.assist.sentences import texts
from console.assist.vectors import likeness

_TOKEN: Final = re.compile(r"[.,;:!?]|[A-Za-z][A-Za-z'’]*|[!?]{2,}|[😀-🙏🤬-🥺]")
_MARKS: Final = frozenset(".,;:!?")
_SHOUT: Final = re.compile(r"\b[A-Z]{3,}\b")
_EMOJI: Final = {"😡": -0.9, "🤬": -1.0, "😠": -0.8, "😤": -0.7, "🙄": -0.6, "😢": -0.5, "😭": -0.6, "😞": -0.5}
_NEGATION_REACH: Final = 3
_SHOUTED_WORDS: Final = 2
KEPT: Final = 4096
"""Messages whose mood is kept: every turn looks at all that the customer has written."""

BAD: Final = -0.1
"""Score below which a message is unhappy enough to ask with whom."""

AIM_WEIGHT: Final = 0.5
"""How much worse a message is for being aimed at the service, and better for being about the customer's own trouble."""

LIKE: Final = 0.3
"""Cosine from which a text is like one of the anchors at all."""

SHOUT_VALENCE: Final = 0.3
"""What shouting says by itself."""
WORD_WEIGHT: Final = 0.9
"""Weight of the words against 1.0 for likeness to the anchors; from a fit on annotated service dialogues."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Score -1 to 1 of one message taken alone, the words behind it, and whether it shouts."""

    score: float
    words: tuple[str, ...]
    shouting: bool
    aimed: float = 0.0
    """How much it is aimed at the service and not at the customer's situation, 0 to 0.5."""


class MoodReader:
    """Reads single messages; the anchors are embedded once."""

    def __init__(self, embed: Embed) -> None:
        self._embed = embed
        self._unhappy, self._calm, self._pleased = (embed.encode(a) for a in (UNHAPPY, CALM, PLEASED))
        self._aimed, self._situation = embed.encode(AIMED), embed.encode(SITUATION)
        self._known = lru_cache(maxsize=KEPT)(self._read)

    def read(self, text: str, *, always_shouts: bool = False) -> Reading:
        """Return the mood of ``text``; capitals say nothing of somebody who ``always_shouts``, nor does a greeting."""
        return self._known(text, always_shouts)

    def _read(self, text: str, always_shouts: bool) -> Reading:
        text = without_greeting(text) or text
        valence, words = word_valence(text)
        shouting = shouts(text) and not always_shouts
        emphasis = 0.25 * shouting + 0.15 * bool(re.search(r"[!?]{2,}", text))
        score = tanh(WORD_WEIGHT * (valence - SHOUT_VALENCE * shouting) + self._likeness(text))
        if score < 0:
            score = max(-1.0, score - emphasis)
        aim = self._aim(text) if score < BAD else 0.0
        if aim:
            score = max(-1.0, min(0.0, score - AIM_WEIGHT * aim))
        return Reading(round(score, 3), words, shouting, max(0.0, aim))

    def _aim(self, text: str) -> float:
        """Return how much nearer a text is to anger at the service than to trouble of one's own, -0.5 to 0.5."""
        vectors = self._embed.encode([text])
        at = float(likeness(vectors, self._aimed).max())
        own = float(likeness(vectors, self._situation).max())
        return round(min(0.5, max(-0.5, at - own)), 3) if max(at, own) > LIKE else 0.0

    def _likeness(self, text: str) -> float:
        pieces = texts(text)
        vectors = self._embed.encode(pieces)
        if not vectors.size:
            return 0.0
        bad, calm, good = (likeness(vectors, side).max(axis=1) for side in (self._unhappy, self._calm, self._pleased))
        worst = float(np.max(np.maximum(bad - calm, 0.0) * (bad > 0.35)))  # noqa: PLR2004
        best = float(np.max(np.maximum(good - calm, 0.0) * (good > 0.45)))  # noqa: PLR2004
        return best - 1.6 * worst


def shouts(text: str) -> bool:
    """Return whether ``text`` is written in capitals where they are not needed."""
    return len(_SHOUT.findall(text)) >= _SHOUTED_WORDS


def word_valence(text: str) -> tuple[float, tuple[str, ...]]:
    """Return the sum of valences of the words of ``text``, and the words it came from, strongest first."""
    total, found = 0.0, []
    rest = text.replace("’", "'")
    for pattern, value in PHRASES:
        match = pattern.search(rest)
        if match:
            total += value
            found += [(abs(value), match.group())] if value else []
            rest = pattern.sub(" ", rest)
    tokens = _TOKEN.findall(rest)
    for place, token in enumerate(tokens):
        value = _EMOJI.get(token, WORDS.get(token.lower(), 0.0))
        if not value or (value > 0 and _asked(tokens[place + 1 :])):
            continue
        before = _clause(tokens[max(0, place - _NEGATION_REACH) : place])
        if any(word in NEGATIONS and (word != "no" or word == before[-1]) for word in before):
            value *= -0.6
        if before and before[-1] in INTENSIFIERS:
            value *= 1.33
        total += value
        found.append((abs(value), token))
    found.sort(key=lambda pair: -pair[0])
    return total, tuple(dict.fromkeys(word for _, word in found))[:5]


def _asked(tokens: Sequence[str]) -> bool:
    """Return whether a clause, of which ``tokens`` follow, asks: “is there good parking?” praises nothing."""
    return next((token for token in tokens if token in _MARKS), "") == "?"


def _clause(tokens: Sequence[str]) -> list[str]:
    """Return the lower-case words since the last mark of punctuation: a negation does not reach over one."""
    words: list[str] = []
    for token in tokens:
        words = [] if token in _MARKS else [*words, token.lower()]
    return words
