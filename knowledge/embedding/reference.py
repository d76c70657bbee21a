"""The embedder that defines the others: sentence-transformers itself, for machines where no export can be made."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from knowledge.embedding.port import Matrix
from knowledge.embedding.weights import Weights


class SentenceTransformersEmbedder:
    """Loads torch: about 4 s and 400 MB, so it is the last resort."""

    runtime = "sentence-transformers"

    def __init__(self, weights: Weights, digest: str, threads: int | None = None) -> None:
        """Load the model from its folder, never from the network."""
        import torch
        from sentence_transformers import SentenceTransformer

        if threads:
            torch.set_num_threads(threads)
        self._model: Any = SentenceTransformer(str(weights.folder), device="cpu", local_files_only=True)
        self.name = weights.name
        self.fingerprint = f"{digest[:16]}:torch"
        self.dimensions = int(self._model.get_embedding_dimension())
        self.max_tokens = int(self._model.max_seq_length)

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Unit rows of shape (len(texts), dimensions)."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        rows = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, np.float32)

    def word_pieces(self, text: str) -> Sequence[int]:
        """The offset at which each word piece of the whole text begins."""
        encoding = self._model.tokenizer(
            text, add_special_tokens=False, return_offsets_mapping=True, truncation=False, verbose=False
        )
        return [start for start, _ in encoding["offset_mapping"]]
