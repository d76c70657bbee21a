"""Text that tries to steer a model, told by a head: asked directly by a customer, or planted in what somebody looks up.

What gives a planted instruction away is that it is an instruction, and that it has nothing to do with the text around.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from console.assist.heads.grams import hashed, word_grams
from console.assist.heads.weights import weights_for
from console.assist.ports import Embed, Vectors
from console.assist.sentences import texts

NAME: Final = "injection"

PLACES: Final = 1024
"""Places for hashed words and pairs of words."""

DIRECT_WORDS: Final = 1.0
PLANTED_WORDS: Final = 0.5
"""Weight of the hashed words beside the sentence vector, whose length is one."""

DIRECT_LIMIT: Final = 0.0
PLANTED_LIMIT: Final = 3.0
"""Scores (log odds) from which a text counts; what they catch and cost is in docs/heads/injection.md."""

_WORDS: Final = re.compile(r"(?<!\w)[^\W\d_]{1,40}+(?!\w)")
_FEWEST_WORDS: Final = 3
"""Words of a piece that is read; shorter ones are headings, codes, lines of dashes."""


@dataclass(frozen=True, slots=True)
class InjectionHead:
    """Both heads; the last number of each row of weights is the bias."""

    embed: Embed
    direct_weights: Vectors
    planted_weights: Vectors
    version: str

    def direct(self, text: str) -> str:
        """Return the sentence of a customer's ``text`` that tries to steer a model; empty where none does."""
        if not text.strip():
            return ""
        if _odds(direct_rows([text], self.embed), self.direct_weights)[0] < DIRECT_LIMIT:
            return ""
        pieces = readable(text) or (text,)
        return pieces[int(_odds(direct_rows(pieces, self.embed), self.direct_weights).argmax())]

    def planted(self, text: str) -> tuple[str, ...]:
        """Return the sentences of a passage or look-up result that are instructions out of place, the worst first."""
        pieces = readable(text)
        if not pieces:
            return ()
        odds = _odds(planted_rows(pieces, self.embed), self.planted_weights)
        return tuple(pieces[at] for at in np.argsort(-odds, kind="stable") if odds[at] >= PLANTED_LIMIT)


def injection_head(embed: Embed) -> InjectionHead | None:
    """Return the heads; ``None`` where they were trained on another model's vectors."""
    held = weights_for(NAME, embed)
    if held is None:
        return None
    return InjectionHead(embed, held.arrays["direct"], held.arrays["planted"], f"{NAME} {held.version}")


def readable(text: str) -> tuple[str, ...]:
    """Return the sentences of ``text`` that have at least three words."""
    return tuple(piece for piece in texts(text) if len(_WORDS.findall(piece)) >= _FEWEST_WORDS)


def direct_rows(pieces: Sequence[str], embed: Embed) -> Vectors:
    """Return one row of features a text: its vector, its hashed words."""
    words = hashed(pieces, word_grams, PLACES)
    return np.hstack([embed.encode(pieces), np.float32(DIRECT_WORDS) * words])


def planted_rows(pieces: Sequence[str], embed: Embed) -> Vectors:
    """Return one row of features a sentence of one passage: its vector, its words, how it goes with the others.

    The last three are: whether it is alone, its cosine with the others' mean, and with the nearest of them.
    """
    vectors = embed.encode(pieces)
    words = np.float32(PLANTED_WORDS) * hashed(pieces, word_grams, PLACES)
    beside = np.zeros((len(pieces), 3), np.float32)
    if len(pieces) == 1:
        beside[0, 0] = 1.0
    else:
        others = vectors.sum(axis=0) - vectors
        lengths = np.linalg.norm(others, axis=1)
        beside[:, 1] = (vectors * others).sum(axis=1) / np.maximum(lengths, np.float32(1e-6))
        cosines = vectors @ vectors.T
        np.fill_diagonal(cosines, -1.0)
        beside[:, 2] = cosines.max(axis=1)
    return np.hstack([vectors, words, beside])


def _odds(rows: Vectors, weights: Vectors) -> Vectors:
    found: Vectors = rows @ weights[:-1] + weights[-1]
    return found
