"""Sentence vectors that are there already, before the model is asked."""

from collections.abc import Mapping, Sequence

import numpy as np

from console.assist.ports import Embed, Vectors
from console.past.building import model_of


class Remembering:
    """An :class:`Embed` that asks another one only for what is not known. Not for long: it holds all that it knows."""

    def __init__(self, embed: Embed, known: Mapping[str, Vectors]) -> None:
        """``known`` are vectors of the same model by their texts."""
        self._embed, self._known, self.fingerprint = embed, known, model_of(embed)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (len(texts), dimensions)."""
        missing = list(dict.fromkeys(text for text in texts if text not in self._known))
        fresh = dict(zip(missing, self._embed.encode(missing), strict=True)) if missing else {}
        return np.stack([fresh[text] if text in fresh else self._known[text] for text in texts])
