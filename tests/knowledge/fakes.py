"""An embedder without a model: words hashed to directions, so that texts with words in common are near."""

import re
import zlib
from collections.abc import Sequence

import numpy as np

from knowledge.embedding.port import Matrix


class WordEmbedder:
    """Counts what it is asked to embed."""

    runtime = "hashed words"
    dimensions = 64
    max_tokens = 256

    def __init__(self, name: str = "words") -> None:
        self.name = name
        self.fingerprint = f"{name}:1"
        self.embedded: list[str] = []

    def encode(self, texts: Sequence[str]) -> Matrix:
        self.embedded.extend(texts)
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", f"{text.lower()} _"):
                generator = np.random.default_rng(zlib.crc32(f"{self.name} {word}".encode()))
                row += generator.standard_normal(self.dimensions, np.float32)
            row /= np.linalg.norm(row)
        return rows

    def word_pieces(self, text: str) -> Sequence[int]:
        return [match.start() for match in re.finditer(r"\w{1,5}|[^\w\s]", text)]
