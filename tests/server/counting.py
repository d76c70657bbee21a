"""An embedder that tells what it was asked for."""

from collections.abc import Sequence

from console.assist.ports import Vectors
from knowledge import Embedder


class Counting:
    """An embedder that counts the texts it embeds."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.texts: list[str] = []
        self.name, self.runtime, self.fingerprint = embedder.name, embedder.runtime, embedder.fingerprint
        self.dimensions, self.max_tokens = embedder.dimensions, embedder.max_tokens
        self.word_pieces = embedder.word_pieces

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Embed."""
        self.texts += texts
        return self._embedder.encode(texts)
