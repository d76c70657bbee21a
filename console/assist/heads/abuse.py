"""Abuse of whoever answers, told by a head where no rule knows the words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from console.assist.heads.grams import hashed, piece_grams, word_grams
from console.assist.heads.weights import weights_for
from console.assist.ports import Embed, Vectors
from console.assist.sentences import texts

NAME: Final = "abuse"

WORD_PLACES: Final = 512
PIECE_PLACES: Final = 1024
"""Places for hashed words, and for the pieces of words that see through misspelling."""

WORDS: Final = 0.5
"""Weight of the hashed words beside the sentence vector and the pieces, whose lengths are one."""

LIMIT: Final = 0.0
"""Score (log odds) from which a sentence counts; what it catches and costs is in docs/heads/abuse.md."""


@dataclass(frozen=True, slots=True)
class AbuseHead:
    """The last number of the weights is the bias."""

    embed: Embed
    weights: Vectors
    version: str

    def span(self, text: str) -> str:
        """Return the sentence of ``text`` that is most abusive; empty where none is."""
        pieces = texts(text)
        if not pieces:
            return ""
        odds = abuse_rows(pieces, self.embed) @ self.weights[:-1] + self.weights[-1]
        return pieces[int(odds.argmax())] if float(odds.max()) >= LIMIT else ""


def abuse_head(embed: Embed) -> AbuseHead | None:
    """Return the head; ``None`` where it was trained on another model's vectors."""
    held = weights_for(NAME, embed)
    return None if held is None else AbuseHead(embed, held.arrays["weights"], f"{NAME} {held.version}")


def abuse_rows(pieces: Sequence[str], embed: Embed) -> Vectors:
    """Return one row of features a sentence: its vector, its hashed words, its hashed pieces of words."""
    words = hashed(pieces, word_grams, WORD_PLACES)
    return np.hstack([embed.encode(pieces), np.float32(WORDS) * words, hashed(pieces, piece_grams, PIECE_PLACES)])
