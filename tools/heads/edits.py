"""The weights of words by which an edit is told to be one of policy: their training and their cross-validated figures.

Both need no public data: the edits are those of ``bench/edits`` that are known to whoever wrote the rules.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from bench.edit_reasons import FILE, KNOWN
from bench.figures import Figure
from console.assist.ports import Embed, Vectors
from console.conversation.edits import Reason
from console.past.english import english
from console.review.edits import binding

STRENGTH: Final = 10.0
"""Inverse of the regularisation; of 1, 3, 10 and 30 the one of the best cross-validated likelihood, with 30."""


def train(data: Path, embed: Embed) -> Path:
    """Fit on all edits that are known, and write a weight for each common word; ``data`` is not needed."""
    del data
    rows = _rows()
    words = _vocabulary(rows)
    vectors = embed.encode(words)
    fit = _fit(_features(rows, words, vectors), _labels(rows))
    half = vectors.shape[1]
    sides = vectors @ fit.coef_[0][:half], vectors @ fit.coef_[0][half:]
    scale = max(float(np.abs(side).max()) for side in sides) / 127
    out, put = (np.round(side / scale).astype(np.int8) for side in sides)
    file = Path(binding.__file__).with_suffix(".npz")
    held = np.frombuffer("\n".join(words).encode(), dtype=np.uint8)
    bias = np.float32(fit.intercept_[0])
    np.savez_compressed(file, words=held, out=out, put=put, scale=np.float32(scale), bias=bias)
    return file


def figures(data: Path, embed: Embed) -> Iterator[Figure]:
    """Cross-validate, one set of edits left out in turn; ``data`` is not needed."""
    del data
    rows = _rows()
    words = _vocabulary(rows)
    features, labels = _features(rows, words, embed.encode(words)), _labels(rows)
    sets = np.array([row["split"] for row in rows])
    found = np.zeros(len(rows), dtype=np.bool_)
    for one in KNOWN:
        fit = _fit(features[sets != one], labels[sets != one])
        found[sets == one] = fit.predict_proba(features[sets == one])[:, 1] >= binding.SURE
    both = int((found & labels).sum())
    yield Figure("edits of policy, a set left out in turn: precision", both / int(found.sum()), 0.85)
    yield Figure("edits of policy, a set left out in turn: recall", both / int(labels.sum()), 0.6)


def _rows() -> list[dict[str, Any]]:
    every = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    return [row for row in every if row["split"] in KNOWN]


def _labels(rows: Sequence[dict[str, Any]]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    return np.array([Reason.POLICY.value in row["reasons"] for row in rows])


def _vocabulary(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Return the common words, and those of the edits."""
    changes = (side for row in rows for side in binding.changed(row["suggested"], row["sent"]))
    return sorted(english().union(*changes))


def _features(rows: Sequence[dict[str, Any]], words: Sequence[str], vectors: Vectors) -> Vectors:
    """Return for each edit the vectors of what was taken out and put in, each side over the root of its words."""
    places = {word: place for place, word in enumerate(words)}
    features = np.zeros((len(rows), 2, vectors.shape[1]))
    for row, both in zip(rows, features, strict=True):
        for side, into in zip(binding.changed(row["suggested"], row["sent"]), both, strict=True):
            for word, count in side.items():
                into += count * vectors[places[word]] / np.sqrt(side.total())
    return features.reshape(len(rows), -1)


def _fit(features: Vectors, labels: np.ndarray[Any, np.dtype[np.bool_]]) -> Any:  # noqa: ANN401
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=STRENGTH, max_iter=5000).fit(features, labels)
