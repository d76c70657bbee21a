"""Sentence vectors, each sentence embedded once."""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Final

import numpy as np

from console.assist.ports import Embed, Vectors

CAPACITY: Final = 20_000
"""Vectors kept; 384 single-precision numbers each are about 30 MB in all."""

LONGEST: Final = 1000
"""Characters of a text that are embedded; the model reads no more than 256 word pieces of it."""


class VectorCache:
    """An :class:`Embed` that remembers: the least recently used vectors go first. Safe from several threads."""

    def __init__(self, embed: Embed, capacity: int = CAPACITY) -> None:
        self._embed, self._capacity = embed, capacity
        self._known: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit row a text; only texts not seen before go to the model, in one batch, without doubles."""
        keys = [text[:LONGEST] for text in texts]
        if not keys:
            return np.zeros((0, 0), dtype=np.float32)
        rows: dict[str, Vectors] = {}
        with self._lock:
            for key in keys:
                if key in self._known:
                    self._known.move_to_end(key)
                    rows[key] = self._known[key]
        missing = [key for key in dict.fromkeys(keys) if key not in rows]
        if missing:
            fresh = self._embed.encode(missing)
            # each row for itself: a part of the batch would keep all of it
            rows.update((text, row.copy()) for text, row in zip(missing, fresh, strict=True))
            with self._lock:
                self._known.update((key, rows[key]) for key in missing)
                while len(self._known) > self._capacity:
                    self._known.popitem(last=False)
        return np.stack([rows[key] for key in keys])

    def clear(self) -> None:
        """Forget every text: one of them was erased, and nobody knows which."""
        with self._lock:
            self._known.clear()

    def remember(self, texts: Sequence[str], rows: Sequence[Vectors]) -> None:
        """Take in vectors that were made before, by the same model."""
        with self._lock:
            self._known.update((text[:LONGEST], row) for text, row in zip(texts, rows, strict=True))
            while len(self._known) > self._capacity:
                self._known.popitem(last=False)


def likeness(left: Vectors, right: Vectors) -> Vectors:
    """Return the cosines of every row of ``left`` with every row of ``right``; an empty side gives an empty matrix."""
    if not left.size or not right.size:
        return np.zeros((len(left), len(right)), dtype=np.float32)
    return left @ right.T
