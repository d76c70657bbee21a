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
        """Unit rows; the sum of the words' directions."""
        self.embedded.extend(texts)
        sums = [sum(map(self._direction, re.findall(r"\w+", f"{text.lower()} _"))) for text in texts]
        rows = np.asarray(sums, np.float32).reshape(-1, self.dimensions)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)

    def word_pieces(self, text: str) -> Sequence[int]:
        """Five letters a piece."""
        return [match.start() for match in re.finditer(r"\w{1,5}|[^\w\s]", text)]

    def _direction(self, word: str) -> Matrix:
        generator = np.random.default_rng(zlib.crc32(f"{self.name} {word}".encode()))
        return generator.standard_normal(self.dimensions, np.float32)
