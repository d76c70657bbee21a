"""How the heads are trained: what is held out is held out, and weights come back as they were fitted."""

from pathlib import Path

import numpy as np
import pytest

from console.assist.heads import weights
from console.assist.vectors import VectorCache
from knowledge import Embedder
from tools.heads import material, writing
from tools.heads.abuse import conversations


def test_benign_sentences_are_trained_on_or_judged_by_never_both() -> None:
    """Half of them each."""
    trained, judged = material.benign(held_out=False), material.benign(held_out=True)
    assert len(trained) == len(judged) > 70
    assert not set(trained) & set(judged)


def test_our_attacks_have_kinds_and_no_two_are_the_same() -> None:
    """A heading before each group."""
    attacks = material.own_attacks()
    assert all(attack.kind and attack.text for attack in attacks)
    assert len({attack.text for attack in attacks}) == len(attacks)
    assert {attack.kind for attack in attacks} >= {"steering", "direct"}


def test_insults_are_no_mild_words() -> None:
    """No sentence stands on both sides."""
    assert not set(material.own("insults")) & set(material.own("mild"))


def test_rows_of_one_conversation_stay_together() -> None:
    """Those that follow each other, and those that say the same."""
    said = [
        {"agent": "How are you?", "user": "go away, please", "prev_agent": "Hi.", "prev_user": "hi"},
        {"agent": "Why?", "user": "because", "prev_agent": "How are you?", "prev_user": "go away, please"},
        {"agent": "Tell me more.", "user": "Because ", "prev_agent": "_", "prev_user": "_"},
        {"agent": "Well?", "user": "no", "prev_agent": "How are you?", "prev_user": "fine"},
    ]
    first, second, third, fourth = conversations(said)
    assert first == second == third
    assert fourth != first


def test_written_weights_are_read_again(tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> None:
    """In half precision, the bias last."""
    from sklearn.linear_model import LogisticRegression  # late: it takes seconds, in every process that collects tests

    monkeypatch.setattr(writing, "FOLDER", tmp_path / "weights")
    monkeypatch.setattr(weights, "files", lambda _: tmp_path)
    embed = VectorCache(embedder)
    rows = np.array([[0.0, 1.0], [1.0, 0.0]] * 5)
    fitted = writing.weights_of(LogisticRegression().fit(rows, [True, False] * 5))
    (tmp_path / "weights").mkdir()
    writing.write("test", 7, embed, weights=fitted)
    read = weights.weights_for("test", embed)
    assert read is not None
    assert read.version.startswith("7 ")
    assert np.allclose(read.arrays["weights"], fitted, atol=1e-3)
    assert list(read.arrays) == ["weights"]
