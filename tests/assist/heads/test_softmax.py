"""Logistic regression in numpy."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from console.assist.heads.softmax import fit, scores, shares


def _blobs(classes: int, each: int) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(0)
    middles = np.eye(classes, dtype=np.float32)
    rows = np.repeat(middles, each, axis=0) + chance.normal(0, 0.2, (classes * each, classes)).astype(np.float32)
    return rows.astype(np.float32), np.repeat(np.arange(classes), each)


def test_classes_that_lie_apart_are_told_apart() -> None:
    """Also on rows that were not seen."""
    rows, labels = _blobs(5, 60)
    weights = fit(rows[::2], labels[::2], 10.0, 50)
    assert (scores(rows[1::2], weights).argmax(axis=1) == labels[1::2]).mean() > 0.95


def test_a_fit_is_where_scikit_learn_finds_it() -> None:
    """The same loss, so the same optimum."""
    from sklearn.linear_model import LogisticRegression

    rows, labels = _blobs(4, 40)
    ours = shares(scores(rows, fit(rows, labels, 1.0, 500)))
    theirs = LogisticRegression(C=1.0, tol=1e-8, max_iter=2000).fit(rows, labels).predict_proba(rows)
    assert np.abs(ours - theirs).max() < 0.01


def test_the_same_rows_give_the_same_weights() -> None:
    """Two servers read alike."""
    rows, labels = _blobs(3, 20)
    assert np.array_equal(fit(rows, labels, 5.0, 30), fit(rows, labels, 5.0, 30))


@given(st.lists(st.lists(st.floats(-1e4, 1e4, width=32), min_size=3, max_size=3), min_size=1, max_size=4))
def test_any_scores_become_probabilities(points: list[list[float]]) -> None:
    """However large they are."""
    found = shares(np.array(points, np.float32))
    assert np.all(found >= 0)
    assert np.allclose(found.sum(axis=1), 1, atol=1e-5)
