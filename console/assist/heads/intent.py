"""Which intent a text speaks for, or none, read by a head that is fitted from a company's own examples.

Logistic regression on sentence vectors and hashed words weighs what tells the intents apart; the vote of the nearest
examples mends it where an intent has several faces. A text is out of scope where both are weak: little speaks for any
intent, and no example of it is near. How weak, is learnt from examples that were held out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from console.assist.heads.grams import four_grams, hashed, word_grams
from console.assist.heads.softmax import Labels, fit, scores, shares
from console.assist.ports import Embed, Vectors

FORMAT: Final = "intent 1"
"""Changed when heads are fitted or kept differently, so that those kept are fitted anew."""

MANY: Final = 20
"""Examples from which a behaviour is read by the head; with fewer, the nearest example tells more."""

FEWEST: Final = 3
"""Behaviours with that many examples, for which a head is worth it."""

_PLACES: Final = 512
"""Places for hashed words, and as many for pieces of words; 1,024 are no better on Banking77 and CLINC150."""

_WORDS: Final = 0.5
"""Weight of the hashed words beside the sentence vector, whose length is one."""

_STRENGTH: Final = 60.0
_STEPS: Final = 40
_FURTHER_STEPS: Final = 30
"""Steps of the fit on all examples, which starts from the one without those held out."""

_HELD_OUT: Final = 10
"""Every so many-th example of an intent is held out; once for a large set, in turn for a small one."""

_ENOUGH: Final = 500
"""Held-out examples from which the limit is stable."""

_NEAREST: Final = 10
_VOTE: Final = 0.2
_VOTE_WIDTH: Final = 0.05
"""The vote of the nearest: how many, its weight against the logarithm of the probability, and how fast it fades."""

_NEARNESS: Final = 8.0
"""Worth of a cosine beside the score of the regression, for being in scope; AUC 0.985 on CLINC150's own split."""

_REFUSED: Final = 0.015
"""Share of held-out examples that may be called out of scope."""

NEAR: Final = 0.5
"""Cosine with an example of the chosen intent from which a text is in scope whatever else: examples that are all alike
make the limit too strict. On CLINC150 0.8 of what is out of scope is still found, instead of 0.88."""


@dataclass(frozen=True, slots=True)
class IntentHead:
    """A fitted head.

    ``labels`` is the intent of each row of ``examples``, in order; ``limit`` the least score in scope.
    """

    weights: Vectors
    examples: Vectors
    labels: Labels
    limit: float

    def read(self, texts: Sequence[str], embed: Embed) -> Vectors:
        """Return the probability of each intent for each text, shape (texts, intents); zeros where out of scope."""
        if not texts:
            return np.zeros((0, self.weights.shape[1]), np.float32)
        vectors = embed.encode(texts)
        likely, worth, near = _judged(_rows(texts, vectors), vectors, self.weights, self.examples, self.labels)
        return np.where(((worth >= self.limit) | (near >= NEAR))[:, None], likely, np.float32(0))

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return everything that is kept; :meth:`of` makes the head of it again."""
        return {
            "weights": self.weights,
            "examples": self.examples.astype(np.float16),
            "labels": self.labels.astype(np.uint16),
            "limit": np.array([self.limit]),
        }

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[np.generic]]) -> "IntentHead":
        """Return the head that :meth:`arrays` came from. Raises :class:`KeyError` where something is missing."""
        return cls(
            arrays["weights"].astype(np.float32),
            arrays["examples"].astype(np.float32),
            arrays["labels"].astype(np.intp),
            float(arrays["limit"][0].item()),
        )


def fitted(examples: Sequence[Sequence[str]], embed: Embed) -> IntentHead | None:
    """Return a head for these intents, each given by its examples; ``None`` where the model tells no texts apart.

    Takes seconds for ten thousand examples, most of them for embedding.
    """
    texts = [text for of_one in examples for text in of_one]
    labels = np.array([at for at, of_one in enumerate(examples) for _ in of_one], np.intp)
    turns = np.array([turn for of_one in examples for turn in range(len(of_one))])  # the first always stays
    vectors = embed.encode(texts)
    if not vectors.any():
        return None
    rows = _rows(texts, vectors)
    worths: list[Vectors] = []
    weights: Vectors | None = None
    for turn in range(_HELD_OUT):
        out = (turns % _HELD_OUT == turn) & (turns > 0)
        if not out.any() or sum(map(len, worths)) >= _ENOUGH:
            break
        weights = fit(rows[~out], labels[~out], _STRENGTH, _STEPS)
        worths.append(_judged(rows[out], vectors[out], weights, vectors[~out], labels[~out])[1])
    limit = float(np.quantile(np.concatenate(worths), _REFUSED))
    return IntentHead(fit(rows, labels, _STRENGTH, _FURTHER_STEPS, weights), vectors, labels, limit)


def _rows(texts: Sequence[str], vectors: Vectors) -> Vectors:
    words, pieces = hashed(texts, word_grams, _PLACES), hashed(texts, four_grams, _PLACES)
    return np.hstack([vectors, np.float32(_WORDS) * words, np.float32(_WORDS) * pieces])


def _judged(
    rows: Vectors, vectors: Vectors, weights: Vectors, examples: Vectors, labels: Labels
) -> tuple[Vectors, Vectors, Vectors]:
    """Return the probability of each intent, shape (texts, intents), and of each text how much it is in scope.

    The last is the cosine of the nearest example of the likeliest intent.
    """
    points = scores(rows, weights)
    cosines = vectors @ examples.T
    count, intents = points.shape
    near = np.maximum.reduceat(cosines, np.searchsorted(labels, np.arange(intents)), axis=1)
    nearest = min(_NEAREST, len(examples))
    places = np.argpartition(-cosines, nearest - 1, axis=1)[:, :nearest]
    votes = np.zeros((count, intents), np.float32)
    texts = np.arange(count)
    for column in places.T:
        np.add.at(votes, (texts, labels[column]), np.exp((cosines[texts, column] - 1) / _VOTE_WIDTH))
    votes /= votes.sum(axis=1, keepdims=True)
    likely = shares(np.log(shares(points) + 1e-3) + np.float32(_VOTE) * np.log(votes + 1e-2))
    chosen = likely.argmax(axis=1)
    nearness = near[texts, chosen]
    return likely, points.max(axis=1) + np.float32(_NEARNESS) * nearness, nearness
