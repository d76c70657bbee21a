"""The weights of words by which edits are told to be of tone or of policy: their training and cross-validated figures.

Both need no public data: the edits are those of ``bench/edits`` that are known to whoever wrote the rules.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bench.edit_reasons import FILE, KNOWN
from bench.figures import Figure
from console.assist.ports import Embed
from console.conversation.edits import Reason
from console.past.english import english
from console.review.edits import weighed

STRENGTH: Final = 10.0
"""Inverse of the regularisation; of 1, 3, 10 and 30 that of the best likelihood where a set is left out."""

Row = dict[str, Any]
Numbers = NDArray[np.float64]
Labels = NDArray[np.bool_]


def train(data: Path, embed: Embed) -> Path:
    """Fit on all edits that are known, and write the weights of each common word; ``data`` is not needed."""
    del data
    rows = _rows()
    words = _vocabulary(rows)
    vectors = embed.encode(words).astype(np.float64)
    held: dict[str, NDArray[Any]] = {"words": np.frombuffer("\n".join(words).encode(), dtype=np.uint8)}
    for reason in weighed.SURE:
        fit = _fit(_features(rows, words, vectors), _labels(rows, reason))
        sides = np.stack([vectors @ half for half in fit.coef_[0].reshape(2, -1)])
        scale = np.abs(sides).max() / 127
        held[reason.value] = np.round(sides / scale).astype(np.int8)
        held[f"{reason.value}-scale"] = np.array([scale, fit.intercept_[0]], dtype=np.float32)
    file = Path(weighed.__file__).with_suffix(".npz")
    np.savez_compressed(file, allow_pickle=False, **held)
    return file


def figures(data: Path, embed: Embed) -> Iterator[Figure]:
    """Cross-validate, one set of edits left out in turn; ``data`` is not needed."""
    del data
    rows = _rows()
    words = sorted(set().union(*_changes(rows)))
    features = _features(rows, words, embed.encode(words).astype(np.float64))
    sets = np.array([row["split"] for row in rows])
    for reason, sure in weighed.SURE.items():
        labels, found = _labels(rows, reason), np.zeros(len(rows), dtype=np.bool_)
        for one in KNOWN:
            fit = _fit(features[sets != one], labels[sets != one])
            found[sets == one] = fit.predict_proba(features[sets == one])[:, 1] >= sure
        both = int((found & labels).sum())
        yield Figure(f"edits of {reason.value}, a set left out in turn: precision", both / int(found.sum()), 0.85)
        yield Figure(f"edits of {reason.value}, a set left out in turn: recall", both / int(labels.sum()))


def _rows() -> list[Row]:
    every = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    return [row for row in every if row["split"] in KNOWN]


def _labels(rows: Sequence[Row], reason: Reason) -> Labels:
    return np.array([reason.value in row["reasons"] for row in rows])


def _changes(rows: Sequence[Row]) -> Iterator[set[str]]:
    return (set(side) for row in rows for side in weighed.changed(row["suggested"], row["sent"]))


def _vocabulary(rows: Sequence[Row]) -> list[str]:
    """Return the common words, and those of the edits."""
    return sorted(english().union(*_changes(rows)))


def _features(rows: Sequence[Row], words: Sequence[str], vectors: Numbers) -> Numbers:
    """Return for each edit the vectors of what was taken out and put in, each side over the root of its words."""
    places = {word: place for place, word in enumerate(words)}
    features = np.zeros((len(rows), 2, vectors.shape[1]))
    for at, row in enumerate(rows):
        for side, words_of_it in enumerate(weighed.changed(row["suggested"], row["sent"])):
            for word, count in words_of_it.items():
                features[at, side] += count * vectors[places[word]] / np.sqrt(words_of_it.total())
    return features.reshape(len(rows), -1)


def _fit(features: Numbers, labels: Labels) -> Any:  # noqa: ANN401
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=STRENGTH, max_iter=5000).fit(features, labels)
