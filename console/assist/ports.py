"""What the assist engine needs from outside, as ports."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from console.conversation.assistance import KnowledgeHit
from console.conversation.message import Message

Vectors = NDArray[np.float32]
"""Unit rows, one a text."""


class Embed(Protocol):
    """Sentence embedding. ``knowledge.Embedder`` is one."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector a text, shape (len(texts), dimensions)."""


class KnowledgeBase(Protocol):
    """Search over the published articles."""

    def search(self, messages: Sequence[Message], k: int) -> Sequence[KnowledgeHit]:
        """Return up to ``k`` articles for a conversation, best first; empty where the knowledge base has no answer."""

    @property
    def version(self) -> str:
        """A digest that changes when the articles do."""
