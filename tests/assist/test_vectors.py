"""The vectors that are remembered: how many, and nothing beside them."""

from collections.abc import Sequence

import numpy as np

from console.assist.ports import Vectors
from console.assist.vectors import VectorCache


class Batches:
    """Embeds by drawing, and keeps hold of nothing; counts what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one batch."""
        self.asked += texts
        return np.full((len(texts), 4), len(self.asked), dtype=np.float32)


def test_of_a_batch_that_was_forgotten_but_for_one_text_only_that_ones_vector_takes_room() -> None:
    """A text that is asked for again and again would keep the batch that it came with."""
    cache = VectorCache(Batches(), capacity=2)
    cache.encode(["often", "once", "seldom"])
    assert all(row.base is None for row in cache._known.values())


def test_the_longest_unasked_is_forgotten_first() -> None:
    """And embedded again when it comes back."""
    made = Batches()
    cache = VectorCache(made, capacity=2)
    for text in ("one", "two", "one", "three", "one", "two"):
        cache.encode([text])
    assert made.asked == ["one", "two", "three", "two"]
