"""An embedder that embeds each text once: a turn asks for it in several places, a look at gaps again and again."""

from collections.abc import Sequence

from console.assist.ports import Vectors
from console.assist.vectors import CAPACITY, VectorCache
from knowledge import Embedder


class RememberingEmbedder:
    """A :class:`knowledge.Embedder` with a memory (:class:`console.assist.vectors.VectorCache`)."""

    def __init__(self, embedder: Embedder, capacity: int = CAPACITY) -> None:
        """``capacity`` is how many texts are remembered."""
        self._embedder, self.cache = embedder, VectorCache(embedder, capacity)
        self.name, self.runtime, self.fingerprint = embedder.name, embedder.runtime, embedder.fingerprint
        self.dimensions, self.max_tokens = embedder.dimensions, embedder.max_tokens

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row a text."""
        return self.cache.encode(texts) if texts else self._embedder.encode(texts)

    def remember(self, texts: Sequence[str], rows: Sequence[Vectors]) -> None:
        """Take in vectors that were made before, by the same model."""
        self.cache.remember(texts, rows)

    def word_pieces(self, text: str) -> Sequence[int]:
        """Return where each word piece of a text begins."""
        return self._embedder.word_pieces(text)
